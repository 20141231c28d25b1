/** Names that look alike, of people and of rooms, on real connections. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { looksOf } from "../../server/chat/looks.ts";
import { barrier, startTestServer } from "../support/test-server.ts";

function shareALook(one: string, other: string): boolean {
  const looks = looksOf(other);
  return [...looksOf(one)].some((look) => looks.has(look));
}

describe("names", () => {
  test.each([
    ["xavier", "xɑvier"],
    ["xavier", "xavıer"],
    ["XAVIER", "xavıer"],
    ["coco", "сосо"],
    ["anna", "ꓮꓠꓠꓮ"],
    ["Anna", "ꓮꓠꓠꓮ"],
    ["annal", "anna1"],
    ["annal", "annaI"],
    ["modern", "modem"],
    ["bo0", "boO"],
    ["anna", "𝐚𝐧𝐧𝐚"],
  ])("%j and %j look alike", (one, other) => {
    expect(shareALook(one, other)).toBe(true);
    expect(shareALook(other, one)).toBe(true);
  });

  test.each([
    ["Jose", "José"],
    ["Nicolo", "Nicolò"],
    ["anna", "anne"],
    ["Ivan", "Иван"],
    ["anna2", "annaz"],
    ["李", "季"],
  ])("%j and %j do not", (one, other) => {
    expect(shareALook(one, other)).toBe(false);
  });
});

test.each([
  ["xavier", "xɑvier"],
  ["xavier", "xavıer"],
  ["coco", "сосо"],
  ["Anna", "ꓮꓠꓠꓮ"],
  ["annal", "anna1"],
])("while %j is here nobody comes as %j, and hears why", async (here, like) => {
  const server = await startTestServer();
  const first = await server.join(here);
  const bot = await server.connect();
  bot.sendJson({ type: "login", name: like, label: "1" });
  await bot.line();
  expect(await bot.json()).toEqual({
    type: "error",
    label: "1",
    code: "name-taken",
    field: "name",
    message: `${like} looks like ${here}, who is here; choose another`,
  });
  const plain = await server.connect();
  plain.send(`${like}\n`);
  await plain.line();
  expect(await plain.line()).toBe(`* ${like} looks like ${here}, who is here. Try another name:`);
  const renaming = await server.join("bruno");
  renaming.send(`/nick ${like}\n`);
  expect(await renaming.line()).toBe(`* ${like} looks like ${here}, who is here. Try another name:`);
  // Whoever has a name may spell it differently.
  first.send(`/nick ${like}\n`);
  await first.until(`* ${here} is now ${like}\n`);
});

test.each(["disk", "memory"])("who was here before is not looked like, after a restart either: %s", async (where) => {
  const data = mkdtempSync(join(tmpdir(), "salotto-looks-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const options = where === "disk" ? { data } : {};
  let server = await startTestServer(options);
  const known = async (name: string) => {
    const client = await server.join(name);
    client.send("/quit\n");
    await client.ended();
  };
  await known("xavier");
  await known("annal");
  await known("сосо");
  if (where === "disk") {
    await server.close();
    server = await startTestServer(options);
  }
  const bot = await server.connect();
  bot.sendJson({ type: "login", name: "xɑvier" });
  await bot.line();
  expect(await bot.json()).toMatchObject({
    code: "name-taken",
    message: "xɑvier looks like xavier, who was here before; choose another",
  });
  // Plain letters and digits keep nobody out for ever, and nobody is kept from their own name.
  await known("anna1");
  await known("coco");
  await known("xavier");
});

test.each(["Server", "Server (bot)", "ꓢꓰꓣꓦꓰꓣ", "sa1otto", "SYSTEM 2", "SaIotto"])(
  "%j speaks for no program",
  async (name) => {
    const server = await startTestServer();
    const bot = await server.connect();
    bot.sendJson({ type: "login", name });
    await bot.line();
    expect(await bot.json()).toMatchObject({ code: "name-invalid", message: "that name is reserved; choose another" });
  },
);

test("a room is not made that looks like another", async () => {
  const server = await startTestServer();
  const bot = await server.joinJson("bot");
  bot.sendJson({ type: "join", room: "coco" });
  expect(await bot.json()).toMatchObject({ type: "ok", room: "coco" });
  await bot.json();
  for (const [room, like] of [
    ["сосо", "coco"],
    ["1obby", "lobby"],
    ["c0co", "coco"],
  ]) {
    bot.sendJson({ type: "join", room });
    expect(await bot.json()).toEqual({
      type: "error",
      code: "room-invalid",
      field: "room",
      message: `the name looks like the room ${like}; join that room or choose another name`,
    });
  }
  const anna = await server.join("anna");
  anna.send("/join сосо\n");
  expect(await anna.line()).toBe("* That name looks like the room coco. Join that room or choose another name.");
});

test("what is taken out is said to whoever sent it, and is not seen by others", async () => {
  const server = await startTestServer();
  const anna = await server.connect();
  anna.send("an\u3164na\n");
  await anna.until("Welcome, anna!");
  await anna.until("* Removed from what you sent: invisible characters.\n");
  await barrier(await server.joinJson("other"));
  const bot = await server.connect();
  bot.sendJson({ type: "login", name: "bo\u200bt", label: "1" });
  await bot.until('{"type":"ok","label":"1","name":"bot","dropped":["invisible"]}');
  await bot.until('"type":"joined"');
  await bot.line();
  const zalgo = `a${"\u0316\u0300\u0317\u0301\u0318".repeat(40)}`;
  bot.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: `${zalgo}\u3164\u001b[31m`, label: "2" });
  expect(await bot.json()).toMatchObject({ type: "ok", label: "2", dropped: ["controls", "invisible", "marks"] });
  await anna.until(`bot: ${"a\u0316\u0300\u0317\u0301".normalize("NFC")}`);
  expect(await anna.line()).toBe("");
  bot.sendJson({ type: "topic", room: "lobby", topic: "to\u3164day", label: "3" });
  expect(await bot.json()).toMatchObject({ label: "3", dropped: ["invisible"] });
  await anna.until("* bot changed the topic of lobby to: today\n");
  anna.send("ci\u3164ao\n");
  expect(await anna.line()).toBe("* Removed from what you sent: invisible characters.");
});

test.each([
  ["a message", "ci\u3164ao"],
  ["an action", "/me ci\u3164ao"],
  ["a private message", "/msg bot ci\u3164ao"],
  ["an answer", "/reply bot ci\u3164ao"],
  ["an edit", "/edit ci\u3164ao"],
  ["a topic", "/topic ci\u3164ao"],
  ["an action that begins with a mark", "/me \u0301ci\u3164ao"],
])("of %s, what is taken out is said once, and the rest is told", async (_what, typed) => {
  const server = await startTestServer();
  const anna = await server.join("anna");
  const bot = await server.joinJson("bot");
  bot.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: "first" });
  await anna.until("bot: first\n");
  anna.send(`second\n${typed}\n/echo off\n`);
  await bot.until('"text":"second"');
  expect(await bot.until('ciao"')).not.toMatch(/\u3164|\u0301/);
  const told = await anna.until("* Your own messages are not shown to you.\n");
  expect(told.match(/Removed from what you sent/g)).toHaveLength(1);
});
