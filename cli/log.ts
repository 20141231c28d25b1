/**
 * The log of a program, on standard output: lines for people, or one JSON object for each event. Writing never waits for
 * whoever reads: of what a reader leaves too long, lines are left out and counted.
 */
import { type Logger, pino } from "pino";
import { prettyFactory } from "pino-pretty";
import { exitCodes } from "./exit-codes.ts";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export const logFormats = ["auto", "pretty", "json"] as const;
export type LogFormat = (typeof logFormats)[number];

/** Bytes of the log that wait for a reader. At more, lines are left out. */
const WAITING_BYTES_MAX = 1_048_576;

/** Milliseconds that the end of a program waits for the reader of its log. */
const LAST_LINES_MS = 1_000;

/** Where a log is written: standard output, or what a test puts in its place. */
export type LogOutput = Pick<NodeJS.WriteStream, "write" | "writableLength" | "on"> & { isTTY?: boolean };

export interface ProgramLog {
  readonly logger: Logger;
  /** Tells whoever started the program something: in lines, or in JSON as one event. */
  tell(event: string, fields: object, lines: readonly string[]): void;
  /** Resolves when everything is written, or nobody has read it for a while. */
  written(): Promise<void>;
}

/** @param format `auto`: for people on a terminal, otherwise JSON */
export function openLog(level: LogLevel, format: LogFormat, output: LogOutput = process.stdout): ProgramLog {
  const isJson = format === "json" || (format === "auto" && output.isTTY !== true);
  const show = isJson
    ? undefined
    : prettyFactory({ translateTime: "SYS:yyyy-mm-dd HH:MM:ss", singleLine: true, levelFirst: false });
  let leftOut = 0;
  let isBroken = false;
  // Whoever read the log is gone. That is no reason to end.
  output.on("error", () => {
    isBroken = true;
  });
  const write = (text: string) => {
    if (isBroken) return;
    if (output.writableLength > WAITING_BYTES_MAX) {
      leftOut += 1;
      return;
    }
    if (leftOut > 0) {
      const count = leftOut;
      leftOut = 0;
      logger.warn({ count }, "lines of the log were left out: nobody read it");
    }
    output.write(text);
  };
  const logger: Logger = pino(
    {
      level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(show ? show(line) : line) },
  );
  return {
    logger,
    tell: (event, fields, lines) => {
      if (isJson) logger.info(fields, event);
      else write(`${lines.join("\n")}\n`);
    },
    written: async () => {
      if (isBroken || output.writableLength === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      setTimeout(resolve, LAST_LINES_MS);
      output.write("", () => resolve());
      await promise;
    },
  };
}

/**
 * An error that nothing has caught ends the program, and is an event like others. What is on its way is lost, as when the
 * system kills it.
 */
export function logUncaught({ logger }: ProgramLog): void {
  process.on("uncaughtException", (error) => {
    logger.fatal({ err: error }, "a bug ended the program");
    process.exit(exitCodes.failed);
  });
}
