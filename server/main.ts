/** The server's command line: options, signals, the first and last lines. Nothing of the chat itself. */
import { Command } from "commander";
import { exitCodes } from "../cli/exit-codes.ts";
import { onHangUp } from "../cli/hang-up.ts";
import { logUncaught, openLog } from "../cli/log.ts";
import { endingWithCodes, failAs, failWith } from "../cli/options.ts";
import { beforeOptions, version } from "../cli/package.ts";
import { keepFilesPrivate } from "../cli/private-files.ts";
import { onStopSignal, stopAfter } from "../cli/stop.ts";
import { exitCodeOf, explainStartError, startLines } from "./main-lines.ts";
import { startServer } from "./server.ts";
import { findProblems, showSettings, showStrangers } from "./settings/check-config.ts";
import { addLimitOption, addOptions, flagsOf } from "./settings/command-line.ts";
import { CONFIG_VARIABLE, loadSettings } from "./settings/load-settings.ts";
import type { FoundSettings } from "./settings/read-settings.ts";
import { compareSettings } from "./settings/reload.ts";
import {
  doorProblem,
  namedSettings,
  ownSettings,
  type ServerSettings,
  serverConfig,
} from "./settings/server-config.ts";
import { tlsProblem } from "./settings/tls-settings.ts";

interface Options {
  config?: string;
  checkConfig: boolean;
}

keepFilesPrivate();
const program = addOptions(
  endingWithCodes(new Command(beforeOptions("server")))
    .description("Salotto's chat server: one TCP port for nc, telnet, old clients, bots, and the bridge.")
    .version(version)
    .option("--config <file>", `more settings, in TOML (default: the file that ${CONFIG_VARIABLE} names)`)
    .option("--check-config", "check the settings, show those that are in force, and stop", false),
  ownSettings,
);
addLimitOption(program).allowExcessArguments(false).showSuggestionAfterError(false);
program.parse();
const { config: configFile, checkConfig } = program.opts<Options>();
const flags = flagsOf(program, namedSettings);

const first = await readAll();
if (!first.ok) failWith(program, ...first.problems);
const { values, config } = first;
if (checkConfig) {
  const problems = await findProblems(config);
  if (problems.length > 0) failWith(program, ...problems);
  console.log([showSettings(namedSettings, first.found), ...showStrangers(namedSettings, process.env)].join("\n"));
  process.exit(exitCodes.ok);
}
/** The settings in force. */
let inForce = first.found;

const log = openLog(values.logLevel, values.logFormat);
const { logger } = log;
logUncaught(log);
const emptied = () => void (values.exitWhenEmpty && stop("The last person has left. Goodbye!"));
const starting = startServer({ ...config, logger }, { emptied });
const stop = stopAfter(async () => (await starting).close(), log);
const goodbye = () => stop("Stopping the server…");
onStopSignal(starting, goodbye);
let reloading = starting.then(
  () => {},
  () => {},
);
onHangUp(() => {
  reloading = reloading.then(reload);
}, goodbye);
const { host, data } = config;
const server = await starting.catch(async (error) =>
  failAs(exitCodeOf(error), program, await explainStartError(error, config)),
);
const { address, tls, metricsPort } = server;
log.tell("listening", { address, tls, data, metricsPort }, startLines(host, server, data));

/** Puts into force what has changed in the file or the environment, as far as possible; or nothing if any of it is wrong. */
async function reload(): Promise<void> {
  const read = await readAll();
  if (!read.ok) return logger.error({ problems: read.problems }, "not reloaded: nothing has changed");
  const changes = compareSettings(namedSettings, inForce, read.found);
  inForce = changes.inForce;
  const { values, config } = serverConfig(inForce);
  server.reconfigure(config);
  await server.reload();
  // Of the two levels, the one that shows it.
  if (!logger.isLevelEnabled("info")) logger.level = values.logLevel;
  logger.info({ changed: changes.changed }, "the configuration was read again");
  logger.level = values.logLevel;
  if (changes.waiting.length > 0) logger.warn({ settings: changes.waiting }, "these need a restart");
}

async function readAll(): Promise<
  ({ ok: true; found: FoundSettings } & ServerSettings) | { ok: false; problems: readonly string[] }
> {
  const reading = await loadSettings(namedSettings, configFile, { flags, environment: process.env });
  if (!reading.ok) return reading;
  const read = { ...reading, ...serverConfig(reading.found) };
  const problems = [tlsProblem(read.values, read.config.port), doorProblem(read.config)].filter(
    (each) => each !== undefined,
  );
  return problems.length === 0 ? read : { ok: false, problems };
}
