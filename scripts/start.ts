/** `npm start`: runs a server and a bridge on this computer in one process, and says how to use them. */
import { Command } from "commander";
import open from "open";
import { type Bridge, startBridge } from "../bridge/bridge.ts";
import { createLogger, type LogLevel } from "../cli/log.ts";
import { failWith, logLevelOption, readPort } from "../cli/options.ts";
import { onStopSignal, stopAfter } from "../cli/stop.ts";
import { defaultConfig } from "../server/config.ts";
import { addDataOptions, type DataOptions, dataConfig } from "../server/data-options.ts";
import { dataLine, explainStartError } from "../server/main-lines.ts";
import { type RunningServer, startServer } from "../server/server.ts";

interface Options extends DataOptions {
  port: number;
  webPort: number;
  open: boolean;
  logLevel: LogLevel;
}

const { host } = defaultConfig;
const program = addDataOptions(
  new Command("npm start --")
    .description("Starts a chat server and a bridge on this computer. The README lists more options for each.")
    .option("--port <number>", "the chat server's TCP port; 0 for any free port", readPort, defaultConfig.port)
    .option("--web-port <number>", "port of the page; 0 for any free port", readPort, 3_000)
    .option("--open", "open the page in the browser", false),
)
  .addOption(logLevelOption())
  .allowExcessArguments(false)
  .showSuggestionAfterError(false);
const options = program.parse().opts<Options>();
const logger = createLogger(options.logLevel);
const { data, keep } = dataConfig(options, options.port);

const starting = start();
const stop = stopAfter(async () => {
  const { bridge, server } = await starting;
  await bridge.close();
  await server.close();
});
onStopSignal(starting, () => stop("Stopping…"));
const { bridge, server } = await starting.catch((error: Error) => failWith(program, error.message));

/** @throws an error with a message for people; nothing stays open then */
async function start(): Promise<{ server: RunningServer; bridge: Bridge }> {
  const server = await startServer({ ...defaultConfig, port: options.port, data, keep, logger }).catch(
    async (error: Error) => {
      throw new Error(await explainStartError(error, host, options.port), { cause: error });
    },
  );
  const started = await startBridge({ host, port: server.port, webPort: options.webPort, logger });
  if (started.ok) return { server, bridge: started.bridge };
  await server.close();
  throw new Error(started.message);
}

if (options.webPort !== 0 && bridge.port !== options.webPort) {
  console.log(`Port ${options.webPort} is in use by another program; the page is on port ${bridge.port} instead.`);
}
console.log(`Salotto is running.

  In a browser:   ${bridge.url}
  In a terminal:  nc ${host} ${server.port}

${dataLine(data)}
Open the page in two windows, or one and a terminal, and talk to yourself.
To let your network in, start the two parts separately: npm run server -- --host 0.0.0.0
and, on each computer, npm run bridge -- --host <this computer's address>
Ctrl+C stops everything.
`);
if (options.open) {
  open(bridge.url).catch((error: unknown) => logger.warn({ err: error }, "could not open a browser"));
}
