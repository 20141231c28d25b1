/** A person is not a name: what is theirs stays theirs under any name, and is nobody else's. */
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";

const uuid = () => crypto.randomUUID();

let labels = 0;

/** Asks, and returns the answer; what is told meanwhile is left out. */
async function ask(client: WireClient, command: object): Promise<Record<string, unknown>> {
  const label = `l${++labels}`;
  client.sendJson({ ...command, label });
  for (;;) {
    const told = (await client.json()) as Record<string, unknown>;
    if (told.label === label) return told;
  }
}

const post = (client: WireClient, room: string, text: string) =>
  ask(client, { type: "post", room, id: uuid(), text }) as Promise<{ msgid: string; seq: number }>;

async function texts(client: WireClient, room: string): Promise<unknown> {
  const { messages } = (await ask(client, { type: "history", room })) as { messages?: { text: string }[] };
  return messages?.map(({ text }) => text);
}

async function leave(client: WireClient): Promise<void> {
  client.sendJson({ type: "quit" });
  await client.ended();
}

/** Two people who have talked privately, and one of whom has taken another name. */
async function renamed() {
  const server = await startTestServer({ limits: { sourceBurst: 1_000_000 } });
  const anna = await server.joinJson("anna");
  const bruno = await server.joinJson("bruno");
  const { msgid } = await post(bruno, "@anna", "ciao");
  await post(anna, "@bruno", "hello");
  await ask(bruno, { type: "rename", name: "bea" });
  return { server, anna, bea: bruno, msgid };
}

describe("by an earlier name of a person", () => {
  test.each<[verb: string, command: (msgid: string) => object, answer: object]>([
    ["a message is posted to", () => ({ type: "post", id: uuid(), text: "psst" }), { type: "ok", seq: 3 }],
    [
      "history is that of",
      () => ({ type: "history" }),
      { room: "@bea", messages: [{ text: "ciao" }, { text: "hello" }] },
    ],
    ["a mark of reading is one of", () => ({ type: "read", seq: 2 }), { type: "ok" }],
    ["reactions are those in", (msgid) => ({ type: "reactions", msgid }), { room: "@bea", reactions: [] }],
    ["a message is reacted to in", (msgid) => ({ type: "react", id: uuid(), msgid, emoji: "👍" }), { type: "ok" }],
    ["writing is told in", () => ({ type: "typing" }), { type: "ok" }],
  ])("%s their conversation", async (_verb, command, answer) => {
    const { anna, msgid } = await renamed();
    expect(await ask(anna, { room: "@bruno", ...command(msgid) })).toMatchObject(answer);
  });

  test("they hear what is done, and whoever does it is told of it under the present name", async () => {
    const { anna, bea, msgid } = await renamed();
    await ask(anna, { type: "react", room: "@bruno", id: uuid(), msgid, emoji: "👍" });
    await ask(anna, { type: "read", room: "@bruno", seq: 3 });
    await post(anna, "@Bruno", "psst");
    await ask(anna, { type: "ping" });
    expect(anna.text).toContain('{"type":"react","room":"@bea"');
    expect(anna.text).toContain('{"type":"read","room":"@bea","seq":3}');
    await ask(bea, { type: "ping" });
    expect(bea.text).toContain('{"type":"react","room":"@anna"');
    expect(bea.text).toContain('"text":"psst"');
  });

  test("their messages are found, and under either name there is one conversation", async () => {
    const { anna, bea } = await renamed();
    expect(await ask(anna, { type: "search", query: "from:bruno" })).toMatchObject({
      found: [{ room: "@bea", text: "ciao" }],
    });
    expect(await ask(anna, { type: "search", query: "from:bea" })).toMatchObject({ found: [{ text: "ciao" }] });
    await leave(bea);
    await post(anna, "@bruno", "are you there?");
    expect(await texts(anna, "@bea")).toEqual(["ciao", "hello", "are you there?"]);
    const { conversations } = await ask(anna, { type: "conversations" });
    expect(conversations).toMatchObject([{ room: "@bea", seq: 3 }]);
  });

  test("they come back as the same person, and nobody has their names meanwhile", async () => {
    const { server, anna, bea } = await renamed();
    const late = await server.connect();
    late.sendJson({ type: "login", name: "bruno" });
    await late.until('"code":"name-taken"');
    await leave(bea);
    const bruno = await server.joinJson("bruno");
    expect(await texts(bruno, "@anna")).toEqual(["ciao", "hello"]);
    await post(anna, "@bea", "welcome");
    await bruno.until("welcome");
  });
});

