/** Deleted, edited and removed text is in no file any more, and a database that has less to keep shrinks. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { nameKey } from "../../protocol/names.ts";
import { ArchiveReader } from "../../server/store/archive.ts";
import { migrations } from "../../server/store/schema.ts";
import { by, draft, openSqlite, say, search, TestLog } from "../contract/logs.ts";
import { Program } from "../support/program.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-deleted-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function openStore(data: string, rewriting: (bytes: number) => void = () => {}): TestLog {
  return new TestLog(openSqlite({ file: join(data, "salotto.db"), rewriting }));
}

/** Which of the words are in any file of a folder, in upper or lower case. */
function readable(data: string, words: readonly string[]): string[] {
  const files = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map(({ name }) => readFileSync(join(data, name), "latin1").toLowerCase());
  return words.filter((word) => bytes.some((file) => file.includes(word.toLowerCase())));
}

const change = (msgid: string, what: { type: "delete" } | { type: "edit"; text: string }) => ({
  conversation: "lobby",
  id: crypto.randomUUID(),
  ...by("anna"),
  msgid,
  ...what,
});

/** Words that nobody else says. */
const secrets = (count: number, name = "secret") => Array.from({ length: count }, (_, index) => `${name}${index}quux`);

test("while the server runs, a second after, deleted and edited words are in no file, nor in a backup", async () => {
  const data = folder();
  const store = openStore(data);
  onTestFinished(() => store.log.close());
  const words = secrets(100);
  const ids = await Promise.all(
    words.map((word) =>
      say(store, crypto.randomUUID(), { text: `some ${word.toUpperCase()} words ${"x".repeat(50)}` }),
    ),
  );
  for (let i = 0; i < 100; i++) await say(store, `other${i}`, { text: `ordinary words number ${i}` });
  await store.log.maintain();
  expect(readable(data, words)).toEqual(words);
  for (const [index, msgid] of ids.entries()) {
    await store.append([
      change(msgid, index % 2 === 0 ? { type: "delete" } : { type: "edit", text: `changed ${index}` }),
    ]);
  }
  await store.log.maintain();
  expect(readable(data, words)).toEqual([]);
  const copies = folder();
  const reader = new ArchiveReader(join(data, "salotto.db"));
  reader.backup(join(copies, "backup.db"));
  reader.close();
  expect(readable(copies, words)).toEqual([]);
  expect(await search(store, { words: ["changed"] }, { limit: 1 })).toHaveLength(1);
});

test("words that are too old, or too many, and topics that were changed, are in no file either", async () => {
  const data = folder();
  const store = openStore(data);
  onTestFinished(() => store.log.close());
  const words = secrets(150);
  for (const word of words) await say(store, crypto.randomUUID(), { text: `some ${word}` });
  for (const topic of ["topicquux", "another"]) await store.note([{ type: "topic", room: "lobby", topic }]);
  while ((await store.log.forget({ messagesMax: 10 })) > 0);
  await store.log.maintain();
  expect(readable(data, [...words.slice(0, -10), "topicquux"])).toEqual([]);
  expect(readable(data, words)).toHaveLength(10);
});

test("while somebody reads, the words wait for the reader, and nobody waits for the words", async () => {
  const data = folder();
  const store = openStore(data);
  onTestFinished(() => store.log.close());
  const msgid = await say(store, "a", { text: "secretquux" });
  const reader = new DatabaseSync(join(data, "salotto.db"), { readOnly: true });
  reader.exec("BEGIN");
  reader.prepare("SELECT count(*) FROM messages").get();
  await store.append([change(msgid, { type: "delete" })]);
  await store.log.maintain();
  expect(readable(data, ["secretquux"])).toEqual(["secretquux"]);
  expect(await store.append([draft("meanwhile")])).toMatchObject([{ ok: true }]);
  reader.close();
  await store.log.maintain();
  expect(readable(data, ["secretquux"])).toEqual([]);
});

test("rows that moved leave copies in their old pages; they are gone when the server was started again", async () => {
  const data = folder();
  const store = openStore(data);
  const words = secrets(600);
  const drafts = words.map((word, i) => draft(`m${i}`, { text: `${word} ${"y".repeat((i * 37) % 300)}` }));
  const ids = (await store.append(drafts)).flatMap((each) => (each.ok && each.entry ? [each.entry.msgid] : []));
  // Long edits in the middle split pages.
  const edited = ids.filter((_, i) => i % 3 === 0);
  await store.append(
    edited.map((msgid, i) => change(msgid, { type: "edit", text: `${"z".repeat((i * 159) % 2_000)} long` })),
  );
  await store.append(ids.map((msgid) => change(msgid, { type: "delete" })));
  await store.log.maintain();
  expect(readable(data, words)).not.toEqual([]);
  await store.log.close();
  let rewritten = 0;
  const next = openStore(data, () => {
    rewritten += 1;
  });
  await next.log.maintain();
  expect(readable(data, words)).toEqual([]);
  await next.log.close();
  await openStore(data, () => {
    rewritten += 1;
  }).log.close();
  expect(rewritten).toBe(1);
});

