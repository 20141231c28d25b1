/** Messages and their changes, across restarts, upgrades and damage. */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { nameKey } from "../../protocol/names.ts";
import { migrations } from "../../server/store/schema.ts";
import { barrier, startTestServer } from "../support/test-server.ts";

const id = () => crypto.randomUUID();
const post = (room: string, text: string) => ({ type: "post", room, id: id(), text, label: "post" });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-past-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test.each(migrations.slice(0, -1).map((_, index) => index + 1))(
  "a database of version %i opens, with its messages, and all that is new can be done to them",
  async (version) => {
    const data = folder();
    const posted = id();
    const old = new DatabaseSync(join(data, "salotto.db"));
    old.function("name_key", (name) => nameKey(String(name)));
    for (const step of migrations.slice(0, version)) old.exec(step);
    old.exec(`PRAGMA user_version = ${version}`);
    old.exec("INSERT INTO conversations (id, name, last_seq) VALUES (1, 'lobby', 7)");
    old.exec(
      `INSERT INTO messages (conversation, seq, msgid, sender, post_id, time, text, action)
       VALUES (1, 7, 'm7', 'Anna', '${version >= 6 ? `anna,${posted}` : posted}', '2026-11-21T10:04:00.000Z', 'from before', 0)`,
    );
    if (version >= 9) {
      const person = id();
      old.exec(`INSERT INTO people VALUES ('${person}', 'Anna', '2026-11-21T10:04:00.000Z', 1)`);
      old.exec(`INSERT INTO names (key, person, spelled, used) VALUES ('anna', '${person}', 'Anna', 1)`);
      old.exec(`UPDATE messages SET person = '${person}', post_id = '${person},${posted}'`);
    } else if (version >= 4)
      old.exec("INSERT INTO people (key, name, seen) VALUES ('anna', 'Anna', '2026-11-21T10:04:00.000Z')");
    old.close();
    const server = await startTestServer({ data });
    const bot = await server.joinJson("bot");
    expect(bot.text).toContain('"text":"from before"');
    bot.sendJson({ type: "search", query: "before", label: "found" });
    expect(await bot.json()).toMatchObject({ label: "found", found: [{ msgid: "m7" }] });
    bot.sendJson({ type: "react", room: "lobby", id: id(), msgid: "m7", emoji: "👍" });
    expect(await bot.json()).toEqual({ type: "ok" });
    expect(await bot.json()).toMatchObject({ type: "react", seq: 8, msgid: "m7" });
    bot.sendJson(post("lobby", "next"));
    expect(await bot.json()).toMatchObject({ type: "ok", seq: 9 });
    // Somebody who had spoken is known, and can be written to.
    bot.sendJson(post("@anna", "are you coming back?"));
    expect(await bot.json()).toMatchObject({ type: "ok", seq: 1, away: true });
    // An earlier post belongs to its sender, who is recognised when they send it again.
    bot.sendJson({ ...post("lobby", "bot's own"), id: posted });
    expect(await bot.json()).toMatchObject({ type: "ok", seq: 10 });
    const anna = await server.joinJson("anna");
    anna.sendJson({ ...post("lobby", "from before"), id: posted });
    expect(await anna.json()).toMatchObject({ type: "ok", msgid: "m7", seq: 7 });
  },
);