describe("who takes the name of somebody who is away", () => {
  test("is that person from then on, and what they were before is not merged with it", async () => {
    const { server, anna } = await renamed();
    const { msgid: hers } = await post(anna, "lobby", "said by anna");
    await leave(anna);
    const carla = await server.joinJson("carla");
    const { msgid: own } = await post(carla, "lobby", "said by carla");
    await ask(carla, { type: "rename", name: "anna" });
    // As if they had left, and come back under that name.
    expect(await texts(carla, "@bea")).toEqual(["ciao", "hello"]);
    const edit = (msgid: string) => ask(carla, { type: "edit", room: "lobby", id: uuid(), msgid, text: "edited" });
    expect(await edit(hers)).toMatchObject({ type: "ok" });
    // What they said before on this connection is still theirs.
    expect(await edit(own)).toMatchObject({ type: "ok" });
    await leave(carla);

    const later = await server.joinJson("carla");
    expect(await ask(later, { type: "edit", room: "lobby", id: uuid(), msgid: hers, text: "x" })).toMatchObject({
      code: "not-yours",
    });
    expect(await ask(later, { type: "edit", room: "lobby", id: uuid(), msgid: own, text: "x" })).toMatchObject({
      type: "ok",
    });
    expect(await texts(later, "@bea")).toEqual([]);
  });

  test("keeps others from the name before for as long as they are here", async () => {
    const { server, anna } = await renamed();
    await leave(anna);
    const carla = await server.joinJson("carla");
    await post(carla, "lobby", "said by carla");
    await ask(carla, { type: "rename", name: "anna" });
    const late = await server.connect();
    late.sendJson({ type: "login", name: "carla" });
    await late.until('"code":"name-taken"');
  });
});

describe("a new name", () => {
  test.each<[which: string, names: string[], same: (boolean | undefined)[]]>([
    ["that nobody has leaves them the same person", ["bice"], [true]],
    ["that is their own in other letters does, too", ["BRUNO"], [true]],
    ["that they had before does, too", ["bea", "bruno"], [true, true]],
    ["of somebody who is away makes them another", ["anna"], [undefined]],
    ["that brings them back to who they were makes them another again", ["anna", "bruno"], [undefined, undefined]],
  ])("%s, as they and everybody else are told", async (_which, names, same) => {
    const { server, anna, bea } = await renamed();
    for (const client of [anna, bea]) await leave(client);
    const watcher = await server.joinJson("carla");
    const bruno = await server.joinJson("bruno");
    for (const [index, name] of names.entries()) {
      const answer = await ask(bruno, { type: "rename", name });
      expect([answer.type, answer.name, answer.same]).toEqual(["ok", name, same[index]]);
      for (const client of [bruno, watcher]) {
        let told: Record<string, unknown>;
        do told = await client.json();
        while (told.type !== "member-renamed");
        expect([told.to, told.same]).toEqual([name, same[index]]);
      }
    }
  });
});

test("two who swap their names stay two people", async () => {
  const server = await startTestServer({ limits: { sourceBurst: 1_000_000 } });
  const anna = await server.joinJson("anna");
  const bruno = await server.joinJson("bruno");
  const carla = await server.joinJson("carla");
  await post(carla, "@anna", "for the first");
  await post(carla, "@bruno", "for the second");
  for (const [client, name] of [
    [anna, "x"],
    [bruno, "anna"],
  ] as const)
    await ask(client, { type: "rename", name });
  expect(await ask(bruno, { type: "rename", name: "anna" })).toMatchObject({ code: "name-taken" });
  expect(await texts(anna, "@carla")).toEqual(["for the first"]);
  expect(await texts(bruno, "@carla")).toEqual(["for the second"]);
});

test("a name under which nothing was said, received or read is anybody's again once its person left", async () => {
  const server = await startTestServer({ limits: { sourceBurst: 1_000_000 } });
  const anna = await server.joinJson("anna");
  await post(anna, "lobby", "ciao");
  for (const name of ["passing", "anna"]) await ask(anna, { type: "rename", name });
  await leave(anna);
  const other = await server.joinJson("passing");
  const { messages } = (await ask(other, { type: "history", room: "lobby" })) as { messages: object[] };
  expect(messages[0]).not.toHaveProperty("own");
  expect(await ask(other, { type: "people" })).toMatchObject({ people: [{ name: "anna" }] });
});

test("history, and what joining shows, tell which messages are the reader's own, under whatever name", async () => {
  const { server, bea } = await renamed();
  await post(bea, "lobby", "mine");
  expect(await ask(bea, { type: "history", room: "@anna" })).toMatchObject({
    messages: [{ from: "bruno", own: true }, { from: "anna" }],
  });
  await leave(bea);
  const bruno = await server.connect();
  bruno.sendJson({ type: "login", name: "bruno" });
  await bruno.until('"recent":[');
  expect(bruno.text).toMatch(/"from":"bea","text":"mine","own":true/);
});

test("a room or person that nobody knows is said to be none, by every verb that takes one", async () => {
  const server = await startTestServer({ limits: { sourceBurst: 1_000_000 } });
  const anna = await server.joinJson("anna");
  const commands = [
    { type: "post", id: uuid(), text: "x" },
    { type: "edit", id: uuid(), msgid: "m", text: "x" },
    { type: "delete", id: uuid(), msgid: "m" },
    { type: "react", id: uuid(), msgid: "m", emoji: "👍" },
    { type: "typing" },
    { type: "history" },
    { type: "reactions", msgid: "m" },
    { type: "read", seq: 1 },
  ];
  for (const command of commands) {
    expect(await ask(anna, { ...command, room: "@nobody" })).toMatchObject({ code: "no-such-person" });
    expect(await ask(anna, { ...command, room: "nowhere" })).toMatchObject({ code: "no-such-room" });
  }
});