test("a database of before forgets what was deleted in it, and can shrink, from its first start on", async () => {
  const data = folder();
  const file = join(data, "salotto.db");
  const old = new DatabaseSync(file);
  old.function("name_key", { deterministic: true }, (name) => nameKey(String(name)));
  for (const step of migrations.slice(0, 4)) old.exec(step);
  old.exec(
    "PRAGMA user_version = 4; PRAGMA journal_mode = WAL; INSERT INTO conversations VALUES (1, 'lobby', 600, '')",
  );
  const add = old.prepare(
    "INSERT INTO messages (conversation, seq, msgid, sender, post_id, time, text, action) VALUES (1, ?, ?, 'anna', ?, ?, ?, 0)",
  );
  const words = secrets(600);
  old.exec("BEGIN");
  for (const [index, word] of words.entries()) {
    add.run(index + 1, `m${index}`, `p${index}`, "2026-11-21T10:00:00.000Z", `${word} ${"x".repeat(400)}`);
  }
  old.exec("COMMIT");
  old.exec("UPDATE messages SET text = '', deleted = 1 WHERE seq <= 500");
  old.close();
  expect(readable(data, words.slice(0, 500))).not.toEqual([]);
  const sizes: number[] = [];
  const store = openStore(data, (bytes) => sizes.push(bytes));
  onTestFinished(() => store.log.close());
  await store.log.maintain();
  expect(sizes).toHaveLength(1);
  expect(readable(data, words.slice(0, 500))).toEqual([]);
  expect(await search(store, { words: ["secret599quux"] })).toHaveLength(1);
  const before = statSync(file).size;
  while ((await store.log.forget({ messagesMax: 1 })) > 0);
  await store.log.maintain();
  expect(statSync(file).size).toBeLessThan(before);
});

test("the file shrinks when messages are removed, a bounded part of it at a time", async () => {
  const data = folder();
  const file = join(data, "salotto.db");
  const store = openStore(data);
  onTestFinished(() => store.log.close());
  const text = "words of some length ".repeat(380);
  await store.append(Array.from({ length: 1_000 }, (_, index) => draft(`m${index}`, { text })));
  await store.log.maintain();
  const full = statSync(file).size;
  expect(full).toBeGreaterThan(8_000_000);
  while ((await store.log.forget({ messagesMax: 10 })) > 0);
  const sizes = [full];
  for (let size = 0; size !== sizes.at(-1); ) {
    size = sizes.at(-1) ?? 0;
    await store.log.maintain();
    sizes.push(statSync(file).size);
  }
  sizes.slice(1).forEach((size, index) => {
    expect((sizes[index] ?? 0) - size).toBeLessThanOrEqual(520 * 4_096);
  });
  expect(sizes.at(-1)).toBeLessThan(full / 4);
});

test("a server that runs wipes and shrinks by itself", async () => {
  const data = folder();
  const file = join(data, "salotto.db");
  const words = secrets(200);
  const store = openStore(data);
  // Said in one turn, so that no rows move.
  await store.append(words.map((word) => draft(word, { text: `${word} ${"x".repeat(5_000)}` })));
  await store.log.maintain();
  await store.log.close();
  const full = statSync(file).size;
  const start = () => new Program("server/main.ts", ["--port", "0", "--data", data, "--keep-messages", "1"]);
  const server = start();
  await server.until(/removed old messages/);
  await expect.poll(() => statSync(file).size, { timeout: 25_000 }).toBeLessThan(full / 4);
  // A split page may keep a copy until the database is rewritten, at the latest when the server starts again.
  await expect.poll(() => readable(data, words.slice(0, -1)).length, { timeout: 25_000 }).toBeLessThan(5);
  server.process.kill("SIGINT");
  await server.exit;
  await start().until(/Listening|Messages are kept/);
  await expect.poll(() => readable(data, words.slice(0, -1)), { timeout: 25_000 }).toEqual([]);
}, 60_000);

test("what was said in a removed room is in no file, a part each second, also after a restart", async () => {
  const data = folder();
  const words = secrets(120);
  const first = openStore(data);
  for (const word of words) await say(first, word, { conversation: "dev", text: `some ${word} words` });
  await first.note([{ type: "room-removed", room: "dev" }]);
  await first.log.maintain();
  expect(readable(data, words).length).toBeLessThan(words.length);
  await first.log.close();
  const second = openStore(data);
  onTestFinished(() => second.log.close());
  for (const _ of Array(4)) await second.log.maintain();
  expect(readable(data, words)).toEqual([]);
});
