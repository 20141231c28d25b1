import { beforeEach, describe, expect, it } from "vitest";
import { CatchUp, type History } from "../../bridge/upstream/catch-up.ts";
import type { RoomEvent } from "../../protocol/events.ts";

const time = "2026-11-21T10:00:00.000Z";
const past = (seq: number) => ({ msgid: `m${seq}`, seq, time, from: "bruno", text: `text ${seq}` });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => past(from + index));
const message = (seq: number): RoomEvent => ({ type: "message", room: "lobby", ...past(seq) });
const joined = (seq: number, recent = range(Math.max(1, seq - 2), seq)): RoomEvent => ({
  type: "joined",
  room: "lobby",
  members: [{ name: "anna" }],
  seq,
  recent,
});

/** The server's log goes up to this seq, and gives this many messages at a time. */
let logSeq: number;
const PAGE = 4;
let asked: number[];
let told: string[];
let heard: { seq: number };
let catchUp: CatchUp;
let answerNow: () => void;
let slow: Promise<void>;

beforeEach(() => {
  asked = [];
  told = [];
  heard = { seq: 0 };
  slow = Promise.resolve();
  open();
});

function open(history = true): void {
  catchUp = new CatchUp({
    heard,
    limits: { missedMessagesMax: 10 },
    history: async (_room, after): Promise<History> => {
      asked.push(after);
      await slow;
      if (!history) return undefined;
      const messages = range(after + 1, Math.min(logSeq, after + PAGE));
      return { messages, more: after + PAGE < logSeq };
    },
    tell: (event) => {
      told.push(event.type === "message" || event.type === "joined" ? `${event.type} ${event.seq}` : event.type);
    },
  });
}

/** Lets everything that is answered already come to its end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function take(...events: RoomEvent[]): Promise<string[]> {
  for (const event of events) catchUp.take(event);
  await settle();
  return told.splice(0);
}

describe("somebody who joins", () => {
  it("is shown the last few messages, and then what is said", async () => {
    expect(await take(joined(5), message(6))).toEqual(["joined 2", "message 3", "message 4", "message 5", "message 6"]);
    expect(asked).toEqual([]);
    expect(heard.seq).toBe(6);
  });

  it("finds an empty room empty", async () => {
    expect(await take(joined(0))).toEqual(["joined 0"]);
  });

  it("is told the room's seq by a server that has no history", async () => {
    expect(await take(joined(5, []), message(6))).toEqual(["joined 5", "message 6"]);
  });
});

describe("somebody whose connection was lost", () => {
  beforeEach(async () => {
    await take(joined(3));
  });

  it("is told nothing again when nothing was missed", async () => {
    expect(await take(joined(3))).toEqual(["joined 3"]);
  });

  it("gets what was missed from the last few messages when they reach back far enough", async () => {
    expect(await take(joined(5))).toEqual(["joined 3", "message 4", "message 5"]);
    expect(asked).toEqual([]);
  });

  it("gets all that was missed, in pages, before what is said meanwhile, each once", async () => {
    logSeq = 13;
    slow = new Promise((resolve) => {
      answerNow = resolve;
    });
    expect(await take(joined(12), message(13), message(14), { type: "notice", text: "", time })).toEqual([]);
    answerNow();
    await settle();
    expect(told.splice(0)).toEqual(["joined 3", ...range(4, 14).map(({ seq }) => `message ${seq}`), "notice"]);
    expect(asked).toEqual([3, 7, 11]);
    expect(heard.seq).toBe(14);
  });

  it("gets the last ones of more than the bound, and can see where they begin", async () => {
    logSeq = 50;
    expect(await take(joined(50))).toEqual(["joined 40", ...range(41, 50).map(({ seq }) => `message ${seq}`)]);
  });

  it("gets the last few from a server that cannot tell more", async () => {
    open(false);
    expect(await take(joined(50))).toEqual(["joined 47", "message 48", "message 49", "message 50"]);
  });

  it("starts afresh on a server that counts anew", async () => {
    expect(await take(joined(2))).toEqual(["joined 0", "message 1", "message 2"]);
  });

  it("is told nothing by a connection that broke meanwhile, and everything by the next one", async () => {
    logSeq = 9;
    slow = new Promise((resolve) => {
      answerNow = resolve;
    });
    catchUp.take(joined(9));
    catchUp.stop();
    answerNow();
    await settle();
    expect(told).toEqual([]);
    open();
    expect(await take(joined(9))).toEqual(["joined 3", ...range(4, 9).map(({ seq }) => `message ${seq}`)]);
  });
});
