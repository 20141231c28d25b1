/** The server's command line: options, signals, the first and last lines. Nothing of the chat itself. */
import { Command } from "commander";
import { createLogger } from "../cli/log.ts";
import { failWith } from "../cli/options.ts";
import { onStopSignal, stopAfter } from "../cli/stop.ts";
import packageJson from "../package.json" with { type: "json" };
import type { ServerConfig } from "./config.ts";
import { explainStartError, startLines } from "./main-lines.ts";
import { type RunningServer, startServer } from "./server.ts";
import { findProblems, showSettings } from "./settings/check-config.ts";
import { addOptions, flagsOf } from "./settings/command-line.ts";
import { CONFIG_VARIABLE, loadSettings } from "./settings/load-settings.ts";
import { namedSettings, serverConfig } from "./settings/server-config.ts";

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
  namedSettings,
)
  .allowExcessArguments(false)
  .showSuggestionAfterError(false);
program.parse();
const { config: configFile, checkConfig } = program.opts<Options>();
const flags = flagsOf(program, namedSettings);

const starting = start();
const stop = stopAfter(async () => (await starting).server.close());
onStopSignal(starting, () => stop("Stopping the server…"));
const { server, config } = await starting;
for (const line of startLines(config.host, server, config.data)) console.log(line);

async function start(): Promise<{ server: RunningServer; config: ServerConfig }> {
  const reading = await loadSettings(namedSettings, configFile, { flags, environment: process.env });
  if (!reading.ok) failWith(program, ...reading.problems);
  const { values, config: found } = serverConfig(reading.found);
  if (checkConfig) {
    const problems = await findProblems(found);
    if (problems.length > 0) failWith(program, ...problems);
    console.log(showSettings(namedSettings, reading.found));
    process.exit(0);
  }
  const config = { ...found, logger: createLogger(values.logLevel) };
  const emptied = () => void (values.exitWhenEmpty && stop("The last person has left. Goodbye!"));
  const server = await startServer(config, { emptied }).catch(async (error) =>
    failWith(program, await explainStartError(error, config.host, config.port)),
  );
  return { server, config };
}
