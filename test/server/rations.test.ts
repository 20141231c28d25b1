/** Shared, limited resources: no source takes all of them, and nobody is forgotten because of a crowd. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Ration } from "../../server/chat/ration.ts";
import { type ServerLimits, serverLimits } from "../../server/limits.ts";
import { sourceOf } from "../../server/net/source.ts";
import { startTestServer, type TestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";

const id = () => crypto.randomUUID();
const few = { atOnce: 3, perHour: 60 };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-rations-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Sends commands and waits for the answers. @returns the code of each error, `ok` for the others */
async function ask(client: WireClient, commands: readonly object[]): Promise<string[]> {
  const label = id();
  for (const [index, command] of commands.entries()) client.sendJson({ ...command, label: `${label}${index}` });
  const answers: string[] = [];
  while (answers.length < commands.length) {
    const { type, label: told = "", code } = (await client.json()) as { type: string; label?: string; code?: string };
    if (told.startsWith(label)) answers.push(code ?? type);
  }
  return answers;
}

const count = (answers: readonly string[], code: string) => answers.filter((answer) => answer === code).length;

/** A server whose clock the test sets. */
async function timed(limits: Partial<ServerLimits>): Promise<{ server: TestServer; pass: (minutes: number) => void }> {
  let nowMs = Date.parse("2026-11-21T10:00:00Z");
  const server = await startTestServer({ limits, now: () => new Date(nowMs) });
  return { server, pass: (minutes) => (nowMs += minutes * 60_000) };
}

describe.each([
  ["in memory", () => undefined],
  ["on disk", folder],
])("%s", (_where, data) => {
  test("1,600 names from eight connections make nobody forgotten who was here and is away", async () => {
    const limits = { ownBurst: 1_000_000, ownPerSecond: 1_000_000, sourceBurst: 100_000_000, peopleMax: 100 };
    // A clock that stands still gives no name back meanwhile.
    const server = await startTestServer({ data: data(), limits, now: () => new Date("2026-11-21T10:00:00Z") });
    const [anna, bruno] = [await server.joinJson("anna"), await server.joinJson("bruno")];
    await ask(anna, [
      { type: "post", room: "lobby", id: id(), text: "ciao" },
      { type: "post", room: "@bruno", id: id(), text: "for you" },
    ]);
    await ask(bruno, [{ type: "read", room: "@anna", seq: 1 }]);
    for (const client of [anna, bruno]) {
      client.sendJson({ type: "quit" });
      await client.ended();
    }
    const crowd = await Promise.all(Array.from({ length: 8 }, (_, i) => server.joinJson(`passer${i}`)));
    const answers = await Promise.all(
      crowd.map((client, i) =>
        ask(
          client,
          Array.from({ length: 200 }, (_, name) => ({ type: "rename", name: `n${i} ${name}` })),
        ),
      ),
    );
    const { atOnce } = serverLimits.newNamesOfMember;
    for (const each of answers) expect(count(each, "ok")).toBe(atOnce);
    for (const each of answers) expect(count(each, "too-many-new-names")).toBe(200 - atOnce);
    const back = await server.joinJson("bruno");
    expect(await ask(back, [{ type: "post", room: "@anna", id: id(), text: "are you there?" }])).toEqual(["ok"]);
    back.sendJson({ type: "conversations", label: "c" });
    expect(await back.json()).toMatchObject({ label: "c", conversations: [{ room: "@anna", seq: 2, read: 1 }] });
  });

  test("rooms that are made, given a topic and left use nothing up", async () => {
    const limits = { sourceBurst: 1_000_000, roomsMax: 10 };
    const server = await startTestServer({ data: data(), limits });
    const mallory = await server.joinJson("mallory");
    for (let i = 0; i < 50; i++) {
      const answers = await ask(mallory, [
        { type: "join", room: `r${i}` },
        { type: "topic", room: `r${i}`, topic: "mine" },
        { type: "leave", room: `r${i}` },
      ]);
      expect(answers).toEqual(["ok", "ok", "ok"]);
    }
    const anna = await server.joinJson("anna");
    expect(await ask(anna, [{ type: "join", room: "garden" }])).toEqual(["ok"]);
    anna.sendJson({ type: "rooms", label: "r" });
    await anna.until('"label":"r"');
    expect(await anna.line()).toBe(
      ',"rooms":[{"room":"lobby","topic":"","count":2},{"room":"garden","topic":"","count":1}]}',
    );
  });
});

test("one person makes so many rooms that stay, all of one address more, and with time some again", async () => {
  const { server, pass } = await timed({ newRoomsOfMember: few, newRoomsOfSource: { atOnce: 5, perHour: 60 } });
  const make = (name: string) => [
    { type: "join", room: name },
    { type: "post", room: name, id: id(), text: "mine" },
    { type: "leave", room: name },
  ];
  const rooms = (prefix: string) => [1, 2, 3, 4].flatMap((n) => make(`${prefix}${n}`));
  const mallory = await server.joinJson("mallory");
  expect(count(await ask(mallory, rooms("m")), "too-many-new-rooms")).toBe(1);
  const anna = await server.joinJson("anna");
  expect(count(await ask(anna, rooms("a")), "too-many-new-rooms")).toBe(2);
  // Everyone may join an existing room.
  expect(await ask(anna, [{ type: "join", room: "m1" }])).toEqual(["ok"]);
  pass(1);
  expect(await ask(anna, make("later"))).toEqual(["ok", "ok", "ok"]);
  const nc = await server.join("nc");
  nc.send("/join another\n");
  await nc.until(
    "* Too many new rooms from your address. /join an existing one (/rooms lists them), or try again in a few minutes.\n",
  );
});

