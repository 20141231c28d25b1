/** Private conversations, as the bridge tells them, with people who take other names. */
import { beforeEach, describe, expect, it } from "vitest";
import { CatchUps } from "../../bridge/upstream/catch-ups.ts";
import type { PageEvent } from "../../protocol/bridge-events.ts";
import type { HistoryMessage, RoomEvent } from "../../protocol/events.ts";

const time = "2026-11-21T10:00:00.000Z";
const past = (seq: number): HistoryMessage => ({
  type: "message",
  ...{ msgid: `m${seq}`, seq, time, from: "bruno", text: `text ${seq}` },
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => past(from + index));
const message = (seq: number, room: string): RoomEvent => ({ ...past(seq), room });

/** Each conversation goes up to this seq. */
let logSeq: number;
/** What the server calls a conversation that is asked for by an earlier name. */
let names: Record<string, string>;
let told: string[];
let memory: { heard: Map<string, number | undefined>; log: string | undefined };
let catchUps: CatchUps;
let answerNow: () => void;
let slow: Promise<void>;

beforeEach(() => {
  names = {};
  told = [];
  memory = { heard: new Map(), log: undefined };
  slow = Promise.resolve();
  open();
});

function open(): void {
  catchUps = new CatchUps({
    memory,
    limits: { missedMessagesMax: 10 },
    history: async (room, after = logSeq - 2) => {
      await slow;
      catchUps.called(room, names[room] ?? room);
      return { entries: range(Math.max(0, after) + 1, logSeq), more: false };
    },
    tell: (event) => told.push(shown(event)),
    stuck: () => told.push("stuck"),
  });
}

/** `@bruno message 4`, `@bruno is @bea`; for anything else, its type. */
function shown(event: PageEvent): string {
  if (event.type === "conversation-renamed") return `${event.from} is ${event.to}`;
  return "seq" in event ? `${event.room} ${event.type} ${event.seq}` : event.type;
}

/** Lets everything that has been answered finish. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function take(...events: RoomEvent[]): Promise<string[]> {
  for (const event of events) catchUps.take(event);
  await settle();
  return told.splice(0);
}

describe("a conversation with somebody who takes another name", () => {
  const renaming = (to: string, same?: true): RoomEvent => ({
    type: "member-renamed",
    ...{ room: "lobby", from: "bruno", to, time },
    ...(same ? { same } : {}),
  });

  it("goes on under it, from where it was", async () => {
    await take(message(1, "@bruno"));
    expect(await take(renaming("bea", true), message(2, "@bea"))).toEqual(["member-renamed", "@bea message 2"]);
    expect(memory.heard).toEqual(new Map([["@bea", 2]]));
    logSeq = 4;
    void catchUps.resume("@bea");
    await settle();
    expect(told).toEqual(["@bea message 3", "@bea message 4"]);
  });

  it("takes along what was held back, and what is being caught up with", async () => {
    await take(message(1, "@bruno"));
    logSeq = 3;
    slow = new Promise((resolve) => {
      answerNow = resolve;
    });
    const resumed = catchUps.resume("@bruno");
    expect(await take(message(4, "@bruno"), renaming("bea", true), message(5, "@bea"))).toEqual(["member-renamed"]);
    answerNow();
    expect(await resumed).toBe("@bea");
    expect(await take()).toEqual(range(2, 5).map(({ seq }) => `@bea message ${seq}`));
  });

  it("is not mixed with one that had that name before", async () => {
    await take(message(1, "@bruno"), message(7, "@bea"), renaming("bea", true));
    expect(await take(message(2, "@bea"))).toEqual(["@bea message 2"]);
  });

  it("stays what it is when they have become another person by it", async () => {
    await take(message(1, "@bruno"), message(7, "@bea"), renaming("bea"));
    expect(memory.heard).toEqual(
      new Map([
        ["@bruno", 1],
        ["@bea", 7],
      ]),
    );
  });

  it("during an outage goes on as soon as the server says so, each message once", async () => {
    await take(message(1, "@bruno"));
    open();
    names = { "@bruno": "@bea" };
    logSeq = 3;
    const resumed = catchUps.resumeConversations();
    // These are told before the answer, which therefore contains the first one.
    for (const event of [message(3, "@bea"), message(1, "@carla")]) catchUps.take(event);
    expect(told).toEqual([]);
    await resumed;
    expect(await take(message(4, "@bea"))).toEqual([
      "@bruno is @bea",
      ...["@bea message 2", "@bea message 3", "@carla message 1", "@bea message 4"],
    ]);
    expect(memory.heard).toEqual(
      new Map([
        ["@bea", 4],
        ["@carla", 1],
      ]),
    );
  });

  it("is found by a page that knows only the earlier name, and told no second time", async () => {
    await take(message(1, "@bruno"), renaming("bea", true));
    names = { "@bruno": "@bea" };
    logSeq = 1;
    catchUps.begin("@bruno", { after: 0 });
    expect(await catchUps.resume("@bruno")).toBe("@bea");
    expect(await take(message(2, "@bea"))).toEqual(["@bruno is @bea", "@bea message 2"]);
    expect(catchUps.rooms).toEqual(["@bea"]);
  });
});
