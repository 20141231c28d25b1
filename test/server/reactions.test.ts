/** What the reactions to a message cost those who hear of them: a few names, and all of them for whoever asks. */
import { expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { barrier, startTestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";

const id = () => crypto.randomUUID();
const limits = { sourceBurst: 1_000_000 };

async function say(client: WireClient, room: string, text: string): Promise<string> {
  client.sendJson({ type: "post", room, id: id(), text });
  const { msgid } = (await client.json()) as { msgid: string };
  return msgid;
}

test("a reaction to a message that has as many as it can tells how many there are now, and the first names", async () => {
  const server = await startTestServer({ limits });
  const anna = await server.joinJson("anna");
  const bruno = await server.joinJson("bruno");
  await anna.line();
  const msgid = await say(anna, "lobby", "ciao");
  await bruno.line();
  // One person under as many names as there can be reactions.
  const names = Array.from({ length: wireLimits.reactionsMax }, (_, index) => `${index} ${"é".repeat(28)}`);
  for (const name of names) {
    const guest = await server.joinJson(name);
    guest.sendJson({ type: "react", room: "lobby", id: id(), msgid, emoji: "👍" });
    await barrier(guest);
    guest.sendJson({ type: "quit" });
    await guest.ended();
  }
  await anna.until(`"from":"${names.at(-1)}"`);
  const first = names.slice(0, wireLimits.reactionNamesMax);
  const events = anna.text.split("\n").filter((line) => line.startsWith('{"type":"react"'));
  expect(JSON.parse(events.at(-1) ?? "")).toMatchObject({ emoji: "👍", on: true, count: 100, names: first });
  for (const line of events) expect(Buffer.byteLength(line)).toBeLessThan(1_024);
  await barrier(anna);

  anna.sendJson({ type: "history", room: "lobby" });
  expect(await anna.json()).toMatchObject({ messages: [{ reactions: [{ emoji: "👍", count: 100, from: first }] }] });
  anna.sendJson({ type: "reactions", room: "lobby", msgid });
  expect(await anna.json()).toEqual({
    ...{ type: "ok", room: "lobby", msgid },
    reactions: [{ emoji: "👍", count: 100, from: names }],
  });
});

test("who looks is told which reactions are theirs, wherever they stand among the others", async () => {
  const server = await startTestServer({ limits });
  const anna = await server.joinJson("anna");
  const msgid = await say(anna, "lobby", "ciao");
  for (const name of ["b", "c", "d", "e", "f"]) {
    const guest = await server.joinJson(name);
    guest.sendJson({ type: "react", room: "lobby", id: id(), msgid, emoji: "👍" });
    await barrier(guest);
  }
  anna.sendJson({ type: "react", room: "lobby", id: id(), msgid, emoji: "👍" });
  await barrier(anna);
  const reactions = [{ emoji: "👍", count: 6, from: ["b", "c", "d", "e", "f"], own: true }];
  for (const asked of [
    { type: "history", room: "lobby" },
    { type: "search", query: "ciao" },
  ]) {
    anna.sendJson(asked);
    expect(Object.values(await anna.json())).toContainEqual([expect.objectContaining({ reactions })]);
  }
});

test.each([
  ["a message that is not there", { room: "lobby", msgid: "nothing" }, "no-such-message"],
  ["a room that is not there", { room: "nowhere", msgid: "nothing" }, "no-such-room"],
])("%s has no reactions to tell", async (_name, asked, code) => {
  const server = await startTestServer();
  const anna = await server.joinJson("anna");
  anna.sendJson({ type: "reactions", ...asked });
  expect(await anna.json()).toMatchObject({ type: "error", code });
});

test("nobody is told of the reactions in the private conversation of others", async () => {
  const server = await startTestServer();
  const anna = await server.joinJson("anna");
  const bruno = await server.joinJson("bruno");
  await anna.line();
  const msgid = await say(anna, "@bruno", "psst");
  await bruno.line();
  bruno.sendJson({ type: "reactions", room: "@anna", msgid });
  expect(await bruno.json()).toMatchObject({ type: "ok", reactions: [] });
  const carla = await server.joinJson("carla");
  for (const room of ["lobby", "@anna", "@bruno"]) {
    carla.sendJson({ type: "reactions", room, msgid });
    expect(await carla.json()).toMatchObject({ type: "error", code: "no-such-message" });
  }
});
