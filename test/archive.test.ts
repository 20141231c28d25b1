/** Moving rooms in and out of the database, and copying it, as people do at the command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Readable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../cli/exit-codes.ts";
import { readArchive } from "../scripts/read-archive.ts";
import { type ArchivedMessage, ArchiveWriter, parseArchivedMessage } from "../server/store/archive.ts";
import { openOwnDatabase } from "../server/store/database.ts";
import { Program } from "./support/program.ts";
import { barrier, logOf, startTestServer } from "./support/test-server.ts";

const archived = { room: "lobby", seq: 1, msgid: "m1", time: "2026-11-21T10:04:00.000Z", from: "anna", text: "x" };

const rethrow = (error: unknown) => {
  throw error;
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-archive-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function run(script: string, ...args: string[]): Promise<Program> {
  const program = new Program(`scripts/${script}.ts`, args);
  await program.exit;
  return program;
}

/** A server with `count` messages in the lobby. */
async function serverWith(data: string, count: number) {
  const server = await startTestServer({ data, now: () => new Date("2026-11-21T10:04:00Z") });
  const bot = await server.joinJson("bot");
  for (let i = 1; i <= count; i++) {
    bot.sendJson({
      type: "post",
      room: "lobby",
      id: crypto.randomUUID(),
      text: i === 2 ? "two\nlines" : `message ${i}`,
    });
  }
  await barrier(bot);
  return server;
}

test("a room is exported as text beside a running server", async () => {
  const data = folder();
  await serverWith(data, 3);
  const exported = await run("export", "--data", data, "--format", "text");
  expect(exported.output.replace(exported.stderr, "")).toBe(
    [
      "[2026-11-21T10:04:00.000Z] bot: message 1",
      "[2026-11-21T10:04:00.000Z] bot: two",
      "[2026-11-21T10:04:00.000Z] bot: lines",
      "[2026-11-21T10:04:00.000Z] bot: message 3",
      "",
    ].join("\n"),
  );
  expect(exported.stderr).toBe("exported 3 of 3\n");
});

test("what is exported and imported elsewhere is the same room, and imported twice it is there once", async () => {
  const [data, other, files] = [folder(), folder(), folder()];
  await serverWith(data, 1_500);
  const file = join(files, "lobby.jsonl");
  expect(await (await run("export", "--data", data, "--out", file)).exit).toBe(0);
  const first = await run("import", "--data", other, file);
  expect(first.output).toContain("1500 new messages\n");
  const second = await run("import", "--data", other, file);
  expect(second.output).toContain("0 new messages\n");
  const copy = join(files, "copy.jsonl");
  await run("export", "--data", other, "--out", copy);
  expect(readFileSync(copy, "utf8")).toBe(readFileSync(file, "utf8"));
});

test("messages are exported as they are now: edited, deleted, with their reactions and what they answer", async () => {
  const [data, other, files] = [folder(), folder(), folder()];
  const server = await serverWith(data, 0);
  const bot = await server.joinJson("anna");
  const say = async (text: string, reply?: string): Promise<string> => {
    const id = crypto.randomUUID();
    bot.sendJson({ type: "post", room: "lobby", id, text, ...(reply ? { reply } : {}) });
    return ((await bot.json()) as { msgid: string }).msgid;
  };
  const change = (command: object) => bot.sendJson({ room: "lobby", id: crypto.randomUUID(), ...command });
  const first = await say("caio");
  const second = await say("secret");
  await say("answer", first);
  change({ type: "edit", msgid: first, text: "ciao" });
  change({ type: "react", msgid: first, emoji: "👍" });
  change({ type: "delete", msgid: second });
  await barrier(bot);
  const exportTo = async (name: string, from: string, ...args: string[]) => {
    await run("export", "--data", from, "--out", join(files, name), ...args);
    return readFileSync(join(files, name), "utf8");
  };
  const lines = await exportTo("lobby.jsonl", data);
  const messages = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(messages).toMatchObject([
    { text: "ciao", edited: true, reactions: [{ emoji: "👍", from: ["anna"] }] },
    { text: "", deleted: true },
    { text: "answer", reply: first },
  ]);
  expect(lines).not.toContain("secret");
  await run("import", "--data", other, join(files, "lobby.jsonl"));
  expect(await exportTo("copy.jsonl", other)).toBe(lines);
  expect(await exportTo("lobby.txt", data, "--format", "text")).toBe(
    [
      "[2026-11-21T10:04:00.000Z] anna: ciao (edited) [👍 anna]",
      "[2026-11-21T10:04:00.000Z] anna: (deleted)",
      "[2026-11-21T10:04:00.000Z] * anna replies to anna",
      "[2026-11-21T10:04:00.000Z] anna: answer",
      "",
    ].join("\n"),
  );
});