test("new names of one address are rationed; one that was here before comes back", async () => {
  const { server, pass } = await timed({ newNamesOfSource: few });
  for (const name of ["anna", "bruno", "carla"]) (await server.joinJson(name)).sendJson({ type: "quit" });
  const client = await server.connect();
  client.sendJson({ type: "login", name: "dora", label: "1" });
  await client.until('"code":"too-many-new-names"');
  client.sendJson({ type: "login", name: "anna", label: "2" });
  await client.until('{"type":"ok","label":"2","name":"anna"}');
  const nc = await server.connect();
  nc.send("dora\n");
  await nc.until("* Too many new names from your address. Use one you had before, or try again in a few minutes.\n");
  pass(1);
  nc.send("dora\n");
  await nc.until("* Welcome, dora!");
});

test("private conversations that one person begins are rationed; those there are go on", async () => {
  const { server } = await timed({ newConversationsOfMember: { atOnce: 2, perHour: 1 } });
  const names = ["a1", "a2", "a3"];
  for (const name of names) await server.joinJson(name);
  const mallory = await server.joinJson("mallory");
  const posts = () => names.map((name) => ({ type: "post", room: `@${name}`, id: id(), text: "ciao" }));
  for (const _ of [1, 2]) expect(await ask(mallory, posts())).toEqual(["ok", "ok", "too-many-new-conversations"]);
  const nc = await server.join("nc");
  nc.send("/msg a1 one\n/msg a2 two\n/msg a3 three\n");
  await nc.until("* Not sent: too many new private conversations from your address.");
});

test("a room that retention has emptied is forgotten; its numbers go on when it is made again", async () => {
  const data = folder();
  const openAt = (time: string) => startTestServer({ data, keep: { days: 30 }, now: () => new Date(`2026-${time}Z`) });
  const first = await openAt("01-01T00:00:00");
  await ask(await first.joinJson("anna"), [
    { type: "join", room: "old" },
    { type: "topic", room: "old", topic: "what was" },
    { type: "post", room: "old", id: id(), text: "long ago" },
  ]);
  await first.close();
  // A clock that has jumped so far is believed a day later.
  const second = await openAt("02-15T00:00:00");
  await ask(await second.joinJson("anna"), [{ type: "post", room: "lobby", id: id(), text: "now" }]);
  await second.close();
  const third = await openAt("02-16T12:00:00");
  const back = await third.joinJson("anna");
  // What is too old is removed while the server is up already.
  await expect.poll(() => ask(back, [{ type: "who", room: "old" }])).toEqual(["no-such-room"]);
  back.sendJson({ type: "join", room: "old" });
  await back.until('"topic":"","members":[{"name":"anna","role":"owner"}],"seq":1');
});

test("of addresses beyond the bound, the one that made nothing for the longest begins anew", () => {
  const allotment = { atOnce: 1, perHour: 1 };
  const ration = new Ration({ ofSource: allotment, ofMember: allotment }, { sourcesMax: 2 }, () => 0);
  const takes = (source: string) => ration.take(source) !== undefined;
  expect(["a", "b", "a", "c", "a", "b"].map(takes)).toEqual([true, true, false, true, false, true]);
});

test("a clock that goes back refuses nobody longer", () => {
  let nowMs = 10_000_000;
  const allotment = { atOnce: 1, perHour: 3_600 };
  const ration = new Ration({ ofSource: allotment, ofMember: allotment }, { sourcesMax: 2 }, () => nowMs);
  expect(ration.take("a")).toBeDefined();
  nowMs = 0;
  expect(ration.take("a")).toBeUndefined();
  nowMs = 1_000;
  expect(ration.take("a")).toBeDefined();
});

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:DB8::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["1::", "1:0:0:0::/64"],
  ["unknown", "unknown"],
])("%s is of the source %s", (address, source) => {
  expect(sourceOf(address)).toBe(source);
});

test("who has written to one person as much as they may is held up with whatever else they say, and nobody else is", async () => {
  const server = await startTestServer({ limits: { toOneBurstBytes: 1_000, toOneBytesPerSecond: 10 } });
  const [anna, bruno, carla] = [
    await server.joinJson("anna"),
    await server.joinJson("bruno"),
    await server.joinJson("carla"),
  ];
  const post = (room: string, text: string) => ({ type: "post", room, id: crypto.randomUUID(), text });
  for (const sent of [post("@bruno", "x".repeat(2_000)), post("lobby", "late")]) anna.sendJson(sent);
  await bruno.until("x".repeat(2_000));
  carla.sendJson(post("lobby", "early"));
  await bruno.until('"text":"early"');
  expect(bruno.text).not.toContain("late");
});

test("of the names that one person had here, those they had last stay theirs", async () => {
  const server = await startTestServer({ limits: { namesPerPersonMax: 3 } });
  const [anna, bruno] = [await server.joinJson("anna"), await server.joinJson("bruno")];
  for (const name of ["bea", "anna", "carla", "dora"]) anna.sendJson({ type: "rename", name });
  await anna.until('"to":"dora"');
  bruno.sendJson({ type: "rename", name: "anna", label: "anna" });
  await bruno.until('"label":"anna","code":"name-taken"');
  bruno.sendJson({ type: "rename", name: "bea", label: "bea" });
  await bruno.until('"ok","label":"bea"');
});
