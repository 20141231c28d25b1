/** Options and errors that our programs' command lines share. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { parsePort } from "../protocol/address.ts";
import { logLevels } from "./log.ts";

/** Reads the value of a port option, for commander. */
export function readPort(typed: string): number {
  const port = parsePort(typed);
  if (port === undefined) throw new InvalidArgumentError("A port must be a whole number from 0 to 65535.");
  return port;
}

/** The option `--log-level`, the same in every program. */
export function logLevelOption(): Option {
  return new Option("--log-level <level>", "how much to log").choices(logLevels).default("info");
}

/** Ends the program with a line about each thing that is wrong, as commander does for a bad option. */
export function failWith(program: Command, ...messages: readonly string[]): never {
  return program.error(messages.map((message) => `error: ${message}`).join("\n"));
}
