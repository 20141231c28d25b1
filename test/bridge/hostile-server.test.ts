/**
 * A chat server that tries to fill the bridge: whatever it sends without end, the bridge keeps only a bounded amount.
 */
import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { bridgeLimits } from "../../bridge/limits.ts";
import { membersKeptMax, membersOfAllKeptMax, roomsKeptMax } from "../../bridge/rooms.ts";
import { heldCharsMax } from "../../bridge/upstream/catch-ups.ts";
import { questionsMax } from "../../bridge/upstream/questions.ts";
import { eventLimits } from "../../protocol/limits.ts";
import {
  type Answer,
  allFeatures,
  friendlyAnswer,
  type Json,
  type JsonConnection,
  startJsonServer,
} from "../doubles/json-server.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

const time = "2026-01-01T00:00:00.000Z";
const fast = {
  floodBurstBytes: 1_000_000_000,
  floodBytesPerSecond: 1_000_000_000,
  backoffMinMs: 60_000,
  backoffMaxMs: 60_000,
};
const long = "x".repeat(eventLimits.textCharsMax);
const word = (prefix: string, n: number) => `${prefix}${n}${"n".repeat(60)}`;

/** A page in the chat of a server that claims to support everything, and the connection, to send anything over. */
async function chatWith(answer: Answer = () => undefined, limits = {}) {
  const friendly = friendlyAnswer();
  const server = await startJsonServer((command, connection) => {
    if (command.type === "hello") return { ...friendly(command, connection), features: allFeatures };
    return answer(command, connection) ?? friendly(command, connection);
  });
  onTestFinished(() => server.close());
  const bridge = await bridgeTo({ port: server.port, limits: { ...fast, ...limits } });
  const session = randomUUID();
  const page = await openPage(bridge, { session });
  await page.join("anna");
  await until(() => page.events.length > 0);
  return { bridge, session, page, server, connection: server.connections[0] as JsonConnection };
}

/** Sends all of it, and waits until the bridge has read it to the end. */
async function flood(connection: JsonConnection, page: TestPage, events: Iterable<Json>): Promise<void> {
  for (const event of events) connection.send(event);
  const text = `end ${randomUUID()}`;
  connection.send({ type: "notice", text, time });
  await until(() => page.events.some((event) => event.type === "notice" && event.text === text));
}

function* times(count: number, event: (n: number) => Json): Generator<Json> {
  for (let n = 1; n <= count; n++) yield event(n);
}

const message = (n: number, more: Json = {}) => ({
  type: "message",
  room: "lobby",
  msgid: `m${n}`,
  seq: n,
  time,
  from: "b",
  text: "x",
  ...more,
});
const joined = (room: string, more: Json = {}) => ({
  type: "joined",
  room,
  topic: "",
  members: [],
  seq: 0,
  recent: [],
  ...more,
});
const members = (count: number, prefix = "p") => Array.from({ length: count }, (_, n) => ({ name: word(prefix, n) }));

describe("what a bridge keeps for a page that comes back is bounded", () => {
  it.each<[endless: string, events: () => Iterable<Json>]>([
    ["rooms", () => times(5_000, (n) => joined(`room${n}`))],
    ["rooms that things are told of", () => times(5_000, (n) => message(n, { room: `room${n}` }))],
    ["private conversations", () => times(2_000, (n) => message(1, { room: `@p${n}`, msgid: `m${n}` }))],
    ["messages", () => times(5_000, (n) => message(n))],
    ["huge texts", () => times(600, (n) => message(n, { text: long }))],
    ["changes", () => times(3_000, (n) => ({ ...message(n), type: "edit", text: long.slice(0, 2_000) }))],
    ["notices", () => times(600, () => ({ type: "notice", text: long, time }))],
    ["topics", () => times(600, (n) => ({ type: "topic", room: `room${n}`, topic: long, from: "b", time }))],
    [
      "people",
      () => times(8_000, (n) => ({ type: "member-joined", room: "lobby", name: word("p", n), count: n, time })),
    ],
    [
      "people who look away",
      () => times(8_000, (n) => ({ type: "member-away", room: "lobby", name: word("p", n), away: true, time })),
    ],
    ["people in many rooms", () => times(12, (n) => joined(`room${n}`, { members: members(4_000, `r${n}`) }))],
    [
      "recent messages",
      () => times(40, (n) => joined(`room${n}`, { seq: 500, recent: [...times(500, (i) => message(i))] })),
    ],
  ])("however many %s there are", async (_endless, events) => {
    const { bridge, session, page, connection } = await chatWith();
    await flood(connection, page, events());
    const { snapshots } = await openPage(bridge, { session });
    const [snapshot] = snapshots;
    const rooms = snapshot?.rooms ?? [];
    expect(snapshot?.events.length).toBeLessThanOrEqual(bridgeLimits.replayEventsMax);
    expect(JSON.stringify(snapshot?.events.map(({ event }) => event)).length).toBeLessThan(
      bridgeLimits.replayCharsMax + 2 * bridgeLimits.replayEventsMax,
    );
    expect(rooms.length).toBeLessThanOrEqual(roomsKeptMax);
    for (const room of rooms) expect(room.members.length).toBeLessThanOrEqual(membersKeptMax);
    expect(rooms.reduce((sum, room) => sum + room.members.length, 0)).toBeLessThanOrEqual(membersOfAllKeptMax);
  });
});

