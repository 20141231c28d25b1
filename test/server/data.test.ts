/** Messages on disk: what was answered or seen survives any end of the server, and a bad database is explained. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../../cli/exit-codes.ts";
import { Program } from "../support/program.ts";
import { barrier, logOf, startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-data-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const post = (text: string, id: string = crypto.randomUUID()) => ({ type: "post", room: "lobby", id, text });

test("a server that is started again knows what was said, goes on counting, and recognises a resent post", async () => {
  const data = folder();
  const first = await startTestServer({ data });
  const bot = await first.joinJson("bot");
  const resent = post("two");
  bot.sendJson(post("one"));
  bot.sendJson({ ...resent, label: "before" });
  await bot.until('"label":"before"');
  await first.close();

  const second = await startTestServer({ data });
  const anna = await second.join("anna");
  await anna.until("] bot: two\n");
  expect(anna.text).toContain("] bot: one\n");
  const again = await second.joinJson("bot");
  again.sendJson({ ...resent, label: "after" });
  expect(await again.json()).toMatchObject({ type: "ok", label: "after", seq: 2 });
  again.sendJson({ ...post("three"), label: "new" });
  expect(await again.json()).toMatchObject({ type: "ok", label: "new", seq: 3 });
  await anna.until("bot: three\n");
});

test("the log has a name, told in welcome and with each room, that stays; another database has another", async () => {
  const [data, other] = [folder(), folder()];
  const first = await startTestServer({ data });
  const log = await logOf(first);
  expect(log).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  const bot = await first.connect();
  bot.sendJson({ type: "login", name: "bot" });
  bot.sendJson({ type: "join", room: "dev" });
  const told = (await barrier(bot)).split("\n").filter((line) => line.startsWith('{"type":"joined"'));
  expect(told.map((line) => JSON.parse(line))).toMatchObject([
    { room: "lobby", log },
    { room: "dev", log },
  ]);
  await first.close();
  expect(await logOf(await startTestServer({ data }))).toBe(log);
  const [second, memory, again] = [
    await startTestServer({ data: other }),
    await startTestServer(),
    await startTestServer(),
  ];
  expect(new Set([log, await logOf(second), await logOf(memory), await logOf(again)])).toHaveLength(4);
});

test("whatever was answered ok or seen by anyone survives SIGKILL", async () => {
  const data = folder();
  const first = await start(data);
  const bot = await joinJson(first.port, "bot");
  const ear = await joinJson(first.port, "ear");
  for (let i = 0; i < 500; i++) bot.sendJson({ ...post(`message ${i}`), label: String(i) });
  await bot.until('"label":"100"');
  first.server.process.kill("SIGKILL");
  await first.server.exit;
  await bot.ended();
  await ear.ended();
  const answered = [...bot.text.matchAll(/"label":"(\d+)","msgid":"([^"]+)"/g)].map(([, , msgid]) => msgid);
  const seen = [...ear.text.matchAll(/"message".*?"msgid":"([^"]+)"/g)].map(([, msgid]) => msgid);

  const second = await start(data);
  const reader = await joinJson(second.port, "reader");
  const kept: unknown[] = [];
  for (let after = 0, more = true; more; after = kept.length) {
    reader.sendJson({ type: "history", room: "lobby", after, limit: 200, label: `h${after}` });
    await reader.until(`{"type":"ok","label":"h${after}",`);
    const page = JSON.parse(`{${await reader.line()}`);
    kept.push(...page.messages);
    more = page.more;
  }
  const ids = kept.map((message) => (message as { msgid: string }).msgid);
  expect(answered.length).toBeGreaterThan(100);
  expect(ids).toEqual(expect.arrayContaining(answered));
  expect(ids).toEqual(expect.arrayContaining(seen));
  expect(kept).toEqual(ids.map((msgid, i) => expect.objectContaining({ msgid, seq: i + 1, text: `message ${i}` })));
});

test("history is given in pages that fit a line, however long the messages are", async () => {
  const server = await startTestServer({ limits: { sourceBurst: 1_000_000 } });
  const bot = await server.joinJson("bot");
  for (let i = 0; i < 20; i++) bot.sendJson(post(`${i} ${'"'.repeat(8_000)}`));
  await barrier(bot);
  const seqs: number[] = [];
  for (let before = 21; before > 1; before = seqs[0] ?? 0) {
    bot.sendJson({ type: "history", room: "lobby", before, limit: 200 });
    const line = await bot.line();
    expect(line.length).toBeLessThan(65_536);
    const { messages, more } = JSON.parse(line);
    seqs.unshift(...messages.map((message: { seq: number }) => message.seq));
    expect(more).toBe(seqs[0] !== 1);
  }
  expect(seqs).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const late = await server.connect();
  late.sendJson({ type: "login", name: "late" });
  await late.until('"joined"');
  expect((await late.line()).length).toBeLessThan(65_536);
});

test("while somebody holds the database, a post is refused and not seen; the next one is kept", async () => {
  const data = folder();
  const server = await startTestServer({ data, limits: { databaseBusyMs: 50 } });
  const bot = await server.joinJson("bot");
  const anna = await server.join("anna");
  await bot.until('"member-joined"');
  await bot.line();
  const other = new DatabaseSync(join(data, "salotto.db"));
  other.exec("BEGIN IMMEDIATE");
  bot.sendJson({ ...post("refused"), label: "1" });
  expect(await bot.json()).toMatchObject({ type: "error", label: "1", code: "not-stored" });
  other.exec("ROLLBACK");
  other.close();
  bot.sendJson({ ...post("kept"), label: "2" });
  expect(await bot.json()).toMatchObject({ type: "ok", label: "2", seq: 1 });
  expect(await anna.line()).toBe("bot: kept");
});

test("on a full disk posts are refused, and what was answered before is all there is", async () => {
  const data = folder();
  const args = ["--port", "0", "--data", data, "--log-level", "fatal"];
  const full = new Program("server/main.ts", args, process.env, 1_000);
  const [, port] = await full.until(/listening on .*:(\d+)\.\n/);
  const bot = await joinJson(Number(port), "bot");
  const say = (i: number) => bot.sendJson({ ...post(`${i} ${"x".repeat(400)}`), label: `p${i}` });
  say(1);
  // What arrives at once is stored together, or not at all.
  await barrier(bot);
  for (let i = 2; i <= 1_000; i++) say(i);
  await barrier(bot);
  const stored = [...bot.text.matchAll(/"ok","label":"p(\d+)"/g)].map(([, number]) => Number(number));
  expect(bot.text).toContain('"code":"not-stored","message":"it could not be stored; try again"');
  full.process.kill("SIGKILL");
  await full.exit;

  const second = await start(data);
  const reader = await joinJson(second.port, "reader");
  reader.sendJson({ type: "history", room: "lobby", label: "h" });
  await reader.until('{"type":"ok","label":"h",');
  const { messages } = JSON.parse(`{${await reader.line()}`) as { messages: { seq: number; text: string }[] };
  expect(stored.length).toBeGreaterThan(0);
  expect(messages.at(-1)?.seq).toBe(stored.length);
  expect(Number.parseInt(messages.at(-1)?.text ?? "", 10)).toBe(stored.at(-1));
});

describe("what could not be found again is refused, and the log says so at once", () => {
  const database = (data: string) => join(data, "salotto.db");
  const all = ["", "-wal", "-shm", "-lock"];
  test.each<[what: string, harm: (data: string) => void]>([
    [
      "the database is removed, with all that is beside it",
      (data) => {
        for (const suffix of all) rmSync(database(data) + suffix);
      },
    ],
    ...all.map((suffix): [string, (data: string) => void] => [
      `salotto.db${suffix} is removed`,
      (data) => rmSync(database(data) + suffix),
    ]),
    ["the database is emptied", (data) => truncateSync(database(data))],
    ["the directory is removed", (data) => rmSync(data, { recursive: true })],
    [
      "the directory is renamed",
      (data) => {
        renameSync(data, `${data}-old`);
        onTestFinished(() => rmSync(`${data}-old`, { recursive: true }));
      },
    ],
    [
      "another database is put in its place",
      (data) => {
        copyFileSync(database(data), `${database(data)}-copy`);
        renameSync(`${database(data)}-copy`, database(data));
      },
    ],
  ])("%s", async (_what, harm) => {
    const data = folder();
    const server = new Program("server/main.ts", ["--port", "0", "--data", data]);
    const [, port] = await server.until(/listening on .*:(\d+)\.\n/);
    const bot = await joinJson(Number(port), "bot");
    bot.sendJson({ ...post("kept"), label: "before" });
    expect(await bot.json()).toMatchObject({ type: "ok", label: "before" });
    harm(data);
    await server.until(/ERROR.*was removed, replaced or emptied.*salotto\.db(-wal|-shm|-lock)?"/);
    const refused = post("refused");
    for (const label of ["first", "again"]) {
      bot.sendJson({ ...refused, label });
      expect(await bot.json()).toMatchObject({ type: "error", label, code: "not-stored" });
    }
    bot.sendJson({ type: "history", room: "lobby", label: "h" });
    expect(await bot.json()).toMatchObject({ messages: [{ text: "kept" }] });
    server.process.kill("SIGTERM");
    expect(await server.exit).toBe(0);
  });

  test("a database that is put back is used again", async () => {
    const data = folder();
    const server = await startTestServer({ data });
    const bot = await server.joinJson("bot");
    renameSync(database(data), `${database(data)}-away`);
    bot.sendJson(post("refused"));
    expect(await bot.json()).toMatchObject({ code: "not-stored" });
    renameSync(`${database(data)}-away`, database(data));
    bot.sendJson(post("kept"));
    expect(await bot.json()).toMatchObject({ type: "ok", seq: 1 });
  });

  test("what was stored before the write-ahead log was removed is there when the server is killed", async () => {
    const data = folder();
    const { server, port } = await start(data);
    const bot = await joinJson(port, "bot");
    bot.sendJson(post("kept"));
    await bot.until('"type":"ok"');
    rmSync(`${database(data)}-wal`);
    await server.until(/was removed, replaced or emptied/);
    server.process.kill("SIGKILL");
    await server.exit;
    const anna = await (await startTestServer({ data })).join("anna");
    await anna.until("] bot: kept\n");
  });
});

test("two servers cannot have the same data, and the second one says so", async () => {
  const data = folder();
  await startTestServer({ data });
  const second = new Program("server/main.ts", ["--port", "0", "--data", data]);
  expect(await second.exit).toBe(exitCodes.dataInUse);
  expect(second.stderr).toBe(
    `error: another server is using the database: ${join(data, "salotto.db")}. Choose another directory with --data, or --memory\n`,
  );
});

describe("a database that cannot be used is one clear line and a non-zero exit", () => {
  test.each<[what: string, prepare: (data: string) => void, message: string]>([
    [
      "something else",
      (data) => writeFileSync(join(data, "salotto.db"), "this is no database at all, but a text ".repeat(100)),
      "is damaged or belongs to another program",
    ],
    [
      "a newer version",
      (data) => {
        const database = new DatabaseSync(join(data, "salotto.db"));
        database.exec("PRAGMA user_version = 999");
        database.close();
      },
      "the database has version 999, this program knows versions up to",
    ],
    ["a folder in its place", (data) => mkdirSync(join(data, "salotto.db")), "the database cannot be opened"],
  ])("%s", async (_what, prepare, message) => {
    const data = folder();
    prepare(data);
    const server = new Program("server/main.ts", ["--port", "0", "--data", data]);
    expect(await server.exit).toBe(exitCodes.data);
    expect(server.stderr).toContain(message);
    expect(server.stderr).toContain("--data");
    expect(server.stderr.trim().split("\n")).toHaveLength(1);
  });

  test.skipIf(process.getuid?.() === 0)("a directory that may not be written to", async () => {
    const data = folder();
    chmodSync(data, 0o500);
    const server = new Program("server/main.ts", ["--port", "0", "--data", join(data, "inner")]);
    expect(await server.exit).toBe(exitCodes.data);
    expect(server.stderr).toContain("no permission to use the data directory");
  });
});

test("messages beyond those to keep are removed at the start, and the numbers go on", async () => {
  const data = folder();
  const first = await startTestServer({ data });
  const bot = await first.joinJson("bot");
  for (let i = 1; i <= 5; i++) bot.sendJson(post(`message ${i}`));
  await barrier(bot);
  await first.close();
  const second = await startTestServer({ data, keep: { messages: 2 } });
  const reader = await second.joinJson("reader");
  expect(reader.text).not.toContain("message 3");
  expect(reader.text).toContain("message 4");
  reader.sendJson({ ...post("next"), label: "1" });
  await reader.until('"seq":6');
});

test("each port has a directory of its own below the person's data, and any free port has none", async () => {
  const home = folder();
  const env = { ...process.env, XDG_DATA_HOME: home, HOME: home, LOCALAPPDATA: home };
  const free = new Program("server/main.ts", ["--port", "0"], env);
  const [, port = ""] = await free.until(/listening on .*:(\d+)\.\n/);
  await free.until(/Messages are kept in memory only/);
  free.process.kill("SIGTERM");
  await free.exit;
  const server = new Program("server/main.ts", ["--port", port], env);
  const [, data = ""] = await server.until(/Messages are kept in (.*)\n/);
  expect(data.startsWith(home)).toBe(true);
  expect(basename(data)).toBe(port);
});

test("--memory keeps nothing, and says so", async () => {
  const data = folder();
  const server = new Program("server/main.ts", ["--port", "0", "--memory", "--data", data]);
  await server.until(/Messages are kept in memory only/);
  server.process.kill("SIGTERM");
  expect(await server.exit).toBe(0);
  expect(() => rmSync(join(data, "salotto.db"))).toThrow();
});

async function start(data: string): Promise<{ server: Program; port: number }> {
  const server = new Program("server/main.ts", ["--port", "0", "--data", data, "--log-level", "error"]);
  const [, port] = await server.until(/listening on .*:(\d+)\.\n/);
  expect((await server.until(/Messages are kept in (.*)\n/))[1]).toBe(data);
  return { server, port: Number(port) };
}

async function joinJson(port: number, name: string): Promise<WireClient> {
  const client = await WireClient.connect(port);
  onTestFinished(() => client.close());
  client.sendJson({ type: "login", name });
  await client.until('"type":"joined"');
  await client.line();
  return client;
}
