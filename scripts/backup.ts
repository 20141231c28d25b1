/** `npm run backup`: a copy of the whole database as it is now, while the server goes on. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { failWith } from "../cli/options.ts";
import { defaultConfig } from "../server/config.ts";
import { ArchiveReader } from "../server/store/archive.ts";
import { defaultDataDirectory } from "../server/store/data-directory.ts";
import { DATABASE_FILE } from "../server/store/database.ts";

const program = new Command("npm run backup --")
  .description(
    "Copies the database to a new file. To restore it, stop the server and put it in the place of salotto.db.",
  )
  .argument("<file>", "the copy, which must not exist yet")
  .option("--data <directory>", "where messages are kept", defaultDataDirectory(defaultConfig.port))
  .allowExcessArguments(false);
program.parse();
const [file = ""] = program.args;
const { data } = program.opts<{ data: string }>();

if (existsSync(file)) failWith(program, `${file} exists already; choose another name`);
try {
  const reader = new ArchiveReader(join(data, DATABASE_FILE));
  reader.backup(file);
  reader.close();
} catch (error) {
  failWith(program, (error as Error).message);
}
console.log(`The messages are copied to ${file}.`);
