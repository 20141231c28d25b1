/** What is kept about rights in a database, and rooms that were removed. It commits nothing. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { KeptRecord, Note, RecordKind } from "../chat/ports.ts";

/** Entries of removed rooms wiped at a time. Wiping the words of one from the index takes half a millisecond. */
const WIPE_MAX = 50;

/** Removed rooms have names that nobody can give: those of private conversations, but of no two people. */
const REMOVED = "@removed/";

export class SqliteRecords {
  readonly #read: StatementSync;
  readonly #set: StatementSync;
  readonly #drop: StatementSync;
  readonly #putAside: StatementSync;
  readonly #continue: StatementSync;
  readonly #findRemoved: StatementSync;
  readonly #wipe: readonly StatementSync[];
  readonly #dropReadings: StatementSync;
  readonly #dropConversation: StatementSync;
  /** There may be removed rooms that are not wiped yet. */
  #hasRemoved = true;

  constructor(database: DatabaseSync) {
    this.#read = database.prepare("SELECT kind, scope, id, value FROM records");
    this.#set = database.prepare(
      `INSERT INTO records (kind, scope, id, value) VALUES (?, ?, ?, ?)
       ON CONFLICT (kind, scope, id) DO UPDATE SET value = excluded.value`,
    );
    this.#drop = database.prepare("DELETE FROM records WHERE kind = ? AND scope = ? AND id = ?");
    this.#putAside = database.prepare(
      `UPDATE conversations SET name = '${REMOVED}' || id, topic = '' WHERE name = ? RETURNING last_seq AS lastSeq`,
    );
    this.#continue = database.prepare("INSERT INTO conversations (name, last_seq) VALUES (?, ?)");
    this.#findRemoved = database.prepare(`SELECT id FROM conversations WHERE name LIKE '${REMOVED}%' LIMIT 1`);
    this.#wipe = ["messages", "changes"].map((table) =>
      database.prepare(
        `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE conversation = ? ORDER BY seq LIMIT ?)`,
      ),
    );
    this.#dropReadings = database.prepare("DELETE FROM readings WHERE conversation = ?");
    this.#dropConversation = database.prepare("DELETE FROM conversations WHERE id = ?");
  }

  records(): readonly KeptRecord[] {
    return this.#read.all().map(({ kind, scope, id, value }) => ({
      kind: String(kind) as RecordKind,
      scope: String(scope),
      id: String(id),
      value: String(value),
    }));
  }

  note({ kind, scope, id, value }: Extract<Note, { type: "record" }>): void {
    if (value === undefined) this.#drop.run(kind, scope, id);
    else this.#set.run(kind, scope, id, value);
  }

  /** From now on, the room is as if it were new, except that its numbers go on. */
  removeRoom(room: string): void {
    const row = this.#putAside.get(room);
    if (!row) return;
    this.#continue.run(room, Number(row.lastSeq));
    this.#hasRemoved = true;
    this.wipeRemoved();
  }

  /** Whether something of removed rooms may be left to wipe. */
  get hasRemoved(): boolean {
    return this.#hasRemoved;
  }

  /** Wipes a bounded part of what was said in removed rooms. @returns whether there was anything */
  wipeRemoved(): boolean {
    const removed = this.#findRemoved.get();
    this.#hasRemoved = removed !== undefined;
    if (!removed) return false;
    const id = Number(removed.id);
    const wiped = this.#wipe.map((statement) => Number(statement.run(id, WIPE_MAX).changes));
    if (wiped.every((count) => count < WIPE_MAX)) {
      this.#dropReadings.run(id);
      this.#dropConversation.run(id);
    }
    return true;
  }
}
