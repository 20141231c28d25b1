/** `npm run import`: reads messages from JSON lines into the database, which no server may be using meanwhile. */
import { createReadStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { exitCodes } from "../cli/exit-codes.ts";
import { endingWithCodes, failAs, failWith } from "../cli/options.ts";
import { beforeOptions, commandLine } from "../cli/package.ts";
import { keepFilesPrivate } from "../cli/private-files.ts";
import { showProgress } from "../cli/progress.ts";
import { UnreadableLineError } from "../cli/text-lines.ts";
import { defaultConfig } from "../server/config.ts";
import { serverLimits } from "../server/limits.ts";
import { ArchiveWriter } from "../server/store/archive.ts";
import { defaultDataDirectory } from "../server/store/data-directory.ts";
import { DATABASE_FILE, type OwnDatabase, openOwnDatabase } from "../server/store/database.ts";
import { explainDatabaseError, isInUse } from "../server/store/open-store.ts";
import { readArchive } from "./read-archive.ts";

keepFilesPrivate();
const program = endingWithCodes(new Command(beforeOptions("import")))
  .description(`Adds the messages of a file written by ${commandLine("export")}. Existing messages stay as they are.`)
  .argument("<file>", "JSON lines; - for standard input")
  .option("--data <directory>", "where messages are kept", defaultDataDirectory(defaultConfig.port))
  .allowExcessArguments(false);
program.parse();
const [file = "-"] = program.args;
const { data } = program.opts<{ data: string }>();

const own = open();
const writer = new ArchiveWriter(own);
const progress = showProgress("read");
let interrupted = false;
process.once("SIGINT", () => {
  interrupted = true;
});

let added = 0;
const input = file === "-" ? process.stdin : createReadStream(file);
input.on("error", (error: Error) => failWith(program, `cannot read ${file}: ${error.message}`));
try {
  for await (const message of readArchive(input)) {
    if (interrupted) break;
    added += writer.add(message);
    progress.step();
  }
} catch (error) {
  if (!(error instanceof UnreadableLineError)) stopAt(error);
  commit();
  const what = `line ${error.number} is not a message: ${error.message}`;
  failWith(program, `${what}. ${imported()} Correct the line and run the import again.`);
}
commit();
progress.end();
own.close();
console.log(`${added} new messages${interrupted ? "; interrupted; run it again for the rest" : ""}`);
process.exitCode = interrupted ? exitCodes.impatient : exitCodes.ok;

function commit(): void {
  try {
    added += writer.commit();
  } catch (error) {
    stopAt(error);
  }
}

/** The database cannot be written to; what was committed before stays. */
function stopAt(error: unknown): never {
  return failAs(
    exitCodes.data,
    program,
    `${explainDatabaseError(error)}. ${imported()} Run the import again for the rest.`,
  );
}

function imported(): string {
  return `Messages imported before that: ${added}.`;
}

function open(): OwnDatabase {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    return openOwnDatabase(join(data, DATABASE_FILE), {
      busyMs: serverLimits.databaseBusyMs,
      indexing: (done, total) => console.error(`indexed ${done} of ${total} messages for search`),
      unindexed: (error) => console.error(`search index: ${explainDatabaseError(error)}; new messages cannot be found`),
    });
  } catch (error) {
    const exitCode = isInUse(error) ? exitCodes.dataInUse : exitCodes.data;
    return failAs(exitCode, program, `${explainDatabaseError(error)}: ${join(data, DATABASE_FILE)}`);
  }
}
