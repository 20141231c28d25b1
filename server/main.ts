/** The server's command line: options, signals, the first and last lines. Nothing of the chat itself. */
import { Command } from "commander";
import type { Logger } from "pino";
import { onHangUp } from "../cli/hang-up.ts";
import { createLogger } from "../cli/log.ts";
import { failWith } from "../cli/options.ts";
import { onStopSignal, stopAfter } from "../cli/stop.ts";
import packageJson from "../package.json" with { type: "json" };
import { explainStartError, startLines } from "./main-lines.ts";
import { type RunningServer, startServer } from "./server.ts";
import { findProblems, showSettings } from "./settings/check-config.ts";
import { addLimitOption, addOptions, flagsOf } from "./settings/command-line.ts";
import { CONFIG_VARIABLE, loadSettings } from "./settings/load-settings.ts";
import type { FoundSettings } from "./settings/read-settings.ts";
import { compareSettings } from "./settings/reload.ts";
import { namedSettings, ownSettings, type ServerSettings, serverConfig } from "./settings/server-config.ts";

interface Options {
  config?: string;
  checkConfig: boolean;
}

const program = addOptions(
  new Command("npm run server --")
    .description("Salotto's chat server: one TCP port for nc, telnet, old clients, bots, and the bridge.")
    .version(packageJson.version)
    .option("--config <file>", `more settings, in TOML (default: the file that ${CONFIG_VARIABLE} names)`)
    .option("--check-config", "check the settings, show those that are in force, and stop", false),
  ownSettings,
);
addLimitOption(program).allowExcessArguments(false).showSuggestionAfterError(false);
program.parse();
const { config: configFile, checkConfig } = program.opts<Options>();
const flags = flagsOf(program, namedSettings);

const starting = start();
const stop = stopAfter(async () => (await starting).server.close());
const goodbye = () => stop("Stopping the server…");
onStopSignal(starting, goodbye);
let reloading: Promise<void> = starting.then(() => {});
onHangUp(() => {
  reloading = reloading.then(reload);
}, goodbye);
const { server, found, logger } = await starting;
/** The settings in force. */
let inForce = found;

async function start(): Promise<{ server: RunningServer; found: FoundSettings; logger: Logger }> {
  const read = await readAll();
  if (!read.ok) failWith(program, ...read.problems);
  const { found, values, config } = read;
  if (checkConfig) {
    const problems = await findProblems(config);
    if (problems.length > 0) failWith(program, ...problems);
    console.log(showSettings(namedSettings, found));
    process.exit(0);
  }
  const logger = createLogger(values.logLevel);
  const emptied = () => void (values.exitWhenEmpty && stop("The last person has left. Goodbye!"));
  const server = await startServer({ ...config, logger }, { emptied }).catch(async (error) =>
    failWith(program, await explainStartError(error, config.host, config.port)),
  );
  for (const line of startLines(config.host, server, config.data)) console.log(line);
  return { server, found, logger };
}

/** Puts into force what has changed in the file or the environment, as far as possible; or nothing if any of it is wrong. */
async function reload(): Promise<void> {
  const read = await readAll();
  if (!read.ok) return logger.error({ problems: read.problems }, "not reloaded: nothing has changed");
  const changes = compareSettings(namedSettings, inForce, read.found);
  inForce = changes.inForce;
  const { values, config } = serverConfig(inForce);
  server.reconfigure(config);
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
  return reading.ok ? { ...reading, ...serverConfig(reading.found) } : reading;
}
