/** Puts another database in the place of the server's while that does not run: a log that has nothing of the former one. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ArchiveWriter } from "../../server/store/archive.ts";
import { DATABASE_FILE, openOwnDatabase } from "../../server/store/database.ts";

/** Who has said everything in it. */
export const stranger = "stranger";

/** So much longer than the former one is each room: that it is another one, its numbers do not show. */
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
