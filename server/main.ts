/** The server's command line: options, signals, the first and last lines. Nothing of the chat itself. */
import { Command, Option } from "commander";
import { createLogger, type LogLevel } from "../cli/log.ts";
import { failWith, logLevelOption, readHost, readPort } from "../cli/options.ts";
import { onStopSignal, stopAfter } from "../cli/stop.ts";
import packageJson from "../package.json" with { type: "json" };
import { defaultConfig } from "./config.ts";
import { addDataOptions, type DataOptions, dataConfig } from "./data-options.ts";
import { type Language, languages } from "./dialects/texts/texts.ts";
import { explainStartError, startLines } from "./main-lines.ts";
import { startServer } from "./server.ts";

interface Options extends DataOptions {
  host: string;
  port: number;
  exitWhenEmpty: boolean;
  echo: boolean;
  lang: Language;
  logLevel: LogLevel;
}

const program = addDataOptions(
  new Command("npm run server --")
    .description("Salotto's chat server: one TCP port for nc, telnet, old clients, bots, and the bridge.")
    .version(packageJson.version)
    .option(
      "--host <address>",
      "address to listen on; 0.0.0.0 opens the server to your network",
      readHost,
      defaultConfig.host,
    )
    .option("--port <number>", "TCP port; 0 for any free port", readPort, defaultConfig.port),
)
  .option("--exit-when-empty", "stop when the last person has left", false)
  .option("--echo", "show people at a terminal their own messages", defaultConfig.echo)
  .addOption(
    new Option("--lang <language>", "language of the server's lines at a terminal").choices(languages).default("en"),
  )
  .addOption(logLevelOption())
  .allowExcessArguments(false)
  .showSuggestionAfterError(false);

const options = program.parse().opts<Options>();
const { host, port, echo, lang: language, exitWhenEmpty, logLevel } = options;
const { data, keep } = dataConfig(options, port);

const starting = startServer(
  { ...defaultConfig, host, port, echo, language, data, keep, logger: createLogger(logLevel) },
  { emptied: () => exitWhenEmpty && stop("The last person has left. Goodbye!") },
);
const stop = stopAfter(async () => (await starting).close());
onStopSignal(starting, () => stop("Stopping the server…"));

const server = await starting.catch(async (error) => failWith(program, await explainStartError(error, host, port)));
for (const line of startLines(host, server, data)) console.log(line);
