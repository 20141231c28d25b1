/** The thread of the database: what is asked of it is done in order, and what goes wrong in it is known outside. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { LogThread } from "../../server/store/log-thread.ts";
import { explainDatabaseError } from "../../server/store/open-store.ts";
import { draft, openSqlite, storeOptions, TestLog } from "../contract/logs.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-thread-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function open(file: string, changes: Partial<Parameters<typeof LogThread.open>[0]> = {}): Promise<TestLog> {
  const log = await LogThread.open({ file, ...storeOptions, ...changes });
  onTestFinished(() => log.close().catch(() => {}));
  return new TestLog(log);
}

test("who reads sees all that was given to be kept before, and nothing that was given later", async () => {
  const log = await open(join(folder(), "salotto.db"));
  const texts = async () => (await log.messages("lobby", { limit: 100 })).map(({ text }) => text);
  const read = Array.from({ length: 10 }, (_, index) => [log.append([draft(`${index}`)]), texts()] as const);
  for (const [index, [, told]] of read.entries()) expect(await told).toHaveLength(index + 1);
});

test("what is kept is there for whoever opens the database next, under the same name", async () => {
  const file = join(folder(), "salotto.db");
  const log = await open(file);
  await log.append([draft("a", { text: "kept" })]);
  await log.log.close();
  const next = await open(file);
  expect(next.log.id).toBe(log.log.id);
  expect(await next.messages("lobby", { limit: 10 })).toMatchObject([{ text: "kept" }]);
  const query = { words: ["kept"] };
  expect(await next.log.search({ query, person: "nobody", skip: 0, limit: 10 })).toMatchObject({
    messages: [{ text: "kept" }],
  });
});

test("a database that cannot be had is explained", async () => {
  const file = join(folder(), "salotto.db");
  writeFileSync(file, "this is no database, and long enough to be looked at as one".repeat(20));
  await expect(open(file).catch((error) => Promise.reject(explainDatabaseError(error)))).rejects.toMatch(/damaged/);
  const taken = join(folder(), "salotto.db");
  const other = openSqlite({ file: taken });
  onTestFinished(() => other.close());
  await expect(open(taken).catch((error) => Promise.reject(explainDatabaseError(error)))).rejects.toMatch(/another/);
});

test("a database that was removed keeps nothing, and that is said with the file's name", async () => {
  const data = folder();
  const moved: unknown[] = [];
  const log = await open(join(data, "salotto.db"), { moved: (file) => moved.push(file) });
  rmSync(join(data, "salotto.db"));
  expect(await log.append([draft("a")])).toEqual([{ ok: false, code: "not-stored" }]);
  expect(moved).toEqual([join(data, "salotto.db")]);
});

test("what is asked after the end is refused, and nobody waits for it", async () => {
  const log = await open(join(folder(), "salotto.db"));
  await log.log.close();
  await expect(log.log.lastSeq("lobby")).rejects.toThrow("has ended");
});