test("who had a name and made a room that nobody can have any more still has them", async () => {
  const data = folder();
  const old = new DatabaseSync(join(data, "salotto.db"));
  old.function("name_key", (name) => nameKey(String(name)));
  for (const step of migrations.slice(0, 4)) old.exec(step);
  old.exec(`PRAGMA user_version = 4;
    INSERT INTO conversations (id, name, last_seq, topic) VALUES (1, 'co-сo', 1, 'before');
    INSERT INTO messages (conversation, seq, msgid, sender, post_id, time, text, action)
    VALUES (1, 1, 'm1', '日本Ж', '${id()}', '2026-11-21T10:04:00.000Z', 'from before', 0);
    INSERT INTO people (key, name, seen) VALUES ('日本ж', '日本Ж', '2026-11-21T10:04:00.000Z');`);
  old.close();
  const server = await startTestServer({ data });
  const bot = await server.connect();
  bot.sendJson({ type: "login", name: "日本И" });
  await bot.line();
  expect(await bot.json()).toMatchObject({ code: "name-invalid" });
  bot.sendJson({ type: "login", name: "日本Ж" });
  expect(await bot.json()).toEqual({ type: "ok", name: "日本Ж" });
  expect(await bot.json()).toMatchObject({ type: "joined" });
  bot.sendJson({ type: "join", room: "be-сe" });
  expect(await bot.json()).toMatchObject({ code: "room-invalid" });
  bot.sendJson({ type: "join", room: "#Co-сo" });
  expect(await bot.json()).toMatchObject({ type: "ok", room: "co-сo" });
  expect(await bot.json()).toMatchObject({ type: "joined", recent: [{ msgid: "m1" }] });
  bot.sendJson({ type: "search", query: "in:co-сo before" });
  expect(await bot.json()).toMatchObject({ found: [{ msgid: "m1" }] });
  bot.sendJson({ type: "edit", room: "co-сo", id: id(), msgid: "m1", text: "now" });
  expect(await bot.json()).toEqual({ type: "ok" });
  expect(await bot.json()).toMatchObject({ type: "edit", text: "now" });
});

test("a database opens that was made before its version removed messages", async () => {
  const data = folder();
  const old = new DatabaseSync(join(data, "salotto.db"));
  for (const step of migrations.slice(0, 3)) old.exec(step);
  old.exec("DROP TRIGGER message_removed; PRAGMA user_version = 3");
  old.close();
  const bot = await (await startTestServer({ data })).joinJson("bot");
  bot.sendJson(post("lobby", "hello"));
  expect(await bot.json()).toMatchObject({ type: "ok", seq: 1 });
});

test("somebody who posts or changes something with another's id says and does it themselves; a rename changes nothing", async () => {
  const server = await startTestServer({ data: folder() });
  const [anna, bruno] = [await server.joinJson("anna"), await server.joinJson("bruno")];
  await anna.until("member-joined");
  await anna.line();
  const shared = id();
  anna.sendJson({ ...post("lobby", "anna's"), id: shared });
  const first = await anna.json();
  await bruno.until("anna's");
  await bruno.line();
  bruno.sendJson({ ...post("lobby", "bruno's"), id: shared });
  expect(await bruno.json()).toMatchObject({ type: "ok", seq: 2 });
  expect(await anna.json()).toMatchObject({ type: "message", from: "bruno", text: "bruno's" });
  anna.sendJson({ type: "rename", name: "annina" });
  await barrier(anna);
  anna.sendJson({ ...post("lobby", "anna's"), id: shared });
  expect(await anna.json()).toEqual(first);
});

test("edits, reactions and what was read are there after a restart", async () => {
  const data = folder();
  const first = await startTestServer({ data });
  const anna = await first.joinJson("anna");
  anna.sendJson(post("lobby", "caio"));
  const { msgid } = (await anna.json()) as { msgid: string };
  anna.sendJson({ type: "edit", room: "lobby", id: id(), msgid, text: "ciao" });
  anna.sendJson({ type: "react", room: "lobby", id: id(), msgid, emoji: "🎉" });
  await barrier(anna);
  anna.sendJson({ type: "read", room: "lobby", seq: 2 });
  await barrier(anna);
  await first.close();

  const second = await startTestServer({ data });
  const again = await second.connect();
  again.sendJson({ type: "login", name: "Anna" });
  await again.until('{"type":"ok","name":"Anna"}\n');
  expect(await again.json()).toMatchObject({
    type: "joined",
    seq: 3,
    read: 2,
    recent: [
      { msgid, seq: 1, text: "ciao", edited: true, reactions: [{ emoji: "🎉", count: 1, from: ["anna"], own: true }] },
    ],
  });
});

