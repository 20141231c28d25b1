/**
 * A message log on disk, in SQLite. A commit is answered only when it has reached the disk (`synchronous=FULL`); all
 * drafts of a turn share one, which makes that cheap. Statements are prepared once.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { KeptInvitation } from "../chat/account-ports.ts";
import type {
  Appended,
  Batch,
  Committed,
  Draft,
  FoundByLog,
  FoundInLog,
  HistoryPage,
  HistoryRequest,
  KeptPerson,
  KeptRecord,
  Note,
  Search,
  StoredConversation,
  StoredRoom,
} from "../chat/ports.ts";
import { type OpenOptions, type OwnDatabase, openOwnDatabase } from "./database.ts";
import { readHistory } from "./history.ts";
import { messageColumns, toFound } from "./rows.ts";
import { SearchThread } from "./search-thread.ts";
import { SqliteAccounts } from "./sqlite-accounts.ts";
import { type ConversationRow, SqliteEntries } from "./sqlite-entries.ts";
import { SqlitePeople } from "./sqlite-people.ts";
import { SqliteRecords } from "./sqlite-records.ts";
import { SqliteRetention } from "./sqlite-retention.ts";
import { SqliteUpkeep } from "./sqlite-upkeep.ts";
import type { ClockBelief, OwnLog, Retention } from "./upkeep.ts";

export interface SqliteStoreOptions extends OpenOptions {
  /** The database file; it is created if necessary. */
  file: string;
  /** A commit failed (a full disk, somebody else's lock): its messages were refused and may be sent again. */
  failed: (error: unknown) => void;
  /**
   * A file of the database was removed, replaced or emptied while open, so nothing is kept; undefined when it is back.
   */
  moved: (file: string | undefined) => void;
  /** A database of that many bytes is being rewritten, which may take a while. */
  rewriting: (bytes: number) => void;
  /** What was removed could not be wiped, or its space not be given back; it will be tried again. */
  unmaintained: (error: unknown) => void;
}

export class SqliteStore implements OwnLog {
  readonly id: string;
  readonly #options: SqliteStoreOptions;
  readonly #database: DatabaseSync;
  readonly #own: OwnDatabase;
  readonly #entries: SqliteEntries;
  readonly #people: SqlitePeople;
  readonly #accounts: SqliteAccounts;
  readonly #records: SqliteRecords;
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
  /** The file that was missing at the last check. */
  #missing: string | undefined;

