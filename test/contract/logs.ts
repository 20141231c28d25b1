/** The message logs there are, and how the suites speak to them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";
import { nameKey } from "../../protocol/names.ts";
import type { SearchQuery } from "../../protocol/search.ts";
import type { Appended, FoundInLog, MessageDraft, MessageLog } from "../../server/chat/ports.ts";
import { MemoryStore } from "../../server/store/memory-store.ts";
import { SqliteStore, type SqliteStoreOptions } from "../../server/store/sqlite-store.ts";

const rethrow = (error: unknown) => {
  throw error;
};

const at = () => new Date("2026-11-21T10:00:00Z");

export const openMemory = (memoryMessagesMax: number, memoryConversationsMax: number, now = at) =>
  new MemoryStore({ now, limits: { memoryMessagesMax, memoryConversationsMax } });

/** A store whose failures are the test's. */
export function openSqlite(options: Pick<SqliteStoreOptions, "file"> & Partial<SqliteStoreOptions>): SqliteStore {
  return new SqliteStore({
    now: at,
    busyMs: 100,
    indexing: () => {},
    unindexed: rethrow,
    failed: rethrow,
    moved: rethrow,
    rewriting: () => {},
    unmaintained: rethrow,
    ...options,
  });
}

type AtEnd = (close: () => void) => void;

/** @param atEnd when it is closed; after the test */
type Open = (now?: () => Date, atEnd?: AtEnd) => MessageLog;

export const openInFolder: Open = (now = at, atEnd: AtEnd = onTestFinished) => {
  const folder = mkdtempSync(join(tmpdir(), "salotto-store-"));
  const store = openSqlite({ file: join(folder, "salotto.db"), now });
  atEnd(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
};

export const implementations: [name: string, open: Open][] = [
  ["in memory", (now) => openMemory(1_000, 1_000, now)],
  ["in SQLite", openInFolder],
];

/** One log for all tests of a file or a group, as each has a thread that searches and takes a while to start. */
export function openOnce(open: Open): () => MessageLog {
  let log: MessageLog | undefined;
  let close = () => {};
  afterAll(() => close());
  return () => {
    log ??= open(undefined, (end) => {
      close = end;
    });
    return log;
  };
}

/** The id of the person who is called so here: as long as a UUID is. */
export const personCalled = (name: string): string => nameKey(name).padEnd(36, "-");

/** The log of what two people say to each other. */
export const between = (one: string, other: string): string => `@${personCalled(one)},${personCalled(other)}`;

/** Who a draft is from. @param before names that they had before, as other people */
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
  ...changes,
});

export const seqs = (appended: readonly Appended[]) => appended.map((each) => each.ok && each.entry?.seq);

/** Says something, and returns its msgid. */
export function say(log: MessageLog, id: string, changes: Partial<MessageDraft> = {}): string {
  const [appended] = log.append([draft(id, changes)]);
  if (!appended?.ok || !appended.entry) throw new Error(`${id} was refused`);
  return appended.entry.msgid;
}

/** What somebody finds, the newest first. */
export async function search(
  log: MessageLog,
  query: Partial<SearchQuery>,
  { name = "anna", skip = 0, limit = 10 } = {},
): Promise<readonly FoundInLog[]> {
  const { from, ...rest } = query;
  const author = from === undefined ? {} : { author: personCalled(from) };
  const person = personCalled(name);
  const { messages } = await log.search({ query: { words: [], ...rest }, ...author, person, skip, limit });
  return messages;
}