test("what is done in a private conversation is told to its two people, each under the other's name", async () => {
  const server = await startTestServer();
  const anna = await server.joinJson("anna");
  const bruno = await server.joinJson("bruno");
  const carla = await server.joinJson("carla");
  await barrier(anna);
  await barrier(bruno);
  anna.sendJson(post("@bruno", "psst"));
  const { msgid } = (await anna.json()) as { msgid: string };
  expect(await bruno.json()).toMatchObject({ type: "message", room: "@anna", msgid });
  bruno.sendJson({ type: "react", room: "@anna", id: id(), msgid, emoji: "👍" });
  expect(await bruno.json()).toEqual({ type: "ok" });
  expect(await bruno.json()).toMatchObject({ type: "react", room: "@anna", from: "bruno", seq: 2 });
  expect(await anna.json()).toMatchObject({ type: "react", room: "@bruno", from: "bruno", seq: 2 });
  anna.sendJson({ type: "delete", room: "@bruno", id: id(), msgid });
  expect(await bruno.json()).toMatchObject({ type: "delete", room: "@anna", from: "anna", seq: 3 });
  await barrier(carla);
  expect(carla.text).not.toContain(msgid);
});

test("an edit that is sent again after a lost answer is done once, whatever happened meanwhile", async () => {
  const server = await startTestServer();
  const anna = await server.joinJson("anna");
  anna.sendJson(post("lobby", "one"));
  const { msgid } = (await anna.json()) as { msgid: string };
  const edit = { type: "edit", room: "lobby", id: id(), msgid, text: "two" };
  anna.sendJson(edit);
  anna.sendJson({ ...edit, id: id(), text: "three" });
  anna.sendJson(edit);
  await barrier(anna);
  expect(anna.text.match(/"type":"edit"/g)).toHaveLength(2);
  anna.sendJson({ type: "history", room: "lobby" });
  expect(await anna.json()).toMatchObject({ messages: [{ text: "three" }] });
});

test("around a message there is as much as a line holds, and the message is among it", async () => {
  const server = await startTestServer({ limits: { sourceBurst: 1_000_000 } });
  const bot = await server.joinJson("bot");
  for (let i = 1; i <= 40; i++) bot.sendJson(post("lobby", `${i} ${"x".repeat(8_000)}`));
  await barrier(bot);
  bot.sendJson({ type: "history", room: "lobby", around: 20, limit: 30 });
  const line = await bot.line();
  expect(line.length).toBeLessThan(65_536);
  const { messages, more } = JSON.parse(line) as { messages: { seq: number }[]; more: boolean };
  const seqs = messages.map(({ seq }) => seq);
  expect(seqs).toEqual([17, 18, 19, 20, 21, 22]);
  expect(more).toBe(true);
  const middle = (messages as unknown as { msgid: string }[])[3]?.msgid;
  bot.sendJson({ type: "history", room: "lobby", around: middle, limit: 2 });
  expect(await bot.json()).toMatchObject({ messages: [{ seq: 19 }, { seq: 20, msgid: middle }] });
  bot.sendJson({ type: "history", room: "@bot", around: middle });
  expect(await bot.json()).toMatchObject({ type: "error", code: "no-such-message" });
});

test("what cannot be read is answered so, and keeps nobody from talking", async () => {
  const data = folder();
  const first = await startTestServer({ data, limits: { sourceBurst: 1_000_000 } });
  const bot = await first.joinJson("bot");
  for (let i = 1; i <= 1_500; i++) bot.sendJson(post("lobby", `message ${i} ${"x".repeat(200)}`));
  await barrier(bot);
  await first.close();
  // The schema and the conversations are at the beginning; the newest messages are at the end.
  const file = join(data, "salotto.db");
  const { size } = statSync(file);
  const descriptor = openSync(file, "r+");
  const damaged = Math.floor(size / 4_096 / 2) * 4_096;
  writeSync(descriptor, Buffer.alloc(size - damaged), 0, size - damaged, damaged);
  closeSync(descriptor);

  const second = await startTestServer({ data });
  const reader = await second.joinJson("reader");
  reader.sendJson({ type: "history", room: "lobby", limit: 200, label: "1" });
  expect(await reader.json()).toMatchObject({ type: "error", label: "1", code: "not-read" });
  const anna = await second.join("anna");
  anna.send("/history\n");
  expect(await anna.line()).toBe("* The server cannot read earlier messages. Tell whoever runs it.");
});

