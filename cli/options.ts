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

/** Reads the value of a host option. An empty one, for example from an unset variable, would mean every network. */
export function readHost(typed: string): string {
  if (typed.trim() === "") throw new InvalidArgumentError("It must be an address or a name, such as 127.0.0.1.");
  return typed;
}

/** The option `--log-level`, the same in every program. */
export function logLevelOption(): Option {
  return new Option("--log-level <level>", "how much to log").choices(logLevels).default("info");
}

/** Ends the program with one line about what is wrong, as commander does for a bad option. */
export function failWith(program: Command, message: string): never {
  return program.error(`error: ${message}`);
}