test("a line that is no message stops an import; what came before it is kept, and a mended file goes on from there", async () => {
  const [data, files] = [folder(), folder()];
  const line = (seq: number) =>
    JSON.stringify({ room: "lobby", seq, msgid: `m${seq}`, time: "2026-11-21T10:04:00.000Z", from: "anna", text: "x" });
  const file = join(files, "broken.jsonl");
  writeFileSync(file, Buffer.from(`\ufeff${line(1)}\r\n${line(2)}\r\n{"room":"lobby"}\r\n${line(3)}\r\n`, "utf16le"));
  const broken = await run("import", "--data", data, file);
  expect(await broken.exit).toBe(exitCodes.usage);
  expect(broken.stderr).toContain(
    'line 3 is not a message: "seq" is missing. Messages imported before that: 2. Correct the line and run the import again.',
  );
  writeFileSync(file, `${line(1)}\n${line(2)}\n${line(3)}\n`);
  expect((await run("import", "--data", data, file)).output).toContain("1 new messages\n");
});

test("whoever said something that was imported can be written to", async () => {
  const [data, files] = [folder(), folder()];
  const file = join(files, "lobby.jsonl");
  writeFileSync(file, JSON.stringify(archived));
  await run("import", "--data", data, file);
  const bot = await (await startTestServer({ data })).joinJson("bot");
  bot.sendJson({ type: "post", room: "@anna", id: crypto.randomUUID(), text: "welcome back", label: "post" });
  expect(await bot.json()).toMatchObject({ type: "ok", label: "post", away: true });
});

test("what cannot be written leaves nothing half done, and the rest can be written after it", () => {
  const own = openOwnDatabase(join(folder(), "salotto.db"), { busyMs: 100, indexing: () => {}, unindexed: rethrow });
  onTestFinished(() => own.close());
  own.database.exec(
    `CREATE TRIGGER refusing BEFORE INSERT ON messages WHEN new.text = 'refused' BEGIN SELECT RAISE(ABORT, 'no'); END`,
  );
  const writer = new ArchiveWriter(own);
  const message = (msgid: string, text: string) => {
    const parsed = parseArchivedMessage(JSON.stringify({ ...archived, msgid, text }));
    if (!parsed.ok) throw new Error(parsed.reason);
    return parsed.message;
  };
  writer.add(message("m1", "before"));
  writer.add(message("m2", "refused"));
  expect(() => writer.commit()).toThrow("no");
  writer.add(message("m3", "after"));
  expect(writer.commit()).toBe(1);
  expect(own.database.prepare("SELECT text FROM messages").all()).toEqual([{ text: "after" }]);
});

test("an archive cannot paint on anybody's terminal, nor name a room that cannot be", async () => {
  const [data, files] = [folder(), folder()];
  const file = join(files, "evil.jsonl");
  const message = {
    room: "lobby",
    seq: 1,
    msgid: "m1",
    time: "2026-11-21T10:04:00.000Z",
    from: "anna",
    text: "\u001b[2Jx",
  };
  writeFileSync(
    file,
    `${JSON.stringify(message)}\n${JSON.stringify({ ...message, msgid: "m2", room: "@anna,bruno" })}\n`,
  );
  expect((await run("import", "--data", data, file)).stderr).toContain("line 2 is not a message");
  const server = await startTestServer({ data });
  const nc = await server.join("bruno");
  await nc.until("] anna: x\n");
  expect(nc.text).not.toContain("\u001b");
});

