/** `npm run backup`: copies the whole database as it is now, while the server keeps running. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { exitCodes } from "../cli/exit-codes.ts";
import { endingWithCodes, failAs, failWith } from "../cli/options.ts";
import { beforeOptions } from "../cli/package.ts";
import { defaultConfig } from "../server/config.ts";
import { ArchiveReader } from "../server/store/archive.ts";
import { defaultDataDirectory } from "../server/store/data-directory.ts";
import { DATABASE_FILE } from "../server/store/database.ts";

const program = endingWithCodes(new Command(beforeOptions("backup")))
  .description(
    "Copies the database to a new file. To restore it, stop the server and replace salotto.db with the copy.",
  )
  .argument("<file>", "file to write; it must not exist yet")
  .option("--data <directory>", "where messages are kept", defaultDataDirectory(defaultConfig.port))
  .allowExcessArguments(false);
program.parse();
const [file = ""] = program.args;
const { data } = program.opts<{ data: string }>();

if (existsSync(file)) failWith(program, `${file} already exists; choose another name`);
try {
  const reader = new ArchiveReader(join(data, DATABASE_FILE));
  reader.backup(file);
  reader.close();
} catch (error) {
  failAs(exitCodes.data, program, (error as Error).message);
}
console.log(`Copied the database to ${file}.`);
