/**
 * The index for finding messages by their text: `words`, an FTS5 table of SQLite that keeps the tokens of each message
 * (protocol/words.ts) under its id, and neither folds nor cuts them again. It is filled in the order of the ids, so
 * whatever is missing comes after its last row. Triggers follow edits and removals.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { phraseOf, tokensOf } from "../../protocol/words.ts";

/** Messages indexed at a time, in one transaction: 8 MB of the longest ones. */
const BATCH = 1_000;

/** Teaches a database that is about to be written to how texts are cut. */
export function defineTokens(database: DatabaseSync): void {
  database.function("search_tokens", { deterministic: true }, (text) =>
    tokensOf(String(text))
      .map((token) => token.text)
      .join(" "),
  );
}

export interface IndexOptions {
  /** Messages are being indexed, which may take a while after an upgrade: so many of so many. */
  indexing: (done: number, total: number) => void;
  /** The index is damaged. Nothing more is added to it, so new messages are not found. */
  unindexed: (error: unknown) => void;
}

export class MessageIndex {
  readonly #options: IndexOptions;
  readonly #count: StatementSync;
  readonly #add: StatementSync;
  #isDamaged = false;

  constructor(database: DatabaseSync, options: IndexOptions) {
    this.#options = options;
    const missing = "FROM messages WHERE id > (SELECT ifnull(max(rowid), 0) FROM words)";
    this.#count = database.prepare(`SELECT count(*) AS total ${missing}`);
    this.#add = database.prepare(
      `INSERT INTO words (rowid, tokens) SELECT id, search_tokens(text) ${missing} ORDER BY id LIMIT ?`,
    );
  }

  /** Adds messages that are missing, all or up to a maximum, in the caller's transaction. @returns how many */
  add(max = Number.MAX_SAFE_INTEGER): number {
    return this.#unlessDamaged(() => Number(this.#add.run(max).changes));
  }

  /**
   * Adds everything that is missing: after a change to how texts are cut, every message. It may be interrupted at any
   * time, and continues from there.
   */
  complete(): void {
    const total = this.#unlessDamaged(() => Number(this.#count.get()?.total));
    for (let done = 0, added = 0; done < total; done += added) {
      added = this.add(BATCH);
      if (added === 0) return;
      // One line for each tenth.
      const tenths = (count: number) => Math.floor((count * 10) / total);
      if (tenths(done + added) > tenths(done)) this.#options.indexing(done + added, total);
    }
  }

  #unlessDamaged(work: () => number): number {
    if (this.#isDamaged) return 0;
    try {
      return work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#isDamaged = true;
      this.#options.unindexed(error);
      return 0;
    }
  }
}

/** SQLITE_CORRUPT and its extended codes, which share the low byte. */
function isDamage(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === 11;
}

/** The query that finds words in `words`, in FTS5's own quoting; undefined for none. */
export function matchOf(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : words.map((word) => `"${phraseOf(word).tokens.join(" ")}"*`).join(" ");
}
