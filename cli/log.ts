/** The log of a program: readable lines on standard output, one per event. */
import { type Logger, pino } from "pino";
import pretty from "pino-pretty";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export function createLogger(level: LogLevel): Logger {
  // Synchronous, so that the last lines before an exit are not lost.
  const stream = pretty({ sync: true, translateTime: "SYS:yyyy-mm-dd HH:MM:ss", singleLine: true });
  return pino({ level, base: {} }, stream);
}
