/** The message logs, and helpers for the suites that test them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";
import { nameKey } from "../../protocol/names.ts";
import type { SearchQuery } from "../../protocol/search.ts";
import type {
  Appended,
  Draft,
  FoundInLog,
  HistoryRequest,
  KeptEntry,
  KeptMessage,
  MessageDraft,
  Note,
} from "../../server/chat/ports.ts";
import { MemoryStore } from "../../server/store/memory-store.ts";
import { SqliteStore, type SqliteStoreOptions } from "../../server/store/sqlite-store.ts";
import type { OwnLog } from "../../server/store/upkeep.ts";

const rethrow = (error: unknown) => {
  throw error;
};

const at = () => new Date("2026-11-21T10:00:00Z");

/** A log, and short ways to ask what the tests ask it. */
export class TestLog {
  readonly log: OwnLog;
  readonly #now: () => Date;

  constructor(log: OwnLog, now = at) {
    this.log = log;
    this.#now = now;
  }

  async append(drafts: readonly Draft[]): Promise<readonly Appended[]> {
    const { appended } = await this.log.commit({ time: this.#now().toISOString(), notes: [], drafts });
    return appended;
  }

  async note(notes: readonly Note[]): Promise<boolean> {
    const { noted } = await this.log.commit({ time: this.#now().toISOString(), notes, drafts: [] });
    return noted.every(({ ok }) => ok);
  }

  async entries(conversation: string, request: Omit<HistoryRequest, "changes">): Promise<readonly KeptEntry[]> {
    const page = await this.log.history(conversation, { ...request, changes: true });
    return page === "no-such-message" ? [] : page.entries;
  }

  /** The seq of the first message said at a time or later; undefined when there is none. */
  async seqSince(conversation: string, since: string): Promise<number | undefined> {
    const page = await this.log.history(conversation, { since, limit: 2, changes: false });
    return page === "no-such-message"
      ? undefined
      : page.entries.slice(page.pivot).find(({ time }) => time >= since)?.seq;
  }

  async messages(conversation: string, request: Omit<HistoryRequest, "changes">): Promise<readonly KeptMessage[]> {
    const page = await this.log.history(conversation, { ...request, changes: false });
    return page === "no-such-message" ? [] : (page.entries as readonly KeptMessage[]);
  }
}

export const openMemory = (memoryMessagesMax: number, memoryConversationsMax: number, now = at) =>
  new TestLog(new MemoryStore({ limits: { memoryMessagesMax, memoryConversationsMax } }), now);

/** What every store on disk is opened with: a failure fails the test. */
export const storeOptions: Omit<SqliteStoreOptions, "file"> = {
  busyMs: 100,
  indexing: () => {},
  unindexed: rethrow,
  failed: rethrow,
  moved: rethrow,
  rewriting: () => {},
  unmaintained: rethrow,
};

/** A store whose failures are up to the test. */
export function openSqlite(options: Pick<SqliteStoreOptions, "file"> & Partial<SqliteStoreOptions>): SqliteStore {
  return new SqliteStore({
    ...storeOptions,
    ...options,
  });
}

type AtEnd = (close: () => void) => void;

/** @param atEnd runs when it is closed, after the test */
type Open = (now?: () => Date, atEnd?: AtEnd) => TestLog;

export const openInFolder: Open = (now = at, atEnd: AtEnd = onTestFinished) => {
  const folder = mkdtempSync(join(tmpdir(), "salotto-store-"));
  const store = openSqlite({ file: join(folder, "salotto.db") });
  atEnd(() => {
    void store.close();
    rmSync(folder, { recursive: true });
  });
  return new TestLog(store, now);
};

export const implementations: [name: string, open: Open][] = [
  ["in memory", (now) => openMemory(1_000, 1_000, now)],
  ["in SQLite", openInFolder],
];

/** One log for all tests of a file or a group, because each has a search thread that takes a while to start. */
export function openOnce(open: Open): () => TestLog {
  let log: TestLog | undefined;
  let close = () => {};
  afterAll(() => close());
  return () => {
    log ??= open(undefined, (end) => {
      close = end;
    });
    return log;
  };
}

/** The id of the person with this name: as long as a UUID. */
export const personCalled = (name: string): string => nameKey(name).padEnd(36, "-");

/** The log of what two people say to each other. */
export const between = (one: string, other: string): string => `@${personCalled(one)},${personCalled(other)}`;

/** The author of a draft. @param before names that they had before, as other people */
export const by = (name: string, ...before: string[]): Pick<MessageDraft, "author" | "persons"> => ({
  author: { person: personCalled(name), name },
  persons: new Set([...before, name].map(personCalled)),
});

export const draft = (id: string, changes: Partial<MessageDraft> = {}): MessageDraft => ({
  type: "message",
  conversation: "lobby",
  id,
  ...by("anna"),
  text: `text of ${id}`,
  action: false,
  mayBegin: true,
  ...changes,
});

export const seqs = (appended: readonly Appended[]) => appended.map((each) => each.ok && each.entry?.seq);

/** Says something, and returns its msgid. */
export async function say(log: TestLog, id: string, changes: Partial<MessageDraft> = {}): Promise<string> {
  const [appended] = await log.append([draft(id, changes)]);
  if (!appended?.ok || !appended.entry) throw new Error(`${id} was refused`);
  return appended.entry.msgid;
}

/** What somebody finds, newest first. */
export async function search(
  { log }: TestLog,
  query: Partial<SearchQuery>,
  { name = "anna", skip = 0, limit = 10 } = {},
): Promise<readonly FoundInLog[]> {
  const { from, ...rest } = query;
  const author = from === undefined ? {} : { author: personCalled(from) };
  const person = personCalled(name);
  const { messages } = await log.search({ query: { words: [], ...rest }, ...author, person, skip, limit });
  return messages;
}