  /** @throws SQLite's error when the file cannot be opened, or `NewerSchemaError` */
  constructor(options: SqliteStoreOptions) {
    this.#options = options;
    this.#own = openOwnDatabase(options.file, options);
    const { database } = this.#own;
    this.#database = database;
    this.id = String(database.prepare("SELECT id FROM log").get()?.id);
    this.#entries = new SqliteEntries(database);
    this.#people = new SqlitePeople(database);
    this.#accounts = new SqliteAccounts(database);
    this.#records = new SqliteRecords(database);
    this.#searches = new SearchThread(options.file);
    this.#findConversation = database.prepare("SELECT id, last_seq AS lastSeq FROM conversations WHERE name = ?");
    this.#findMessage = database.prepare(
      `SELECT ${messageColumns}, name AS conversation FROM messages
       JOIN conversations ON conversations.id = conversation WHERE msgid = ?`,
    );
    this.#addConversation = database.prepare("INSERT INTO conversations (name, last_seq) VALUES (?, 0)");
    this.#readRooms = database.prepare(
      "SELECT name, topic, last_seq AS seq FROM conversations WHERE name NOT LIKE '@%' ORDER BY name",
    );
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

  async commit({ time, notes, drafts }: Batch): Promise<Committed> {
    const committed = this.#transact(() => {
      const noted = notes.map((note) => this.#note(note));
      if (drafts.some(({ type }) => type === "edit" || type === "delete")) this.#upkeep.erased();
      const appended = drafts.map((draft) => this.#append(draft, time));
      if (drafts.length > 0) this.#own.index.add();
      return { noted, appended };
    });
    if (committed) return committed;
    return { noted: notes.map(() => ({ ok: false })), appended: drafts.map(() => ({ ok: false, code: "not-stored" })) };
  }

  async history(name: string, request: HistoryRequest): Promise<HistoryPage | "no-such-message"> {
    const conversation = this.#find(name);
    return readHistory(conversation && this.#entries.reader(conversation), request);
  }

  async find(msgid: string): Promise<FoundInLog | undefined> {
    const row = this.#findMessage.get(msgid);
    return row && toFound(row);
  }

  async lastSeq(conversation: string): Promise<number> {
    return this.#find(conversation)?.lastSeq ?? 0;
  }

  async rooms(): Promise<readonly StoredRoom[]> {
    return this.#readRooms
      .all()
      .map(({ name, topic, seq }) => ({ name: String(name), topic: String(topic), seq: Number(seq) }));
  }

  async forgetRoom(room: string): Promise<void> {
    this.#transact(() => {
      this.#upkeep.erased();
      this.#forgetUnused.run(room);
      this.#dropTopic.run(room);
    });
  }

  async records(): Promise<readonly KeptRecord[]> {
    return this.#records.records();
  }

  async people(): Promise<readonly KeptPerson[]> {
    const { accounts, sessions } = this.#accounts.all();
    return this.#people.people().map((person) => {
      const account = accounts.get(person.id);
      return { ...person, ...(account ? { account } : {}), sessions: sessions.get(person.id) ?? [] };
    });
  }

  async invitations(): Promise<readonly KeptInvitation[]> {
    return this.#accounts.invitations();
  }

  async secret(): Promise<string> {
    return this.#accounts.secret();
  }

  async readUpTo(person: string, conversation: string): Promise<number | undefined> {
    return this.#people.readUpTo(person, conversation);
  }

  async conversations(person: string, limit: number): Promise<readonly StoredConversation[]> {
    return this.#people.conversations(person, limit);
  }

  search(wanted: Search, abandoned?: AbortSignal): Promise<FoundByLog> {
    return this.#searches.search(wanted, abandoned);
  }

  async forget(rule: Retention): Promise<number> {
    const forgotten = this.#transact(() => {
      const count = this.#retention.forget(rule);
      if (count > 0) this.#upkeep.erased();
      return count;
    });
    return forgotten ?? 0;
  }

  async newestTime(): Promise<string | undefined> {
    return this.#retention.newestTime();
  }

  async clockBelief(): Promise<ClockBelief | undefined> {
    return this.#upkeep.clockBelief();
  }

  async believe(belief: ClockBelief): Promise<boolean> {
    const kept = this.#transact(() => {
      this.#upkeep.believe(belief);
      return true;
    });
    return kept ?? false;
  }

  async maintain(): Promise<void> {
    if (!this.#isInPlace()) return;
    if (this.#records.hasRemoved) this.#transact(() => this.#records.wipeRemoved() && this.#upkeep.erased());
    this.#upkeep.maintain();
  }

  async isWritable(): Promise<boolean> {
    const written = this.#transact(
      () => {
        this.#upkeep.touch();
        return true;
      },
      // Whoever asks says so; nothing that anybody sent was refused.
      () => {},
    );
    return written ?? false;
  }

  async close(): Promise<void> {
    this.#searches.close();
    this.#own.close();
  }

  #note(note: Note): Committed["noted"][number] {
    switch (note.type) {
      case "topic":
        this.#upkeep.erased();
        this.#setTopic.run(note.room, note.topic);
        return { ok: true };
      case "account":
      case "sessions":
        // What was a hash is wiped, too.
        this.#upkeep.erased();
        this.#accounts.note(note);
        return { ok: true };
      case "invitation":
        // One that was used is only counted.
        if (!note.invitation) this.#upkeep.erased();
        this.#accounts.note(note);
        return { ok: true };
      case "room-removed":
        this.#upkeep.erased();
        this.#records.removeRoom(note.room);
        return { ok: true };
      case "record":
        if (note.value === undefined) this.#upkeep.erased();
        this.#records.note(note);
        return { ok: true };
      default: {
        const read = this.#people.note(note);
        return read === undefined ? { ok: true } : { ok: true, read };
      }
    }
  }

  #append(draft: Draft, time: string): Appended {
    const { conversation: name, type } = draft;
    const known = this.#find(name);
    if (!known && type !== "message") return { ok: false, code: "no-such-message" };
    if (!known && type === "message" && !draft.mayBegin) return { ok: false, code: "too-many-new-conversations" };
    return this.#entries.append(known ?? this.#create(name), draft, time);
  }

  /**
   * Runs `work` in one transaction that has reached the disk on return, in a file that will be found again; undefined
   * when that failed.
   */
  #transact<T>(work: () => T, failed: (error: unknown) => void = this.#options.failed): T | undefined {
    const database = this.#database;
    if (!this.#isInPlace()) return undefined;
    try {
      database.exec("BEGIN IMMEDIATE");
      const result = work();
      database.exec("COMMIT");
      return this.#isInPlace() ? result : undefined;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      failed(error);
      return undefined;
    }
  }

  /** Whether the database is where it was opened; reports when it disappears, and when it is back. */
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
