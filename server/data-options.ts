/** The options that say where messages are kept, the same for `npm run server` and `npm start`. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { defaultDataDirectory } from "./store/data-directory.ts";

export interface DataOptions {
  data: string;
  memory: boolean;
}

export function addDataOptions(program: Command): Command {
  return program
    .option("--data <directory>", "where messages are kept", defaultDataDirectory())
    .option("--memory", "keep messages in memory only: they are gone when the server ends", false);
}

/** The data directory's whole path; undefined when messages are kept in memory. */
export function dataDirectory({ data, memory }: DataOptions): string | undefined {
  return memory ? undefined : resolve(data);
}
