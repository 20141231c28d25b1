/**
 * Keeps a database small and free of what was removed. SQLite overwrites what it removes, but the write-ahead log has
 * it until it is emptied, and after a split a page may keep a copy of a row that moved, until everything is rewritten.
 */
import { statSync } from "node:fs";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ClockBelief } from "./upkeep.ts";

export interface UpkeepOptions {
  file: string;
  busyMs: number;
  rewriting: (bytes: number) => void;
  unmaintained: (error: unknown) => void;
}

/** Pages of 4 KiB given back at a time. */
const PAGES_MAX = 512;

/**
 * The size in bytes up to which a database is rewritten while people wait for it, and milliseconds between two times.
 */
const REWRITE_BYTES_MAX = 8_388_608;
const REWRITE_EVERY_MS = 3_600_000;

/** SQLite's result code when somebody else is using the database. */
const SQLITE_BUSY = 5;

export class SqliteUpkeep {
  readonly #database: DatabaseSync;
  readonly #options: UpkeepOptions;
  readonly #get: StatementSync;
  readonly #set: StatementSync;
  readonly #remove: StatementSync;
  /** The write-ahead log may contain removed data: from now, or left behind by a program that was killed. */
  #isLogDirty = true;
  /** Whether the database may contain leftover copies, which it remembers itself. */
  #hasLeftovers: boolean;
  #rewrittenAtMs = performance.now();
  /** The last attempt failed, and that was reported. */
  #isHindered = false;

  constructor(database: DatabaseSync, options: UpkeepOptions) {
    this.#database = database;
    this.#options = options;
    this.#get = database.prepare("SELECT value FROM upkeep WHERE key = ?");
    this.#set = database.prepare(
      "INSERT INTO upkeep (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    );
    this.#remove = database.prepare("DELETE FROM upkeep WHERE key = ?");
    this.#hasLeftovers = this.#get.get("leftovers") !== undefined;
  }

  /** Rewrites the database where that is due, while nobody is waiting for it yet. */
  open(): void {
    const isOfOldKind = this.#pragma("auto_vacuum") === 0;
    if (isOfOldKind || this.#hasLeftovers) this.#carefully(() => this.#rewrite());
  }

  /** Something was removed or replaced, in the caller's transaction. */
  erased(): void {
    this.#isLogDirty = true;
    this.#set.run("leftovers", "1");
    this.#hasLeftovers = true;
  }

  /** Does a bounded part of what is due. */
  maintain(): void {
    this.#carefully(() => {
      if (this.#pragma("freelist_count") > 0) {
        this.#database.exec(`PRAGMA incremental_vacuum(${PAGES_MAX})`);
        this.#isLogDirty = true;
      }
      if (this.#hasLeftovers && this.#isTimeToRewrite()) this.#rewrite();
      if (this.#isLogDirty) this.#isLogDirty = !this.#emptyLog();
    });
  }

  /**
   * For example, the file of the write-ahead log is gone: copies its contents into the database, which may still be
   * there.
   */
  rescue(): void {
    this.#carefully(() => this.#emptyLog());
  }

  clockBelief(): ClockBelief | undefined {
    const [believed, doubted] = [this.#get.get("believed"), this.#get.get("doubted")];
    if (!believed) return undefined;
    return { believedMs: Number(believed.value), ...(doubted ? { doubtedMs: Number(doubted.value) } : {}) };
  }

  /** In the caller's transaction. */
  believe({ believedMs, doubtedMs }: ClockBelief): void {
    this.#set.run("believed", String(believedMs));
    if (doubtedMs === undefined) this.#remove.run("doubted");
    else this.#set.run("doubted", String(doubtedMs));
  }

  /** Writes what is there already, in the caller's transaction: SQLite sets this number without looking at it. */
  touch(): void {
    this.#database.exec(`PRAGMA user_version = ${this.#pragma("user_version")}`);
  }

  #isTimeToRewrite(): boolean {
    const bytes = this.#pragma("page_count") * this.#pragma("page_size");
    return bytes <= REWRITE_BYTES_MAX && performance.now() - this.#rewrittenAtMs >= REWRITE_EVERY_MS;
  }

  #rewrite(): void {
    this.#options.rewriting(statSync(this.#options.file).size);
    this.#database.exec("VACUUM");
    this.#remove.run("leftovers");
    this.#hasLeftovers = false;
    this.#isLogDirty = true;
    this.#rewrittenAtMs = performance.now();
  }

  /** @returns false when a reader is in the way */
  #emptyLog(): boolean {
    return this.#database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy === 0;
  }

  #pragma(name: "auto_vacuum" | "freelist_count" | "page_count" | "page_size" | "user_version"): number {
    return Number(this.#database.prepare(`PRAGMA ${name}`).get()?.[name]);
  }

  /** Waits for nobody: what is not possible now is done another time. */
  #carefully(work: () => void): void {
    const { busyMs, unmaintained } = this.#options;
    this.#database.exec("PRAGMA busy_timeout = 0");
    try {
      work();
      this.#isHindered = false;
    } catch (error) {
      const isBusy = ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY;
      if (!isBusy && !this.#isHindered) {
        this.#isHindered = true;
        unmaintained(error);
      }
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${busyMs}`);
    }
  }
}
