/** The options for where messages are kept and for how long, shared by `npm run server` and `npm start`. */
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { ServerConfig } from "./config.ts";
import { defaultDataDirectory } from "./store/data-directory.ts";

export interface DataOptions {
  data?: string;
  memory: boolean;
  keepDays?: number;
  keepMessages?: number;
}

export function addDataOptions(program: Command): Command {
  return program
    .option("--data <directory>", `where messages are kept (default: for port 8080 ${defaultDataDirectory(8_080)})`)
    .option("--memory", "keep messages in memory only, until the server stops", false)
    .option("--keep-days <number>", "remove messages older than this many days (default: keep all)", readCount)
    .option(
      "--keep-messages <number>",
      "keep this many messages in each room and conversation (default: all)",
      readCount,
    );
}

/**
 * Evaluates the options; `data` is the directory's full path, undefined when messages are kept in memory. A server on
 * any free port is a different one each time, and would never find its directory again.
 */
export function dataConfig(options: DataOptions, port: number): Pick<ServerConfig, "data" | "keep"> {
  const { data, memory, keepDays: days, keepMessages: messages } = options;
  const found = data ?? (port === 0 ? undefined : defaultDataDirectory(port));
  return { data: memory || found === undefined ? undefined : resolve(found), keep: { days, messages } };
}

function readCount(typed: string): number {
  const count = /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
  if (count < 1) throw new InvalidArgumentError("It must be a whole number of 1 or more.");
  return count;
}