test("what is said in the same write after somebody came or asked is not shown as past, nor told twice", async () => {
  const server = await startTestServer();
  const anna = await server.connect();
  anna.send("anna\nciao\n/history\n");
  await anna.until("* The last message:\n");
  await anna.line();
  await barrier(await server.joinJson("bot"));
  expect(anna.text.match(/ciao/g)).toHaveLength(1);
  const reader = await server.joinJson("reader");
  const both = [
    { type: "history", room: "lobby", limit: 1, label: "1" },
    { ...post("lobby", "later"), label: "2" },
  ];
  reader.send(both.map((command) => `${JSON.stringify(command)}\n`).join(""));
  expect(await reader.json()).toMatchObject({ label: "1", messages: [{ seq: 1 }] });
  expect(await reader.json()).toMatchObject({ label: "2", seq: 2 });
  const bot = await server.connect();
  bot.send(
    '{"type":"login","name":"carla"}\n{"type":"post","room":"lobby","id":"01920000-0000-7000-8000-000000000001","text":"here"}\n',
  );
  await bot.until('{"type":"ok","name":"carla"}\n');
  expect(await bot.json()).toMatchObject({ type: "joined", seq: 2, recent: [{ seq: 1 }, { seq: 2, text: "later" }] });
});

test("who was a name becomes a person, with their conversations, what they read and what they reacted with", async () => {
  const data = folder();
  const old = new DatabaseSync(join(data, "salotto.db"));
  old.function("name_key", (name) => nameKey(String(name)));
  for (const step of migrations.slice(0, 7)) old.exec(step);
  const time = "2026-11-21T10:04:00.000Z";
  const reactions = JSON.stringify([{ emoji: "👍", from: ["Anna", "zoe"] }]);
  old.exec(`PRAGMA user_version = 7;
    INSERT INTO conversations (id, name, last_seq) VALUES (1, '@anna,bruno', 3), (2, 'lobby', 1);
    INSERT INTO messages (conversation, seq, msgid, sender, post_id, time, text, action, reactions) VALUES
      (1, 1, 'm1', 'Anna', 'anna,${id()}', '${time}', 'ciao', 0, '[]'),
      (1, 2, 'm2', 'bruno', 'bruno,${id()}', '${time}', 'hello', 0, '${reactions}'),
      (2, 1, 'm3', 'Carla', 'carla,${id()}', '${time}', 'said by somebody forgotten', 0, '[]');
    INSERT INTO changes (conversation, seq, type, msgid, sender, post_id, time, emoji, made) VALUES
      (1, 3, 'react', 'm2', 'Anna', 'anna,${id()}', '${time}', '👍', 1);
    INSERT INTO people (key, name, seen, took_part) VALUES ('anna', 'Anna', '${time}', 1), ('bruno', 'bruno', '${time}', 1);
    INSERT INTO readings (person, conversation, seq) VALUES ('anna', 1, 2);`);
  old.close();
  const server = await startTestServer({ data });
  const anna = await server.joinJson("anna");
  anna.sendJson({ type: "conversations" });
  expect(await anna.json()).toEqual({ type: "ok", conversations: [{ room: "@bruno", seq: 3, read: 2 }] });
  anna.sendJson({ type: "history", room: "@bruno" });
  expect(await anna.json()).toMatchObject({
    messages: [
      { text: "ciao", from: "Anna", own: true },
      { text: "hello", reactions: [{ emoji: "👍", count: 2, from: ["Anna", "zoe"], own: true }] },
    ],
  });
  anna.sendJson({ type: "react", room: "@bruno", id: id(), msgid: "m2", emoji: "👍", on: false });
  await barrier(anna);
  const carla = await server.joinJson("carla");
  carla.sendJson({ type: "edit", room: "lobby", id: id(), msgid: "m3", text: "mine still" });
  expect(await carla.json()).toEqual({ type: "ok" });
  const bruno = await server.joinJson("bruno");
  bruno.sendJson({ type: "history", room: "@anna" });
  expect(await bruno.json()).toMatchObject({ messages: [{}, { reactions: [{ count: 1, from: ["zoe"] }] }] });
});
