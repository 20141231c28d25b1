/**
 * A message log on disk, in SQLite. A commit is answered only when it has reached the disk (`synchronous=FULL`); all
 * messages of a turn share one, which is what makes that cheap. Statements are prepared once.
 */
import { randomUUID } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { SearchQuery } from "../../protocol/search.ts";
import type {
  Appended,
  Draft,
  FoundInLog,
  MessageLog,
  Position,
  Range,
  Retention,
  StoredMessage,
  StoredRoom,
} from "../chat/ports.ts";
import { type OwnDatabase, openOwnDatabase } from "./database.ts";
import { prepareSearch, searchMessages } from "./sqlite-search.ts";

export interface SqliteStoreOptions {
  /** The database file; it is created when there is none. */
  file: string;
  now: () => Date;
  /** Milliseconds to wait for another program to let go of the database. */
  busyMs: number;
  /** A commit failed (a full disk, a lock that somebody holds): its messages were refused and may be sent again. */
  failed: (error: unknown) => void;
}

/** Messages removed at a time. */
const FORGET_MAX = 1_000;

interface Conversation {
  id: number;
  lastSeq: number;
}

export class SqliteStore implements MessageLog {
  readonly #options: SqliteStoreOptions;
  readonly #database: DatabaseSync;
  readonly #own: OwnDatabase;
  readonly #findConversation: StatementSync;
  readonly #addConversation: StatementSync;
  readonly #moveConversation: StatementSync;
  readonly #readRooms: StatementSync;
  readonly #setTopic: StatementSync;
  readonly #findPost: StatementSync;
  readonly #addMessage: StatementSync;
  readonly #forgetOld: StatementSync;
  readonly #forgetMany: StatementSync;
  readonly #readBefore: StatementSync;
  readonly #readAfter: StatementSync;

  /** @throws SQLite's error when the file cannot be opened, or `NewerSchemaError` */
  constructor(options: SqliteStoreOptions) {
    this.#options = options;
    this.#own = openOwnDatabase(options.file, options.busyMs);
    const { database } = this.#own;
    this.#database = database;
    prepareSearch(database);
    this.#findConversation = database.prepare("SELECT id, last_seq AS lastSeq FROM conversations WHERE name = ?");
    this.#addConversation = database.prepare("INSERT INTO conversations (name, last_seq) VALUES (?, 0)");
    this.#moveConversation = database.prepare("UPDATE conversations SET last_seq = ? WHERE id = ?");
    this.#readRooms = database.prepare("SELECT name, topic FROM conversations WHERE name NOT LIKE '@%' ORDER BY name");
    this.#setTopic = database.prepare(
      `INSERT INTO conversations (name, last_seq, topic) VALUES (?, 0, ?)
       ON CONFLICT (name) DO UPDATE SET topic = excluded.topic`,
    );
    this.#findPost = database.prepare("SELECT msgid, seq, time FROM messages WHERE conversation = ? AND post_id = ?");
    this.#addMessage = database.prepare(
      `INSERT INTO messages (conversation, seq, msgid, sender, post_id, time, text, action)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#forgetOld = database.prepare(
      "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE time < ? ORDER BY id LIMIT ?)",
    );
    this.#forgetMany = database.prepare(
      `DELETE FROM messages WHERE id IN (
         SELECT messages.id FROM messages JOIN conversations ON conversations.id = conversation
         WHERE seq <= last_seq - ? ORDER BY messages.id LIMIT ?)`,
    );
    const read = `SELECT msgid, seq, time, sender AS "from", text, action FROM messages WHERE conversation = ?`;
    this.#readBefore = database.prepare(`${read} AND seq < ? ORDER BY seq DESC LIMIT ?`);
    this.#readAfter = database.prepare(`${read} AND seq > ? ORDER BY seq LIMIT ?`);
  }

  append(drafts: readonly Draft[]): readonly Appended[] {
    const database = this.#database;
    try {
      database.exec("BEGIN IMMEDIATE");
      const appended = drafts.map((draft) => this.#append(draft));
      database.exec("COMMIT");
      return appended;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      this.#options.failed(error);
      return drafts.map(() => ({ ok: false, code: "not-stored" }));
    }
  }

  lastSeq(conversation: string): number {
    return this.#find(conversation)?.lastSeq ?? 0;
  }

  rooms(): readonly StoredRoom[] {
    return this.#readRooms.all().map(({ name, topic }) => ({ name: String(name), topic: String(topic) }));
  }

  setTopic(room: string, topic: string): boolean {
    try {
      this.#setTopic.run(room, topic);
      return true;
    } catch (error) {
      this.#options.failed(error);
      return false;
    }
  }

  read(name: string, range: Range): readonly StoredMessage[] {
    const conversation = this.#find(name);
    if (!conversation) return [];
    const { limit } = range;
    if (range.after !== undefined) return this.#readAfter.all(conversation.id, range.after, limit).map(toMessage);
    const before = range.before ?? Number.MAX_SAFE_INTEGER;
    return this.#readBefore.all(conversation.id, before, limit).map(toMessage).reverse();
  }

  search(query: SearchQuery, person: string, skip: number, limit: number): readonly FoundInLog[] {
    return searchMessages(this.#database, query, { person, skip, limit }).map((row) => ({
      ...toMessage(row),
      conversation: String(row.conversation),
    }));
  }

  forget({ since, messagesMax }: Retention): number {
    try {
      const old = since === undefined ? 0 : this.#forgetOld.run(since, FORGET_MAX).changes;
      const many = messagesMax === undefined ? 0 : this.#forgetMany.run(messagesMax, FORGET_MAX).changes;
      return Number(old) + Number(many);
    } catch (error) {
      this.#options.failed(error);
      return 0;
    }
  }

  close(): void {
    this.#own.close();
  }

  #append({ conversation: name, id, from, text, action }: Draft): Appended {
    const conversation = this.#find(name) ?? this.#create(name);
    const before = this.#findPost.get(conversation.id, id);
    if (before) return { ok: true, position: toPosition(before), duplicate: true };
    const position: Position = {
      msgid: randomUUID(),
      seq: conversation.lastSeq + 1,
      time: this.#options.now().toISOString(),
    };
    const { msgid, seq, time } = position;
    this.#addMessage.run(conversation.id, seq, msgid, from, id, time, text, Number(action));
    this.#moveConversation.run(seq, conversation.id);
    return { ok: true, position, duplicate: false };
  }

  #find(name: string): Conversation | undefined {
    const row = this.#findConversation.get(name);
    return row && { id: Number(row.id), lastSeq: Number(row.lastSeq) };
  }

  #create(name: string): Conversation {
    return { id: Number(this.#addConversation.run(name).lastInsertRowid), lastSeq: 0 };
  }
}

type Row = ReturnType<StatementSync["all"]>[number];

function toPosition(row: Row): Position {
  return { msgid: String(row.msgid), seq: Number(row.seq), time: String(row.time) };
}

function toMessage(row: Row): StoredMessage {
  return { ...toPosition(row), from: String(row.from), text: String(row.text), action: row.action === 1 };
}
