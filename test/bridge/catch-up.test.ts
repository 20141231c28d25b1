import { beforeEach, describe, expect, it } from "vitest";
import type { History } from "../../bridge/upstream/catch-up.ts";
import { CatchUps, conversationsMax, heldCharsMax } from "../../bridge/upstream/catch-ups.ts";
import type { PageEvent } from "../../protocol/bridge-events.ts";
import type { HistoryMessage, RoomEvent } from "../../protocol/events.ts";

const time = "2026-11-21T10:00:00.000Z";
const past = (seq: number): HistoryMessage => ({
  type: "message",
  ...{ msgid: `m${seq}`, seq, time, from: "bruno", text: `text ${seq}` },
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => past(from + index));
const message = (seq: number, room = "lobby"): RoomEvent => ({ ...past(seq), room });
const edit = (seq: number) => ({ ...past(seq), type: "edit", msgid: "m1", text: "better" }) as const;
const react = (seq: number, room: string): RoomEvent => ({
  ...{ type: "react", room, msgid: "m1", seq, time, from: "anna", emoji: "👍", on: true },
  ...{ count: 1, names: ["anna"] },
});
const joined = (seq: number, recent = range(Math.max(1, seq - 2), seq), room = "lobby", log?: string): RoomEvent => ({
  type: "joined",
  room,
  ...(log === undefined ? {} : { log }),
  members: [{ name: "anna" }],
  seq,
  recent,
});

/**
 * The server's log goes up to this seq and returns this many entries at a time: edits at these numbers, messages
 * otherwise.
 */
let logSeq: number;
let edits: readonly number[];
const PAGE = 4;
let asked: string[];
let told: string[];
let memory: { heard: Map<string, number | undefined>; log: string | undefined };
let catchUps: CatchUps;
let answerNow: () => void;
let slow: Promise<void>;

beforeEach(() => {
  edits = [];
  asked = [];
  told = [];
  memory = { heard: new Map(), log: undefined };
  slow = Promise.resolve();
  open();
});

function open(history = true): void {
  catchUps = new CatchUps({
    memory,
    limits: { missedMessagesMax: 10 },
    history: async (room, after = logSeq - 2): Promise<History> => {
      asked.push(`${room} ${after}`);
      await slow;
      if (!history) return undefined;
      const messages = range(Math.max(0, after) + 1, Math.min(logSeq, after + PAGE));
      const entries = messages.map((each) => (edits.includes(each.seq) ? edit(each.seq) : each));
      return { entries, more: after + PAGE < logSeq };
    },
    tell: (event) => told.push(shown(event)),
    stuck: () => told.push("stuck"),
  });
}

/** `message 4`, `joined 3`, `@bruno message 4`; for anything else, its type. */
function shown(event: PageEvent): string {
  if (!("seq" in event)) return event.type;
  return `${event.room === "lobby" ? "" : `${event.room} `}${event.type} ${event.seq}`;
}

/** Lets everything that has been answered finish. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function take(...events: RoomEvent[]): Promise<string[]> {
  for (const event of events) catchUps.take(event);
  await settle();
  return told.splice(0);
}

describe("somebody who joins", () => {
  it("is shown the last few messages, and then what is said", async () => {
    expect(await take(joined(5), message(6))).toEqual(["joined 2", "message 3", "message 4", "message 5", "message 6"]);
    expect(asked).toEqual([]);
    expect(memory.heard.get("lobby")).toBe(6);
  });

  it("finds an empty room empty", async () => {
    expect(await take(joined(0))).toEqual(["joined 0"]);
  });

  it("is told the room's seq by a server that has no history", async () => {
    expect(await take(joined(5, []), message(6))).toEqual(["joined 5", "message 6"]);
  });

  it("is told, between the last few messages and after them, what was done to messages", async () => {
    logSeq = 6;
    edits = [3, 5, 6];
    expect(await take(joined(6, [past(2), past(4)]))).toEqual([
      "joined 1",
      ...["message 2", "edit 3", "message 4", "edit 5", "edit 6"],
    ]);
    expect(asked).toEqual(["lobby 1", "lobby 5"]);
  });

  it("is told the last ones of more than the bound, however far back the last few messages are", async () => {
    logSeq = 50;
    edits = range(2, 50).map(({ seq }) => seq);
    expect(await take(joined(50, [past(1)]))).toEqual(["joined 40", ...range(41, 50).map(({ seq }) => `edit ${seq}`)]);
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

  it("gets what was missed, though the last few messages begin and end later than they should", async () => {
    logSeq = 8;
    expect(await take(joined(6, range(6, 8)), message(7), message(8))).toEqual([
      "joined 3",
      ...["message 4", "message 5", "message 6", "message 7", "message 8"],
    ]);
    expect(asked).toEqual(["lobby 3"]);
  });

  it("gets what was done to messages meanwhile, of which the last few messages tell nothing", async () => {
    logSeq = 5;
    edits = [4, 5];
    expect(await take(joined(5, range(1, 3)))).toEqual(["joined 3", "edit 4", "edit 5"]);
    expect(await take(joined(5, range(1, 3)))).toEqual(["joined 5"]);
  });

  it("is not told again of a message that was sent again, and answered with where it stands", async () => {
    await take(message(4), message(5));
    expect(await take(message(4))).toEqual([]);
    expect(await take(joined(5))).toEqual(["joined 5"]);
  });

  it("gets all that was missed, in pages, before what is said meanwhile, each once", async () => {
    logSeq = 13;
    slow = new Promise((resolve) => {
      answerNow = resolve;
    });
    expect(await take(joined(12), message(13), message(14))).toEqual(["joined 3"]);
    answerNow();
    await settle();
    expect(told.splice(0)).toEqual(range(4, 14).map(({ seq }) => `message ${seq}`));
    expect(asked).toEqual(["lobby 3", "lobby 7", "lobby 11"]);
    expect(memory.heard.get("lobby")).toBe(14);
  });

  it("gets the last ones of more than the bound, and can see where they begin", async () => {
    logSeq = 50;
    expect(await take(joined(50))).toEqual(["joined 40", ...range(41, 50).map(({ seq }) => `message ${seq}`)]);
  });

  it("gets the last few from a server that cannot tell more", async () => {
    open(false);
    expect(await take(joined(50))).toEqual(["joined 40", "message 48", "message 49", "message 50"]);
  });

  it("starts afresh where the numbers went back, because an old copy of the log took its place", async () => {
    expect(await take(joined(2))).toEqual(["joined 0", "message 1", "message 2"]);
  });

  it("is told nothing by a connection that broke meanwhile, and everything by the next one", async () => {
    logSeq = 9;
    slow = new Promise((resolve) => {
      answerNow = resolve;
    });
    catchUps.take(joined(9));
    catchUps.stop();
    answerNow();
    await settle();
    expect(told.splice(0)).toEqual(["joined 3"]);
    open();
    expect(await take(joined(9))).toEqual(["joined 3", ...range(4, 9).map(({ seq }) => `message ${seq}`)]);
  });

  it("is told at once who comes and goes, whatever messages wait", async () => {
    logSeq = 12;
    slow = new Promise(() => {});
    const left = { type: "member-left", room: "lobby", name: "bruno", count: 1, time, reason: "quit" } as const;
    expect(await take(joined(12), message(13), left)).toEqual(["joined 3", "member-left"]);
  });
});

describe("somebody who found a room empty, and whose connection was lost", () => {
  it("gets all that was said since, not only the last few", async () => {
    logSeq = 9;
    await take(joined(0));
    expect(await take(joined(9))).toEqual(["joined 0", ...range(1, 9).map(({ seq }) => `message ${seq}`)]);
  });
});

describe("a log that took the place of another one", () => {
  const of = (log: string | undefined, seq: number, room = "lobby") =>
    joined(seq, range(Math.max(1, seq - 2), seq), room, log);

  beforeEach(async () => {
    await take(of("first", 5), of("first", 2, "dev"), message(4, "@bruno"));
  });

  it("is told as to somebody who is new, though it is beyond where the other one was", async () => {
    logSeq = 9;
    expect(await take(of("second", 9))).toEqual(["joined 6", "message 7", "message 8", "message 9"]);
    expect(asked).toEqual([]);
  });

  it("is so in every room and in private conversations", async () => {
    logSeq = 6;
    await take(of("second", 0));
    expect(await take(of("second", 6, "dev"))).toEqual([
      "dev joined 3",
      ...[4, 5, 6].map((seq) => `dev message ${seq}`),
    ]);
    catchUps.resume("@bruno");
    await settle();
    expect(told.splice(0)).toEqual(["@bruno message 5", "@bruno message 6"]);
  });

  it("tells what is said in a private conversation under numbers that were told of the other one", async () => {
    await take(of("second", 0));
    expect(await take(message(1, "@bruno"))).toEqual(["@bruno message 1"]);
  });

  it("is none under the same name, nor where the server tells none, before or now", async () => {
    expect(await take(of("first", 5))).toEqual(["joined 5"]);
    expect(await take(of(undefined, 5))).toEqual(["joined 5"]);
    memory.log = undefined;
    expect(await take(of("named since", 5))).toEqual(["joined 5"]);
    expect(memory.log).toBe("named since");
  });

  it("does not begin where a page was that knows the other one only", async () => {
    memory.log = "second";
    catchUps.begin("ops", { after: 4, log: "first" });
    expect(await take(of("second", 9, "ops"))).toMatchObject(["ops joined 6", {}, {}, {}]);
    catchUps.begin("new", { after: 8, log: "second" });
    expect(await take(of("second", 9, "new"))).toEqual(["new joined 8", "new message 9"]);
  });
});

describe("several rooms", () => {
  it("catch up each for itself: one that waits holds no other up", async () => {
    await take(joined(3), joined(5, range(3, 5), "dev"));
    logSeq = 9;
    slow = new Promise((resolve) => {
      answerNow = resolve;
    });
    expect(await take(joined(9), joined(5, range(3, 5), "dev"), message(6, "dev"), message(10))).toEqual([
      "joined 3",
      "dev joined 5",
      "dev message 6",
    ]);
    answerNow();
    await settle();
    expect(told).toEqual(range(4, 10).map(({ seq }) => `message ${seq}`));
  });

  it("have one place for what is held back, which is given back by one that is left", async () => {
    await take(joined(3), joined(5, range(3, 5), "dev"));
    logSeq = 9;
    slow = new Promise((resolve) => {
      answerNow = resolve;
    });
    const long = (seq: number, room: string) =>
      ({ ...message(seq, room), text: "x".repeat(heldCharsMax - 1_000) }) as RoomEvent;
    await take(joined(9), joined(9, range(7, 9), "dev"), long(10, "dev"), message(10));
    catchUps.forget("dev");
    await take(long(11, "lobby"));
    answerNow();
    await settle();
    expect(told).toContain("message 11");
  });

  it("are known to the next connection until they are left", async () => {
    await take(joined(3), joined(5, [], "dev"), message(2, "@bruno"));
    expect(catchUps.rooms).toEqual(["lobby", "dev", "@bruno"]);
    catchUps.forget("dev");
    open();
    expect(catchUps.rooms).toEqual(["lobby", "@bruno"]);
  });

  it("begin where the page says that it is", async () => {
    logSeq = 9;
    catchUps.begin("dev", { after: 4 });
    expect(await take(joined(9, [], "dev"))).toEqual([
      "dev joined 4",
      ...range(5, 9).map(({ seq }) => `dev message ${seq}`),
    ]);
  });

  it("are told no second time because another page of the person has less of them", async () => {
    await take(joined(9, range(7, 9), "dev"));
    catchUps.begin("dev", { after: 4 });
    expect(await take(joined(9, range(7, 9), "dev"))).toEqual(["dev joined 9"]);
  });
});

describe("a private conversation, which nobody joins,", () => {
  const resume = async () => {
    catchUps.resume("@bruno");
    await settle();
    return told.splice(0);
  };

  it("has its missed messages told before those that are said now", async () => {
    await take(message(1, "@bruno"));
    logSeq = 8;
    expect(await resume()).toEqual(range(2, 8).map(({ seq }) => `@bruno message ${seq}`));
    expect(await take(message(9, "@bruno"))).toEqual(["@bruno message 9"]);
  });

  it("has what was missed since the person reacted told, though nothing was said to them", async () => {
    await take(react(2, "@bruno"));
    logSeq = 4;
    edits = [4];
    expect(await resume()).toEqual(["@bruno message 3", "@bruno edit 4"]);
  });

  it("is silent when nothing was missed", async () => {
    await take(message(1, "@bruno"));
    logSeq = 1;
    expect(await resume()).toEqual([]);
  });

  it("has what is said now told when the server knows nothing of the past", async () => {
    await take(message(1, "@bruno"));
    open(false);
    catchUps.resume("@bruno");
    expect(await take(message(2, "@bruno"))).toEqual(["@bruno message 2"]);
  });

  it("is remembered up to a bound, the oldest forgotten first", async () => {
    await take(joined(3));
    for (let person = 0; person <= conversationsMax; person++) await take(message(1, `@person ${person}`));
    expect(catchUps.rooms).toHaveLength(conversationsMax + 1);
    expect(catchUps.rooms.slice(0, 2)).toEqual(["lobby", "@person 1"]);
  });
});
