/** Replaces the database of a stopped server with another one, which has nothing of the former log. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ArchiveWriter } from "../../server/store/archive.ts";
import { DATABASE_FILE, openOwnDatabase } from "../../server/store/database.ts";

/** The author of everything in it. */
export const stranger = "stranger";

/** Each room is that much longer than before, so that the numbers do not show that the log is another one. */
const SURPLUS = 20;

export function replaceDatabase(directory: string): void {
  const file = join(directory, DATABASE_FILE);
  const former = new DatabaseSync(file);
  const rooms = former.prepare("SELECT name, last_seq AS length FROM conversations").all();
  former.close();
  rmSync(directory, { recursive: true });
  mkdirSync(directory);
  const rethrow = (error: unknown) => {
    throw error;
  };
  const own = openOwnDatabase(file, { busyMs: 1_000, indexing: () => {}, unindexed: rethrow });
  const writer = new ArchiveWriter(own);
  const time = new Date().toISOString();
  const plain = { action: false, edited: false, deleted: false, reactions: [] };
  for (const { name, length } of rooms) {
    for (let seq = 1; seq <= Number(length) + SURPLUS; seq++) {
      const message = { room: String(name), seq, msgid: crypto.randomUUID(), time, from: stranger, ...plain };
      writer.add({ ...message, reply: undefined, text: `${stranger} says ${seq}` });
    }
  }
  writer.commit();
  own.close();
}
