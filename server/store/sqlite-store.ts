/**
 * A message log on disk, in SQLite. A commit is answered only when it has reached the disk (`synchronous=FULL`); all
 * drafts of a turn share one, which is what makes that cheap. Statements are prepared once.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type {
  Appended,
  ClockBelief,
  Draft,
  FoundByLog,
  FoundInLog,
  KeptEntry,
  KeptMessage,
  KeptPerson,
  MessageLog,
  Note,
  Range,
  Retention,
  Search,
  StoredConversation,
  StoredRoom,
} from "../chat/ports.ts";
import { type OpenOptions, type OwnDatabase, openOwnDatabase } from "./database.ts";
import { messageColumns, toFound } from "./rows.ts";
import { SearchThread } from "./search-thread.ts";
import { type ConversationRow, SqliteEntries } from "./sqlite-entries.ts";
import { SqlitePeople } from "./sqlite-people.ts";
import { SqliteRetention } from "./sqlite-retention.ts";
import { SqliteUpkeep } from "./sqlite-upkeep.ts";

export interface SqliteStoreOptions extends OpenOptions {
  /** The database file; it is created when there is none. */
  file: string;
  now: () => Date;
  /** A commit failed (a full disk, a lock that somebody holds): its messages were refused and may be sent again. */
  failed: (error: unknown) => void;
  /** A file of the database was removed, replaced or emptied while it is open, so that nothing is kept; undefined when it is back. */
  moved: (file: string | undefined) => void;
  /** A database of so many bytes is rewritten, which may take a while. */
  rewriting: (bytes: number) => void;
  /** What was removed could not be wiped, or its space not be given back; it is tried again. */
  unmaintained: (error: unknown) => void;
}

export class SqliteStore implements MessageLog {
  readonly #options: SqliteStoreOptions;
  readonly #database: DatabaseSync;
  readonly #own: OwnDatabase;
  readonly #entries: SqliteEntries;
  readonly #people: SqlitePeople;
  readonly #searches: SearchThread;
  readonly #findConversation: StatementSync;
  readonly #findMessage: StatementSync;
  readonly #addConversation: StatementSync;
  readonly #readRooms: StatementSync;
  readonly #setTopic: StatementSync;
  readonly #dropTopic: StatementSync;
  readonly #forgetUnused: StatementSync;
  readonly #retention: SqliteRetention;
  readonly #upkeep: SqliteUpkeep;
  /** The file that was out of its place when that was last looked at. */
  #missing: string | undefined;