test.each([
  ["a name that can look like the server's line", { from: "[from anna] bob\n* server" }],
  ["a name that is too long", { from: "x".repeat(3_000) }],
  ["reactions beyond the bound", { reactions: [{ emoji: "👍", from: Array(101).fill("anna") }] }],
])("an archive cannot bring in %s", async (_what, wrong) => {
  await expect(read(JSON.stringify({ ...archived, ...wrong }))).rejects.toMatchObject({ number: 1 });
});

test.each(["Server (bot)", "Анна Αλέξης", `a${"\u0316".repeat(3)}`])(
  "an archive brings in what somebody said who could be called %j once",
  async (from) => {
    expect(await read(JSON.stringify({ ...archived, from }))).toMatchObject([{ from, text: "x" }]);
  },
);

test("times of any zone are one order", async () => {
  const [data, files] = [folder(), folder()];
  const message = { room: "lobby", seq: 1, msgid: "m1", time: "2026-11-21T12:04:00+02:00", from: "anna", text: "x" };
  const file = join(files, "zone.jsonl");
  writeFileSync(file, `${JSON.stringify(message)}\n`);
  expect(await (await run("import", "--data", data, file)).exit).toBe(0);
  const server = await startTestServer({ data });
  const bot = await server.joinJson("bot");
  expect(bot.text).toContain('"time":"2026-11-21T10:04:00.000Z"');
  bot.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: "new" });
  await bot.json();
  const since = (time: string) => bot.sendJson({ type: "history", room: "lobby", since: time, limit: 1 });
  since("2026-11-21T14:04:00.000+04:00");
  expect(await bot.json()).toMatchObject({ messages: [{ seq: 1 }] });
  since("2026-11-21T06:05:00.000-04:00");
  expect(await bot.json()).toMatchObject({ messages: [{ seq: 2 }] });
});

test("an import waits for no server: it says that one is using the database", async () => {
  const data = folder();
  await serverWith(data, 1);
  const imported = await run("import", "--data", data, "/dev/null");
  expect(await imported.exit).toBe(exitCodes.dataInUse);
  expect(imported.stderr).toContain("error: another server is using the database");
});

test("a backup is taken while the server runs, and a server starts on it", async () => {
  const [data, restored] = [folder(), folder()];
  const server = await serverWith(data, 5);
  const copy = join(restored, "salotto.db");
  expect(await (await run("backup", "--data", data, copy)).exit).toBe(0);
  expect((await run("backup", "--data", data, copy)).stderr).toContain("already exists");
  await server.close();
  const second = await startTestServer({ data: restored });
  const nc = await second.join("anna");
  await nc.until("] bot: message 5\n");
});

test("a backup is a log with a name of its own, which stays its name", async () => {
  const [data, restored, elsewhere] = [folder(), folder(), folder()];
  const server = await serverWith(data, 2);
  const name = await logOf(server);
  await run("backup", "--data", data, join(restored, "salotto.db"));
  const copy = await startTestServer({ data: restored });
  const copyName = await logOf(copy);
  expect(copyName).not.toBe(name);
  expect(await logOf(server)).toBe(name);
  await copy.close();
  expect(await logOf(await startTestServer({ data: restored }))).toBe(copyName);
  await run("export", "--data", data, "--out", join(restored, "lobby.jsonl"));
  expect(readFileSync(join(restored, "lobby.jsonl"), "utf8")).not.toContain(name);
  await run("import", "--data", elsewhere, join(restored, "lobby.jsonl"));
  expect([name, copyName]).not.toContain(await logOf(await startTestServer({ data: elsewhere })));
});

