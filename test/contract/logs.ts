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
  new MemoryStore({ now, limits: { memoryMessagesMax, memoryConversationsMax, peopleMax: 3 } });

/** A store whose failures are the test's. */
export function openSqlite(options: Pick<SqliteStoreOptions, "file"> & Partial<SqliteStoreOptions>): SqliteStore {
  return new SqliteStore({
    now: at,
    busyMs: 100,
    indexing: () => {},
    unindexed: rethrow,
    peopleMax: 3,
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

const openInFolder: Open = (now = at, atEnd: AtEnd = onTestFinished) => {
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

export const draft = (id: string, changes: Partial<MessageDraft> = {}): MessageDraft => ({
  type: "message",
  conversation: "lobby",
  id,
  from: "anna",
  names: [nameKey(changes.from ?? "anna")],
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
  { person = "anna", skip = 0, limit = 10 } = {},
): Promise<readonly FoundInLog[]> {
  const { messages } = await log.search({ query: { words: [], ...query }, person, skip, limit });
  return messages;
}
