/** Options and errors that our programs' command lines share. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { parsePort } from "../protocol/address.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { logFormats, logLevels } from "./log.ts";

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

/** The option `--log-format`, the same in every program. */
export function logFormatOption(): Option {
  return new Option("--log-format <format>", "lines for people, or JSON; auto: for people on a terminal")
    .choices(logFormats)
    .default("auto")
    .env("SALOTTO_LOG_FORMAT");
}

/** Marks an error as ours, with an exit code of its own. Every other one is about what was typed. */
const OWN_CODE = "salotto";

/** Makes a program end with `exitCodes.usage` when what was typed is wrong. */
export function endingWithCodes(program: Command): Command {
  return program.exitOverride(({ code, exitCode }) =>
    process.exit(exitCode === exitCodes.ok || code === OWN_CODE ? exitCode : exitCodes.usage),
  );
}

/** Ends the program with a line about each thing that is wrong with what it was told, as for a bad option. */
export function failWith(program: Command, ...messages: readonly string[]): never {
  return failAs(exitCodes.usage, program, ...messages);
}

/** The same with another exit code. */
export function failAs(exitCode: ExitCode, program: Command, ...messages: readonly string[]): never {
  return program.error(messages.map((message) => `error: ${message}`).join("\n"), { exitCode, code: OWN_CODE });
}
