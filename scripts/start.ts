/** `npm start`: runs a server and a bridge on this computer in one process, and says how to use them. */
import { Command } from "commander";
import { type Bridge, startBridge } from "../bridge/bridge.ts";
import { keyDirectory } from "../bridge/config.ts";
import { openLink } from "../bridge/open-link.ts";
import { type ExitCode, exitCodes } from "../cli/exit-codes.ts";
import { logUncaught, openLog } from "../cli/log.ts";
import { endingWithCodes, failAs, failWith, readPort } from "../cli/options.ts";
import { beforeOptions, commandLine } from "../cli/package.ts";
import { keepFilesPrivate } from "../cli/private-files.ts";
import { onStopSignal, stopAfter } from "../cli/stop.ts";
import { defaultConfig } from "../server/config.ts";
import { dataLine, exitCodeOf, explainStartError } from "../server/main-lines.ts";
import { type RunningServer, startServer } from "../server/server.ts";
import { addOptions, flagsOf } from "../server/settings/command-line.ts";
import { readSettings } from "../server/settings/read-settings.ts";
import { namedSharedSettings, sharedConfig } from "../server/settings/server-config.ts";

/** The message is for people. */
class CannotStart extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

interface Options {
  webPort: number;
  anyUser: boolean;
  open: boolean;
}

keepFilesPrivate();
const { host } = defaultConfig;
const program = addOptions(
  endingWithCodes(new Command(beforeOptions("start")))
    .description("Starts a chat server and a bridge on this computer. The README lists more options for each.")
    .option("--web-port <number>", "port of the page; 0 for any free port", readPort, 3_000)
    .option("--any-user", "let every user of this computer use the page, without the link", false)
    .option("--open", "open the page in the browser", false),
  namedSharedSettings,
)
  .allowExcessArguments(false)
  .showSuggestionAfterError(false);
const options = program.parse().opts<Options>();
const flags = flagsOf(program, namedSharedSettings);
const reading = await readSettings(namedSharedSettings, { flags, environment: process.env, file: undefined });
if (!reading.ok) failWith(program, ...reading.problems);
const { values, config } = sharedConfig(reading.found);
const { data } = config;
const log = openLog(values.logLevel, values.logFormat);
logUncaught(log);
const { logger } = log;

const starting = start();
const stop = stopAfter(async () => {
  const { bridge, server } = await starting;
  await bridge.close();
  await server.close();
}, log);
onStopSignal(starting, () => stop("Stopping…"));
const { bridge, server } = await starting.catch((error: unknown) => {
  if (error instanceof CannotStart) failAs(error.exitCode, program, error.message);
  throw error;
});

/** @throws {CannotStart} nothing stays open then */
async function start(): Promise<{ server: RunningServer; bridge: Bridge }> {
  const server = await startServer({ ...config, logger }).catch(async (error: Error) => {
    throw new CannotStart(await explainStartError(error, config), exitCodeOf(error), { cause: error });
  });
  const started = await startBridge({
    ...{ host, port: server.port, webPort: options.webPort, anyUser: options.anyUser, logger },
    keyDirectory: keyDirectory(options.webPort),
  });
  if (started.ok) return { server, bridge: started.bridge };
  await server.close();
  throw new CannotStart(started.message, exitCodes.address);
}

const isElsewhere = options.webPort !== 0 && bridge.port !== options.webPort;
const elsewhere = `Port ${options.webPort} is in use by another program; the page is on port ${bridge.port} instead.`;
const welcome = `Salotto is running.

  In a browser:   ${bridge.url}
  In a terminal:  nc ${host} ${server.port}

${dataLine(data)}
Open the page in two windows, or one and a terminal, and talk to yourself.
To let your network in, start the two parts separately: ${commandLine("server", "--host 0.0.0.0")}
and, on each computer, ${commandLine("bridge", "--host <this computer's address>")}
Ctrl+C stops everything.
`;
const { address } = server;
const lines = [...(isElsewhere ? [elsewhere] : []), welcome];
log.tell("listening", { address, data, page: bridge.url }, lines);
if (options.open) {
  openLink(bridge.url).catch((error: unknown) => logger.warn({ err: error }, "could not open a browser"));
}
