/**
 * Moves rooms in and out of a database, page by page, so that any number of messages takes the same memory. Reading
 * does not disturb a running server; writing needs the database to itself.
 */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import * as v from "valibot";
import { wireLimits } from "../../protocol/limits.ts";
import { canBeRoom, canStandInLine, nameKey } from "../../protocol/names.ts";
import { cleanText, isEmoji, textProblem, textProblemMessages } from "../../protocol/text.ts";
import { namesOf } from "../chat/change.ts";
import type { KeptMessage } from "../chat/ports.ts";
import type { OwnDatabase } from "./database.ts";
import type { MessageIndex } from "./message-index.ts";
import { messageColumns, toMessage } from "./rows.ts";
import { migrations } from "./schema.ts";
import { SqliteEntries } from "./sqlite-entries.ts";
import { SqlitePeople } from "./sqlite-people.ts";

const name = v.pipe(v.string(), v.maxLength(2 * wireLimits.nameCharsMax), v.check(canStandInLine));
const flag = v.optional(v.boolean(), false);

/** One line of an archive: a message as it is now, and its room. Its changes are not told separately. */
const archivedMessage = v.pipe(
  v.object({
    room: v.pipe(v.string(), v.check(canBeRoom)),
    seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
    msgid: v.pipe(v.string(), v.minLength(1), v.maxLength(wireLimits.msgidCharsMax)),
    time: v.pipe(
      v.string(),
      v.isoTimestamp(),
      v.transform((time) => new Date(time).toISOString()),
    ),
    from: name,
    text: v.pipe(v.string(), v.transform(cleanText)),
    action: flag,
    reply: v.optional(v.pipe(v.string(), v.maxLength(wireLimits.msgidCharsMax))),
    edited: flag,
    deleted: flag,
    reactions: v.optional(
      v.pipe(
        v.array(v.object({ emoji: v.pipe(v.string(), v.check(isEmoji)), from: v.array(name) })),
        v.check((all) => all.flatMap(({ from }) => from).length <= wireLimits.reactionsMax),
      ),
      [],
    ),
  }),
  v.check(
    ({ text, deleted }) => textProblem(text) === (deleted ? "empty" : undefined),
    ({ input: { text, deleted } }) =>
      deleted ? "the message is deleted, but has a text" : textProblemMessages[textProblem(text) ?? "empty"],
  ),
);

export type ArchivedMessage = v.InferOutput<typeof archivedMessage>;

/** Messages read at a time, and written in one commit. */
const PAGE = 1_000;

/** What each property of a message must be. */
const expected: Record<keyof ArchivedMessage, string> = {
  room: "the name of a room",
  seq: "a whole number from 1 on",
  msgid: `a text of 1 to ${wireLimits.msgidCharsMax} characters`,
  time: "a time such as 2026-11-21T10:04:00.000Z",
  from: "the name of a person",
  text: "a text",
  action: "true or false",
  reply: `a text of at most ${wireLimits.msgidCharsMax} characters`,
  edited: "true or false",
  deleted: "true or false",
  reactions: `a list of emoji, each with the names it is from, ${wireLimits.reactionsMax} in all at most`,
};

export type ParsedLine =
  | { ok: true; message: ArchivedMessage }
  /** `reason` completes "line 7: ", and repeats nothing of the line. */
  | { ok: false; reason: string };

/** Reads one line of an archive. */
export function parseArchivedMessage(line: string): ParsedLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { ok: false, reason: "it is not JSON" };
  }
  if (!isObject(json)) return { ok: false, reason: "it is not a JSON object" };
  const result = v.safeParse(archivedMessage, json);
  if (result.success) return { ok: true, message: result.output };
  const [{ path, message }] = result.issues;
  const property = path?.[0]?.key as keyof ArchivedMessage | undefined;
  if (property === undefined) return { ok: false, reason: message };
  if (json[property] === undefined) return { ok: false, reason: `"${property}" is missing` };
  return { ok: false, reason: `"${property}" is not ${expected[property]}` };
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** A message as it leaves the database: people have the names under which they wrote. */
export type ExportedMessage = Omit<KeptMessage, "person" | "reactions"> & {
  room: string;
  reactions?: readonly { emoji: string; from: readonly string[] }[];
};

function archived({ person: _, reactions, ...message }: KeptMessage, room: string): ExportedMessage {
  if (!reactions) return { ...message, room };
  const named = reactions.map((reaction) => ({ emoji: reaction.emoji, from: namesOf(reaction) }));
  return { ...message, reactions: named, room };
}

/** Reads rooms from a database file, even while a server is using it. */
export class ArchiveReader {
  readonly #database: DatabaseSync;

  /** @throws when there is no database */
  constructor(file: string) {
    if (!existsSync(file)) throw new Error(`there is no database: ${file}`);
    this.#database = new DatabaseSync(file, { readOnly: true });
  }

  /** How many messages a room has; undefined when the room does not exist. */
  count(room: string): number | undefined {
    const row = this.#database
      .prepare(
        `SELECT conversations.id, count(messages.id) AS messages FROM conversations
         LEFT JOIN messages ON conversation = conversations.id WHERE name = ? GROUP BY conversations.id`,
      )
      .get(room);
    return row && Number(row.messages);
  }

