/** What a database remembers of people: that they were here, what they have read, whom they wrote to. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Absentee } from "../../protocol/events.ts";
import { nameKey } from "../../protocol/names.ts";
import type { MessageDraft, Note, StoredConversation } from "../chat/ports.ts";
import { isOfPerson, takersPart } from "./rows.ts";

export class SqlitePeople {
  readonly #peopleMax: number;
  readonly #see: StatementSync;
  readonly #takePart: StatementSync;
  readonly #giveUp: StatementSync;
  readonly #count: StatementSync;
  readonly #forget: StatementSync;
  readonly #markRead: StatementSync;
  readonly #hasRead: StatementSync;
  readonly #readUpTo: StatementSync;
  readonly #nameOf: StatementSync;
  readonly #people: StatementSync;
  readonly #conversations: StatementSync;

  constructor(database: DatabaseSync, peopleMax: number) {
    this.#peopleMax = peopleMax;
    this.#see = database.prepare(
      `INSERT INTO people (key, name, seen) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET name = excluded.name, seen = excluded.seen`,
    );
    this.#takePart = database.prepare(
      `INSERT INTO people (key, name, seen, took_part) VALUES (?, ?, ?, 1)
       ON CONFLICT (key) DO UPDATE SET took_part = 1 WHERE took_part = 0`,
    );
    this.#giveUp = database.prepare("DELETE FROM people WHERE key = ? AND took_part = 0");
    this.#count = database.prepare("SELECT count(*) AS count FROM people");
    this.#forget = database.prepare(
      "DELETE FROM people WHERE key IN (SELECT key FROM people ORDER BY took_part, seen LIMIT ?)",
    );
    // Nothing is kept of somebody who is not known, or of a conversation in which nothing was said.
    this.#markRead = database.prepare(
      `INSERT INTO readings (person, conversation, seq)
       SELECT key, conversations.id, :seq FROM people, conversations WHERE key = :person AND conversations.name = :name
       ON CONFLICT (person, conversation) DO UPDATE SET seq = max(seq, excluded.seq)`,
    );
    this.#hasRead = database.prepare("UPDATE people SET took_part = 1 WHERE key = ? AND took_part = 0");
    this.#readUpTo = database.prepare(
      `SELECT seq FROM readings JOIN conversations ON conversations.id = conversation
       WHERE person = ? AND conversations.name = ?`,
    );
    this.#nameOf = database.prepare("SELECT name FROM people WHERE key = ?");
    this.#people = database.prepare(
      `SELECT name, seen FROM (SELECT name, seen FROM people ORDER BY took_part DESC, seen DESC LIMIT ?)
       ORDER BY seen DESC`,
    );
    this.#conversations = database.prepare(
      `SELECT name, last_seq AS seq, coalesce(readings.seq, 0) AS read FROM conversations
       LEFT JOIN readings ON readings.conversation = conversations.id AND person = :person
       WHERE name LIKE '@%' AND ${isOfPerson}
       ORDER BY (SELECT id FROM messages WHERE conversation = conversations.id ORDER BY seq DESC LIMIT 1) DESC
       LIMIT :limit`,
    );
  }

  /** Keeps a note, in a transaction that is the caller's. */
  note(note: Exclude<Note, { type: "topic" }>): void {
    if (note.type === "seen") this.#see.run(note.person, note.name, note.time);
    else if (note.type === "given-up") this.#giveUp.run(note.person);
    else this.#read(note);
  }

  /** Remembers those whom a message makes take part, in a transaction that is the caller's. */
  takePart(message: MessageDraft, time: string): void {
    const changes = takersPart(message).map((name) => this.#takePart.run(nameKey(name), name, time).changes);
    if (changes.some((count) => Number(count) > 0)) this.forgetSurplus();
  }

  readUpTo(person: string, conversation: string): number | undefined {
    const row = this.#readUpTo.get(person, conversation);
    return row && Number(row.seq);
  }

  nameOf(person: string): string | undefined {
    const row = this.#nameOf.get(person);
    return row && String(row.name);
  }

  people(limit: number): readonly Absentee[] {
    return this.#people.all(limit).map(({ name, seen }) => ({ name: String(name), seen: String(seen) }));
  }

  conversations(person: string, limit: number): readonly StoredConversation[] {
    return this.#conversations
      .all({ person, limit })
      .map(({ name, seq, read }) => ({ conversation: String(name), seq: Number(seq), read: Number(read) }));
  }

  #read({ person, conversation, seq }: Extract<Note, { type: "read" }>): void {
    const { changes } = this.#markRead.run({ person, name: conversation, seq });
    if (Number(changes) > 0) this.#hasRead.run(person);
  }

  /** Forgets those who are too many, in a transaction that is the caller's. */
  forgetSurplus(): void {
    const surplus = Number(this.#count.get()?.count) - this.#peopleMax;
    if (surplus > 0) this.#forget.run(surplus);
  }
}
