/** The search index on disk: rebuilt after an upgrade, whatever interrupts it, and without a trace of what is gone. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { nameKey } from "../../protocol/names.ts";
import { migrations } from "../../server/store/schema.ts";
import { Program } from "../support/program.ts";
import { startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-index-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** As left by a program of schema 4, whose index cuts words and folds letters differently. */
function oldDatabase(data: string, count: number): void {
  const database = new DatabaseSync(join(data, "salotto.db"));
  database.function("name_key", (name) => nameKey(String(name)));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
  for (const step of migrations.slice(0, 4)) database.exec(step);
  database.exec(
    `PRAGMA user_version = 4; INSERT INTO conversations (id, name, last_seq) VALUES (1, 'lobby', ${count})`,
  );
  const add = database.prepare(
    `INSERT INTO messages (conversation, seq, msgid, sender, post_id, time, text, action)
     VALUES (1, ?1, 'm' || ?1, 'anna', 'p' || ?1, '2026-11-21T10:04:00.000Z', '한국어 йога no' || CAST(?1 AS INTEGER) || 'x', 0)`,
  );
  database.exec("BEGIN");
  for (let seq = 1; seq <= count; seq++) add.run(seq);
  database.exec("COMMIT");
  database.close();
}

const start = (data: string) => new Program("server/main.ts", ["--port", "0", "--data", data]);

test("messages of an older version are indexed anew, with progress, and go on where a killed program was", async () => {
  const data = folder();
  oldDatabase(data, 3_000);
  const database = JSON.stringify(new URL("../../server/store/database.ts", import.meta.url).href);
  const killed = spawnSync(process.execPath, [
    ...["--input-type=module", "--eval"],
    `import { openOwnDatabase } from ${database};
    const indexing = () => process.kill(process.pid, "SIGKILL");
    openOwnDatabase(${JSON.stringify(join(data, "salotto.db"))}, { busyMs: 0, indexing, unindexed: indexing });`,
  ]);
  expect(killed.signal).toBe("SIGKILL");

  const server = start(data);
  const [, port] = await server.until(/listening on .*:(\d+)\.\n/);
  const told = [...server.output.matchAll(/indexing messages for search.*"done":(\d+),"total":(\d+)/g)];
  expect(told.map(([, done, total]) => [done, total])).toEqual([
    ["1000", "2000"],
    ["2000", "2000"],
  ]);
  const bot = await WireClient.connect(Number(port));
  onTestFinished(() => bot.close());
  bot.sendJson({ type: "login", name: "bot" });
  await bot.until('"type":"joined"');
  await bot.line();
  for (const number of [1, 1_000, 1_001, 3_000]) {
    bot.sendJson({ type: "search", query: `한국 иога no${number}x` });
    expect(await bot.json()).toMatchObject({ found: [{ seq: number, text: `한국어 йога no${number}x` }] });
  }
});

test("an index that is complete is left as it is", async () => {
  const data = folder();
  oldDatabase(data, 3);
  await (await startTestServer({ data })).close();
  const server = start(data);
  await server.until(/listening/);
  expect(server.output).not.toContain("indexed");
});

test("what was edited, deleted or removed leaves nothing in the index", async () => {
  const data = folder();
  const id = () => crypto.randomUUID();
  const server = await startTestServer({ data });
  const anna = await server.joinJson("anna");
  const said = async (text: string) => {
    anna.sendJson({ type: "post", room: "lobby", id: id(), text });
    return ((await anna.json()) as { msgid: string }).msgid;
  };
  await said("harmless words");
  const edited = await said("xylophone 北京");
  const deleted = await said("zeppelin สวัสดี");
  anna.sendJson({ type: "edit", room: "lobby", id: id(), msgid: edited, text: "harmless" });
  await anna.until('"type":"edit"');
  await anna.line();
  anna.sendJson({ type: "delete", room: "lobby", id: id(), msgid: deleted });
  await anna.until('"type":"delete"');
  await server.close();

  const database = new DatabaseSync(join(data, "salotto.db"));
  onTestFinished(() => database.close());
  const blocks = () =>
    database
      .prepare("SELECT block FROM words_data UNION ALL SELECT CAST(c0 AS BLOB) FROM words_content")
      .all()
      .map(({ block }) => Buffer.from(block as Uint8Array).toString("latin1"))
      .join("\n");
  const bytes = (text: string) => Buffer.from(text).toString("latin1");
  expect(blocks()).toContain("harmless");
  for (const gone of ["xylophone", "ylophon", "北京", "zeppelin", "eppeli", "สวั"]) {
    expect(blocks()).not.toContain(bytes(gone));
  }
  // Retention removes rows as any program may, without knowing how texts are cut.
  database.exec("DELETE FROM messages WHERE seq = 1");
  expect(database.prepare("SELECT count(*) AS rows FROM words").get()).toEqual({ rows: 2 });
  database.exec("INSERT INTO words (words) VALUES ('integrity-check')");
});