  /** All messages of a room, in order, as they are now. @throws when the database is from an older program */
  *messages(room: string): Generator<ExportedMessage> {
    const version = Number(this.#database.prepare("PRAGMA user_version").get()?.user_version);
    if (version < migrations.length) {
      throw new Error("the database is from an older version; start the server once to update it");
    }
    const page = this.#database.prepare(
      `SELECT ${messageColumns} FROM messages
       JOIN conversations ON conversations.id = conversation WHERE name = ? AND seq > ? ORDER BY seq LIMIT ?`,
    );
    for (let after = 0; ; ) {
      const messages = page.all(room, after, PAGE).map(toMessage);
      for (const message of messages) {
        after = message.seq;
        yield archived(message, room);
      }
      if (messages.length < PAGE) return;
    }
  }

  /** Who sent a message; undefined when it is not kept. */
  senderOf(msgid: string): string | undefined {
    const row = this.#database.prepare("SELECT sender FROM messages WHERE msgid = ?").get(msgid);
    return row && String(row.sender);
  }

  /**
   * Writes a copy of the whole database as it is at this moment. From then on the two differ, so the copy is a log with
   * a name of its own. It contains what is kept of passwords, so only its owner may read it. @param file must not exist
   */
  backup(file: string): void {
    closeSync(openSync(file, "wx", 0o600));
    try {
      this.#database.prepare("VACUUM INTO ?").run(file);
    } catch (error) {
      rmSync(file);
      throw error;
    }
    // A copy of an older version gets its name when it is opened.
    if (!this.#hasName()) return;
    const copy = new DatabaseSync(file);
    try {
      copy.prepare("UPDATE log SET id = ?").run(randomUUID());
    } finally {
      copy.close();
    }
  }

  #hasName(): boolean {
    return (
      this.#database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'log'").get() !== undefined
    );
  }

  close(): void {
    this.#database.close();
  }
}

/**
 * Adds archived messages to a database. A message that exists already, by its msgid, stays as it is, so that reading an
 * archive twice, or again after an interruption, counts once.
 */
export class ArchiveWriter {
  readonly #database: DatabaseSync;
  readonly #index: MessageIndex;
  readonly #findMessage: StatementSync;
  readonly #findRoom: StatementSync;
  readonly #moveRoom: StatementSync;
  readonly #findPerson: StatementSync;
  readonly #sawPerson: StatementSync;
  readonly #entries: SqliteEntries;
  readonly #people: SqlitePeople;
  readonly #waiting: ArchivedMessage[] = [];

  constructor({ database, index }: Pick<OwnDatabase, "database" | "index">) {
    this.#database = database;
    this.#index = index;
    this.#findMessage = database.prepare("SELECT 1 FROM messages WHERE msgid = ?");
    this.#findRoom = database.prepare(
      `INSERT INTO conversations (name, last_seq) VALUES (?, 0) ON CONFLICT (name) DO UPDATE SET name = name
       RETURNING id, last_seq`,
    );
    this.#moveRoom = database.prepare("UPDATE conversations SET last_seq = ? WHERE id = ?");
    this.#findPerson = database.prepare("SELECT person FROM names WHERE key = ?");
    this.#sawPerson = database.prepare("UPDATE people SET took_part = 1, seen = max(seen, ?) WHERE id = ?");
    this.#entries = new SqliteEntries(database);
    this.#people = new SqlitePeople(database);
  }

  /** Takes a message; every thousand are committed. @returns how many of those that this call committed were new */
  add(message: ArchivedMessage): number {
    this.#waiting.push(message);
    return this.#waiting.length < PAGE ? 0 : this.commit();
  }

  /**
   * Commits what was added since the last commit. @returns how many were new
   * @throws SQLite's error; nothing of it was written then
   */
  commit(): number {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const added = this.#waiting.splice(0).filter((message) => this.#insert(message));
      this.#index.add();
      this.#database.exec("COMMIT");
      return added.length;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #insert({ room, reactions, ...said }: ArchivedMessage): boolean {
    const { msgid, from, time, reply, action, edited, deleted } = said;
    if (this.#findMessage.get(msgid)) return false;
    const row = this.#findRoom.get(room);
    const message: KeptMessage = {
      type: "message",
      msgid,
      // Numbers continue from those of the room: in an empty room they stay the same.
      seq: Number(row?.last_seq) + 1,
      time,
      from,
      person: this.#personCalled(from, time),
      text: said.text,
      action,
      ...(reply === undefined ? {} : { reply }),
      edited,
      deleted,
      reactions: reactions.map(({ emoji, from: names }) => ({
        emoji,
        from: names.map((name) => ({ person: this.#personCalled(name, time), name })),
      })),
    };
    this.#entries.insert(Number(row?.id), message, msgid);
    this.#moveRoom.run(message.seq, Number(row?.id));
    return true;
  }

  /** The person who has or had the name; otherwise somebody new, who can be written to. @returns their id */
  #personCalled(name: string, time: string): string {
    const known = this.#findPerson.get(nameKey(name));
    const person = known ? String(known.person) : randomUUID();
    if (known) this.#sawPerson.run(time, person);
    else {
      const names = [{ spelled: name, isUsed: true }];
      this.#people.note({ type: "person", person, name, seen: time, tookPart: true, names });
    }
    return person;
  }
}