test("a backup of a database that no server has brought up to date is named when it is opened", async () => {
  const [data, copies] = [folder(), folder()];
  const old = new DatabaseSync(join(data, "salotto.db"));
  old.exec("CREATE TABLE conversations (name TEXT)");
  old.close();
  expect(await (await run("backup", "--data", data, join(copies, "copy.db"))).exit).toBe(0);
});

test.each([
  [["--room", "nowhere"], "there is no room named nowhere"],
  [["--format", "xml"], "Allowed choices are jsonl, text."],
])("export %j says what is wrong", async (args, message) => {
  const data = folder();
  await serverWith(data, 1);
  const exported = await run("export", "--data", data, ...args);
  expect(await exported.exit).toBe(exitCodes.usage);
  expect(exported.stderr).toContain(message);
});

test("export says when there is no database", async () => {
  const exported = await run("export", "--data", folder());
  expect(await exported.exit).toBe(exitCodes.data);
  expect(exported.stderr).toContain("error: there is no database: ");
});

describe("an archive is read however it was saved", () => {
  const lines = ["città", "한국어", "👍 x"].map((text, index) =>
    JSON.stringify({ ...archived, seq: index + 1, msgid: `m${index}`, text }),
  );
  test.each<[how: string, bytes: (lines: readonly string[]) => Buffer]>([
    ["with a byte order mark", (all) => Buffer.from(`\ufeff${all.join("\n")}\n`)],
    ["with the ends of line of Windows", (all) => Buffer.from(`${all.join("\r\n")}\r\n`)],
    ["with both, and without a last end of line", (all) => Buffer.from(`\ufeff${all.join("\r\n")}`)],
    ["with carriage returns and empty lines", (all) => Buffer.from(`\r${all.join("\r\r")}\r`)],
    ["in UTF-16, as PowerShell writes it", (all) => Buffer.from(`\ufeff${all.join("\r\n")}\r\n`, "utf16le")],
    ["in UTF-16, big end first", (all) => Buffer.from(`\ufeff${all.join("\r\n")}`, "utf16le").swap16()],
  ])("%s", async (_how, bytes) => {
    expect((await read(bytes(lines))).map(({ text }) => text)).toEqual(["città", "한국어", "👍 x"]);
  });
});

test.each<[what: string, line: string | Buffer, reason: string]>([
  ["no JSON", "anna: ciao", "it is not JSON"],
  ["half a line", '{"room":"lobby",', "it is not JSON"],
  ["another JSON", "[1]", "it is not a JSON object"],
  ["no room", JSON.stringify({ ...archived, room: undefined }), '"room" is missing'],
  ["a bad time", JSON.stringify({ ...archived, time: "yesterday" }), '"time" is not a time such as 2026-'],
  ["a bad name", JSON.stringify({ ...archived, from: "\u001b[2J" }), '"from" is not the name of a person'],
  ["no text", JSON.stringify({ ...archived, text: " " }), "the text is empty"],
  ["a long text", JSON.stringify({ ...archived, text: "x".repeat(9_000) }), "the text is longer than 8192 bytes"],
  ["a deleted text", JSON.stringify({ ...archived, deleted: true }), "the message is deleted, but has a text"],
  ["bytes that are no text", Buffer.from([0x22, 0xff, 0x22]), "it is not text in UTF-8"],
  ["a line without end", "x".repeat(200_000), "it is longer than 131072 bytes"],
])("a line that is no message is named with the reason: %s", async (_what, line, reason) => {
  const file = Buffer.concat([Buffer.from(`\ufeff${JSON.stringify(archived)}\r\n\r\n`), Buffer.from(line)]);
  const wrong = await read(file).catch((error: unknown) => error);
  expect(wrong).toMatchObject({ number: 3, message: expect.stringContaining(reason) });
  expect(String(wrong)).not.toContain("\u001b");
});

/** The messages of a file. */
async function read(file: string | Buffer): Promise<ArchivedMessage[]> {
  const messages: ArchivedMessage[] = [];
  for await (const message of readArchive(Readable.from([Buffer.from(file)]))) messages.push(message);
  return messages;
}
