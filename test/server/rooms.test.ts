/** Rooms at their bounds, in one turn, and across a restart. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { OldClient } from "../doubles/old-clients.ts";
import { barrier, startTestServer } from "../support/test-server.ts";

const id = () => crypto.randomUUID();

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-rooms-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("a room that nobody is in, where nothing was said, is forgotten, its topic too; any other stays, over a restart", async () => {
  const data = folder();
  const first = await startTestServer({ data });
  const bot = await first.joinJson("bot");
  for (const room of ["empty", "spoken", "topical"]) bot.sendJson({ type: "join", room });
  bot.sendJson({ type: "post", room: "spoken", id: id(), text: "ciao" });
  bot.sendJson({ type: "topic", room: "topical", topic: "the weather" });
  for (const room of ["empty", "spoken", "topical"]) bot.sendJson({ type: "leave", room });
  bot.sendJson({ type: "rooms", label: "rooms" });
  await bot.until('"label":"rooms",');
  const rooms = '"rooms":[{"room":"lobby","topic":"","count":1},{"room":"spoken","topic":"","count":0}]}';
  expect(await bot.line()).toBe(rooms);
  bot.sendJson({ type: "join", room: "topical" });
  await bot.until('"joined","room":"topical"');
  expect(await bot.line()).toContain('"topic":""');
  bot.sendJson({ type: "topic", room: "topical", topic: "again" });
  await barrier(bot);
  await first.close();
  const second = await startTestServer({ data });
  const again = await second.joinJson("bot");
  again.sendJson({ type: "rooms", label: "rooms" });
  await again.until('"label":"rooms",');
  expect(await again.line()).toBe(rooms);
});

test("one room more than the bound is refused, for everyone and for one person", async () => {
  const server = await startTestServer({ limits: { roomsMax: 3, roomsPerMemberMax: 2 } });
  const anna = await server.joinJson("anna");
  const bruno = await server.joinJson("bruno");
  anna.sendJson({ type: "join", room: "one", label: "1" });
  anna.sendJson({ type: "join", room: "two", label: "2" });
  await anna.until('"code":"too-many-rooms"');
  bruno.sendJson({ type: "join", room: "two", label: "3" });
  await bruno.until('{"type":"joined","room":"two"');
  bruno.sendJson({ type: "leave", room: "two", label: "3b" });
  await bruno.until('"label":"3b"');
  bruno.sendJson({ type: "join", room: "three", label: "4" });
  await bruno.until('{"type":"joined","room":"three"');
  const carla = await server.joinJson("carla");
  carla.sendJson({ type: "join", room: "four", label: "5" });
  await carla.until('"code":"too-many-rooms"');
});

test("what follows a /join in the same write is said in that room", async () => {
  const server = await startTestServer();
  const ear = await server.joinJson("ear");
  ear.sendJson({ type: "join", room: "dev" });
  await barrier(ear);
  const nc = await server.connect();
  nc.send("anna\n/join dev\nciao\n/leave\nback\n{quit}\n");
  await ear.until('"member-joined","room":"lobby"');
  await ear.until('"member-joined","room":"dev"');
  await ear.until('"message","room":"dev"');
  await ear.until('"text":"ciao"');
  await ear.until('"member-left","room":"dev"');
  await ear.until('"message","room":"lobby"');
  await ear.until('"text":"back"');
  await ear.until('"member-left","room":"lobby"');
});

test("an old client hears other rooms only when it is in them, with their name in front", async () => {
  const server = await startTestServer();
  const old = await OldClient.open("ancestor", server.port);
  old.enter("carlo");
  await old.row("* 1 here: carlo");
  old.enter("/join dev");
  await old.row("* You are now in dev.");
  const anna = await server.join("anna");
  anna.send("from the lobby\n");
  await old.row("[lobby] anna: from the lobby");
  old.enter("from dev");
  await old.row("carlo: from dev");
  await barrier(await server.joinJson("bot"));
  expect(anna.text).not.toContain("from dev");
});

test("a room that is left, entered again, written in and left, all at once, is kept", async () => {
  const server = await startTestServer();
  const anna = await server.joinJson("anna");
  const room = "dev";
  const said = { type: "post", room, id: crypto.randomUUID(), text: "ciao" };
  const all = [{ type: "join", room }, { type: "leave", room }, { type: "join", room }, said, { type: "leave", room }];
  anna.send(all.map((command) => `${JSON.stringify(command)}\n`).join(""));
  anna.sendJson({ type: "rooms", label: "r" });
  await anna.until('"label":"r"');
  expect(await anna.line()).toContain('"room":"dev"');
});