it.each<[what: string, event: Json]>([
  ["a list of people", joined("lobby", { members: members(eventLimits.membersMax + 1) })],
  ["a list of messages", joined("lobby", { recent: [...times(eventLimits.entriesMax + 1, message)] })],
  ["a name", message(1, { from: "x".repeat(eventLimits.wordCharsMax + 1) })],
  ["a text", message(1, { text: `${long}x` })],
  ["a time that is none", message(1, { time: "2026-01-01T00:00:00+09" })],
])("%s beyond its bound is no event", async (_what, event) => {
  const { page, connection } = await chatWith();
  const before = page.events.length;
  await flood(connection, page, [event]);
  expect(page.events.length).toBe(before + 1);
});

describe("a history without end", () => {
  const isHistory = ({ type }: Json) => type === "history";

  it.each<[what: string, messages: (after: number) => Json[]]>([
    ["says nothing", () => []],
    ["says the same again", (after) => [message(after)]],
    ["goes back", () => [message(1)]],
  ])("that %s is left, and why is said", async (_what, messages) => {
    const { page, connection } = await chatWith((command) =>
      isHistory(command)
        ? { type: "ok", room: "lobby", messages: messages(Number(command.after)), more: true }
        : undefined,
    );
    connection.send(message(10));
    connection.send(joined("lobby", { seq: 600 }));
    await until(() => page.connection?.phase === "waiting");
    expect(page.connection).toMatchObject({ error: { code: "no-progress" } });
    expect(connection.received.filter(isHistory).length).toBeLessThan(4);
  });

  it("that tells one thing more each time ends where it was said to end", async () => {
    const { page, connection } = await chatWith((command) =>
      isHistory(command)
        ? { type: "ok", room: "lobby", messages: [message(Number(command.after) + 1)], more: true }
        : undefined,
    );
    connection.send(message(10));
    connection.send(joined("lobby", { seq: 300 }));
    await until(() => page.messages.some(({ seq }) => seq === 300));
    await flood(connection, page, []);
    expect(connection.received.filter(isHistory).length).toBe(290);
  });

  it("holds back only so much of what is said meanwhile, and goes on afterwards", async () => {
    let answerNow = () => {};
    const { page, connection } = await chatWith((command, connection) => {
      if (!isHistory(command)) return undefined;
      const { label } = command;
      answerNow = () => connection.send({ type: "ok", label, room: "lobby", messages: [message(11)], more: false });
      // Sent separately, later.
      return { type: "notice", text: "asked", time };
    });
    connection.send(message(10));
    connection.send(joined("lobby", { seq: 12 }));
    await until(() => page.events.some((event) => event.type === "notice"));
    const fitting = Math.floor(heldCharsMax / long.length);
    await flood(
      connection,
      page,
      times(2 * fitting, (n) => message(12 + n, { text: long })),
    );
    answerNow();
    const last = 13 + 2 * fitting;
    connection.send(message(last));
    await until(() => page.messages.some(({ seq }) => seq === last));
    expect(page.messages.length).toBeLessThanOrEqual(fitting + 3);
    expect(page.messages.map(({ seq }) => seq).slice(0, 3)).toEqual([10, 11, 13]);
  });
});

it("a server that makes the bridge ask without answering is left", async () => {
  const { page, connection } = await chatWith(({ type }) =>
    type === "history" ? { type: "notice", text: "", time } : undefined,
  );
  connection.send(message(1));
  for (let n = 1; n <= questionsMax + 1; n++) connection.send(joined("lobby", { seq: 1 + 2 * n }));
  await until(() => page.connection?.phase === "waiting");
  expect(page.connection).toMatchObject({ error: { code: "no-answer" } });
  expect(connection.received.length).toBeLessThanOrEqual(questionsMax + 5);
});