  /** @throws SQLite's error when the file cannot be opened, or `NewerSchemaError` */
  constructor(options: SqliteStoreOptions) {
    this.#options = options;
    this.#own = openOwnDatabase(options.file, options);
    const { database } = this.#own;
    this.#database = database;
    this.#entries = new SqliteEntries(database, options.now);
    this.#people = new SqlitePeople(database);
    this.#searches = new SearchThread(options.file);
    this.#findConversation = database.prepare("SELECT id, last_seq AS lastSeq FROM conversations WHERE name = ?");
    this.#findMessage = database.prepare(
      `SELECT ${messageColumns}, name AS conversation FROM messages
       JOIN conversations ON conversations.id = conversation WHERE msgid = ?`,
    );
    this.#addConversation = database.prepare("INSERT INTO conversations (name, last_seq) VALUES (?, 0)");
    this.#readRooms = database.prepare("SELECT name, topic FROM conversations WHERE name NOT LIKE '@%' ORDER BY name");
    this.#setTopic = database.prepare(
      `INSERT INTO conversations (name, last_seq, topic) VALUES (?, 0, ?)
       ON CONFLICT (name) DO UPDATE SET topic = excluded.topic`,
    );
    this.#dropTopic = database.prepare("UPDATE conversations SET topic = '' WHERE name = ?");
    this.#forgetUnused = database.prepare("DELETE FROM conversations WHERE name = ? AND last_seq = 0");
    this.#retention = new SqliteRetention(database);
    this.#upkeep = new SqliteUpkeep(database, options);
    this.#upkeep.open();
  }

  append(drafts: readonly Draft[]): readonly Appended[] {
    const committed = this.#commit(() => {
      if (drafts.some(({ type }) => type === "edit" || type === "delete")) this.#upkeep.erased();
      const appended = drafts.map((draft) => this.#append(draft));
      this.#own.index.add();
      return appended;
    });
    return committed ?? drafts.map(() => ({ ok: false, code: "not-stored" }));
  }

  note(notes: readonly Note[]): boolean {
    const noted = this.#commit(() => {
      for (const note of notes) {
        if (note.type === "topic") {
          this.#upkeep.erased();
          this.#setTopic.run(note.room, note.topic);
        } else this.#people.note(note);
      }
      return true;
    });
    return noted ?? false;
  }

  lastSeq(conversation: string): number {
    return this.#find(conversation)?.lastSeq ?? 0;
  }

  rooms(): readonly StoredRoom[] {
    return this.#readRooms.all().map(({ name, topic }) => ({ name: String(name), topic: String(topic) }));
  }

  forgetRoom(room: string): void {
    this.#commit(() => {
      this.#upkeep.erased();
      this.#forgetUnused.run(room);
      this.#dropTopic.run(room);
    });
  }

  entries(name: string, range: Range): readonly KeptEntry[] {
    const conversation = this.#find(name);
    return conversation ? this.#entries.entries(conversation, range) : [];
  }

  messages(name: string, range: Range): readonly KeptMessage[] {
    const conversation = this.#find(name);
    return conversation ? this.#entries.messages(conversation, range) : [];
  }

  find(msgid: string): FoundInLog | undefined {
    const row = this.#findMessage.get(msgid);
    return row && toFound(row);
  }

  seqSince(name: string, time: string): number | undefined {
    const conversation = this.#find(name);
    return conversation && this.#entries.seqSince(conversation, time);
  }

  readUpTo(person: string, conversation: string): number | undefined {
    return this.#people.readUpTo(person, conversation);
  }

  people(): readonly KeptPerson[] {
    return this.#people.people();
  }

  conversations(person: string, limit: number): readonly StoredConversation[] {
    return this.#people.conversations(person, limit);
  }

  search(wanted: Search, abandoned?: AbortSignal): Promise<FoundByLog> {
    return this.#searches.search(wanted, abandoned);
  }

  forget(rule: Retention): number {
    const forgotten = this.#commit(() => {
      const count = this.#retention.forget(rule);
      if (count > 0) this.#upkeep.erased();
      return count;
    });
    return forgotten ?? 0;
  }

  newestTime(): string | undefined {
    return this.#retention.newestTime();
  }

  clockBelief(): ClockBelief | undefined {
    return this.#upkeep.clockBelief();
  }

  believe(belief: ClockBelief): boolean {
    const kept = this.#commit(() => {
      this.#upkeep.believe(belief);
      return true;
    });
    return kept ?? false;
  }

  maintain(): void {
    if (this.#isInPlace()) this.#upkeep.maintain();
  }

  close(): void {
    this.#searches.close();
    this.#own.close();
  }

  #append(draft: Draft): Appended {
    const { conversation: name, type } = draft;
    const known = this.#find(name);
    if (!known && type !== "message") return { ok: false, code: "no-such-message" };
    return this.#entries.append(known ?? this.#create(name), draft);
  }

  /**
   * Does it in one transaction, which has reached the disk on return, and a file that will be found again; undefined when
   * it has not.
   */
  #commit<T>(work: () => T): T | undefined {
    const database = this.#database;
    if (!this.#isInPlace()) return undefined;
    try {
      database.exec("BEGIN IMMEDIATE");
      const result = work();
      database.exec("COMMIT");
      return this.#isInPlace() ? result : undefined;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      this.#options.failed(error);
      return undefined;
    }
  }

  /** Whether the database is where it was opened; says when it is not any more, and when it is again. */
  #isInPlace(): boolean {
    const missing = this.#own.files.findMissing();
    if ((missing === undefined) !== (this.#missing === undefined)) {
      if (missing !== undefined) this.#upkeep.rescue();
      this.#options.moved(missing);
    }
    this.#missing = missing;
    return missing === undefined;
  }

  #find(name: string): ConversationRow | undefined {
    const row = this.#findConversation.get(name);
    return row && { id: Number(row.id), lastSeq: Number(row.lastSeq) };
  }

  #create(name: string): ConversationRow {
    return { id: Number(this.#addConversation.run(name).lastInsertRowid), lastSeq: 0 };
  }
}
