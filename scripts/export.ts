/** `npm run export`: writes a room as JSON lines or as text, even while the server is running. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Command, Option } from "commander";
import { exitCodes } from "../cli/exit-codes.ts";
import { endingWithCodes, failAs, failWith } from "../cli/options.ts";
import { beforeOptions } from "../cli/package.ts";
import { showProgress } from "../cli/progress.ts";
import { lobby, parseRoomName } from "../protocol/names.ts";
import { defaultConfig } from "../server/config.ts";
import { ArchiveReader, type ExportedMessage } from "../server/store/archive.ts";
import { defaultDataDirectory } from "../server/store/data-directory.ts";
import { DATABASE_FILE } from "../server/store/database.ts";

const program = endingWithCodes(new Command(beforeOptions("export")))
  .description("Writes all messages of a room to a file or to standard output.")
  .option("--room <name>", "the room", lobby)
  .addOption(
    new Option("--format <format>", "jsonl can be imported again; text is for reading")
      .choices(["jsonl", "text"])
      .default("jsonl"),
  )
  .option("--out <file>", "file to write; - for standard output", "-")
  .option("--data <directory>", "where messages are kept", defaultDataDirectory(defaultConfig.port))
  .allowExcessArguments(false);
const { room: typed, format, out, data } = program.parse().opts<Record<"room" | "format" | "out" | "data", string>>();

const room = parseRoomName(typed) ?? typed;
const reader = open(join(data, DATABASE_FILE));
const total = reader.count(room) ?? failWith(program, `there is no room named ${room}`);
const progress = showProgress("exported", total);
const target = out === "-" ? process.stdout : createWriteStream(out);
try {
  await pipeline(Readable.from(lines()), target, { end: out !== "-" });
} catch (error) {
  failAs(exitCodes.failed, program, `cannot export to ${out}: ${(error as Error).message}`);
}
progress.end();

function open(file: string): ArchiveReader {
  try {
    return new ArchiveReader(file);
  } catch (error) {
    return failAs(exitCodes.data, program, (error as Error).message);
  }
}

function* lines(): Generator<string> {
  for (const message of reader.messages(room)) {
    yield format === "jsonl" ? `${JSON.stringify(message)}\n` : textLines(message);
    progress.step();
  }
}

function textLines({ time, from, text, action, reply, edited, deleted, reactions = [] }: ExportedMessage): string {
  const marks = [
    ...(deleted ? ["(deleted)"] : []),
    ...(edited ? ["(edited)"] : []),
    ...reactions.map(({ emoji, from }) => `[${emoji} ${from.join(", ")}]`),
  ];
  const answered = reply === undefined ? [] : [`* ${from} replies to ${reader.senderOf(reply) ?? "a message"}`];
  const shown = [text, ...marks].filter((part) => part !== "").join(" ");
  const said = shown.split("\n").map((line) => (action ? `~ ${from} ${line}` : `${from}: ${line}`));
  return [...answered, ...said].map((line) => `[${time}] ${line}\n`).join("");
}
