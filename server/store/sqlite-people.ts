/** People in the database: who they are, their names, how far they have read, and their private conversations. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { nameKey } from "../../protocol/names.ts";
import type { KeptPerson, Note, PeopleNote, PersonName, StoredConversation } from "../chat/ports.ts";
import { isOfPerson } from "./rows.ts";

export class SqlitePeople {
  readonly #setPerson: StatementSync;
  readonly #dropNames: StatementSync;
  readonly #addName: StatementSync;
  readonly #forget: StatementSync;
  readonly #markRead: StatementSync;
  readonly #readUpTo: StatementSync;
  readonly #people: StatementSync;
  readonly #names: StatementSync;
  readonly #conversations: StatementSync;

  constructor(database: DatabaseSync) {
    this.#setPerson = database.prepare(
      `INSERT INTO people (id, name, seen, took_part) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, seen = excluded.seen, took_part = excluded.took_part`,
    );
    this.#dropNames = database.prepare("DELETE FROM names WHERE person = ?");
    this.#addName = database.prepare("INSERT OR REPLACE INTO names (key, person, spelled, used) VALUES (?, ?, ?, ?)");
    this.#forget = database.prepare("DELETE FROM people WHERE id = ?");
    // Nothing is stored for unknown people or conversations without entries.
    this.#markRead = database.prepare(
      `INSERT INTO readings (person, conversation, seq)
       SELECT people.id, conversations.id, min(:seq, last_seq) FROM people, conversations
       WHERE people.id = :person AND conversations.name = :name AND min(:seq, last_seq) > 0
       ON CONFLICT (person, conversation) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > seq
       RETURNING seq`,
    );
    this.#readUpTo = database.prepare(
      `SELECT seq FROM readings JOIN conversations ON conversations.id = conversation
       WHERE person = ? AND conversations.name = ?`,
    );
    this.#people = database.prepare("SELECT id, name, seen, took_part AS tookPart FROM people");
    this.#names = database.prepare("SELECT person, spelled, used FROM names ORDER BY rowid");
    this.#conversations = database.prepare(
      `SELECT name, last_seq AS seq, coalesce(readings.seq, 0) AS read FROM conversations
       LEFT JOIN readings ON readings.conversation = conversations.id AND person = :person
       WHERE ${isOfPerson}
       ORDER BY (SELECT id FROM messages WHERE conversation = conversations.id ORDER BY seq DESC LIMIT 1) DESC
       LIMIT :limit`,
    );
  }

  /** Stores a note, in the caller's transaction. @returns how far somebody has read, if that is further than before */
  note(note: PeopleNote | Extract<Note, { type: "read" }>): number | undefined {
    switch (note.type) {
      case "person":
        this.#setPerson.run(note.person, note.name, note.seen, Number(note.tookPart));
        if (note.names) this.#setNames(note.person, note.names);
        return undefined;
      case "forgotten":
        this.#forget.run(note.person);
        return undefined;
      case "read": {
        const row = this.#markRead.get({ person: note.person, name: note.conversation, seq: note.seq });
        return row && Number(row.seq);
      }
    }
  }

  readUpTo(person: string, conversation: string): number | undefined {
    const row = this.#readUpTo.get(person, conversation);
    return row && Number(row.seq);
  }

  people(): readonly Omit<KeptPerson, "account" | "sessions">[] {
    const names = Map.groupBy(this.#names.all(), ({ person }) => person);
    return this.#people.all().map(({ id, name, seen, tookPart }) => ({
      id: String(id),
      name: String(name),
      seen: String(seen),
      tookPart: tookPart === 1,
      names: (names.get(id) ?? []).map(({ spelled, used }) => ({ spelled: String(spelled), isUsed: used === 1 })),
    }));
  }

  conversations(person: string, limit: number): readonly StoredConversation[] {
    return this.#conversations
      .all({ person, limit })
      .map(({ name, seq, read }) => ({ conversation: String(name), seq: Number(seq), read: Number(read) }));
  }

  #setNames(person: string, names: readonly PersonName[]): void {
    this.#dropNames.run(person);
    for (const { spelled, isUsed } of names) this.#addName.run(nameKey(spelled), person, spelled, Number(isUsed));
  }
}
