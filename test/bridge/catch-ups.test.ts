import { beforeEach, describe, expect, it } from "vitest";
import { conversationsMax, heldCharsMax } from "../../bridge/upstream/catch-ups.ts";
import type { RoomEvent } from "../../protocol/events.ts";
import { CatchUpRig, joined, message, range, react } from "./catch-up-rig.ts";

let rig: CatchUpRig;

beforeEach(() => {
  rig = new CatchUpRig();
});

describe("a log that took the place of another one", () => {
  const of = (log: string | undefined, seq: number, room = "lobby") =>
    joined(seq, range(Math.max(1, seq - 2), seq), room, log);

  beforeEach(async () => {
    await rig.take(of("first", 5), of("first", 2, "dev"), message(4, "@bruno"));
  });

  it("is told as to somebody who is new, though it is beyond where the other one was", async () => {
    rig.logSeq = 9;
    expect(await rig.take(of("second", 9))).toEqual(["joined 6", "message 7", "message 8", "message 9"]);
    expect(rig.asked).toEqual([]);
  });

  it("is so in every room and in private conversations", async () => {
    rig.logSeq = 6;
    await rig.take(of("second", 0));
    expect(await rig.take(of("second", 6, "dev"))).toEqual([
      "dev joined 3",
      ...[4, 5, 6].map((seq) => `dev message ${seq}`),
    ]);
    rig.catchUps.resume("@bruno");
    expect(await rig.take()).toEqual(["@bruno message 5", "@bruno message 6"]);
  });

  it("tells what is said in a private conversation under numbers that were told of the other one", async () => {
    await rig.take(of("second", 0));
    expect(await rig.take(message(1, "@bruno"))).toEqual(["@bruno message 1"]);
  });

  it("is none under the same name, nor where the server tells none, before or now", async () => {
    expect(await rig.take(of("first", 5))).toEqual(["joined 5"]);
    expect(await rig.take(of(undefined, 5))).toEqual(["joined 5"]);
    rig.memory.log = undefined;
    expect(await rig.take(of("named since", 5))).toEqual(["joined 5"]);
    expect(rig.memory.log).toBe("named since");
  });

  it("does not begin where a page was that knows the other one only", async () => {
    rig.memory.log = "second";
    rig.catchUps.begin("ops", { after: 4, log: "first" });
    expect(await rig.take(of("second", 9, "ops"))).toMatchObject(["ops joined 6", {}, {}, {}]);
    rig.catchUps.begin("new", { after: 8, log: "second" });
    expect(await rig.take(of("second", 9, "new"))).toEqual(["new joined 8", "new message 9"]);
  });
});

describe("several rooms", () => {
  it("catch up each for itself: one that waits holds no other up", async () => {
    await rig.take(joined(3), joined(5, range(3, 5), "dev"));
    rig.logSeq = 9;
    const answerNow = rig.answerLater();
    expect(await rig.take(joined(9), joined(5, range(3, 5), "dev"), message(6, "dev"), message(10))).toEqual([
      "joined 3",
      "dev joined 5",
      "dev message 6",
    ]);
    answerNow();
    expect(await rig.take()).toEqual(range(4, 10).map(({ seq }) => `message ${seq}`));
  });

  it("have one place for what is held back, which is given back by one that is left", async () => {
    await rig.take(joined(3), joined(5, range(3, 5), "dev"));
    rig.logSeq = 9;
    const answerNow = rig.answerLater();
    const long = (seq: number, room: string) =>
      ({ ...message(seq, room), text: "x".repeat(heldCharsMax - 1_000) }) as RoomEvent;
    await rig.take(joined(9), joined(9, range(7, 9), "dev"), long(10, "dev"), message(10));
    rig.catchUps.forget("dev");
    await rig.take(long(11, "lobby"));
    answerNow();
    expect(await rig.take()).toContain("message 11");
  });

  it("are known to the next connection until they are left", async () => {
    await rig.take(joined(3), joined(5, [], "dev"), message(2, "@bruno"));
    expect(rig.catchUps.rooms).toEqual(["lobby", "dev", "@bruno"]);
    rig.catchUps.forget("dev");
    rig.open();
    expect(rig.catchUps.rooms).toEqual(["lobby", "@bruno"]);
  });

  it("begin where the page says that it is", async () => {
    rig.logSeq = 9;
    rig.catchUps.begin("dev", { after: 4 });
    expect(await rig.take(joined(9, [], "dev"))).toEqual([
      "dev joined 4",
      ...range(5, 9).map(({ seq }) => `dev message ${seq}`),
    ]);
  });

  it("are told no second time because another page of the person has less of them", async () => {
    await rig.take(joined(9, range(7, 9), "dev"));
    rig.catchUps.begin("dev", { after: 4 });
    expect(await rig.take(joined(9, range(7, 9), "dev"))).toEqual(["dev joined 9"]);
  });
});

describe("a private conversation, which nobody joins,", () => {
  const resume = () => {
    rig.catchUps.resume("@bruno");
    return rig.take();
  };

  it("has its missed messages told before those that are said now", async () => {
    await rig.take(message(1, "@bruno"));
    rig.logSeq = 8;
    expect(await resume()).toEqual(range(2, 8).map(({ seq }) => `@bruno message ${seq}`));
    expect(await rig.take(message(9, "@bruno"))).toEqual(["@bruno message 9"]);
  });

  it("has what was missed since the person reacted told, though nothing was said to them", async () => {
    await rig.take(react(2, "@bruno"));
    rig.logSeq = 4;
    rig.edits = [4];
    expect(await resume()).toEqual(["@bruno message 3", "@bruno edit 4"]);
  });

  it("is silent when nothing was missed", async () => {
    await rig.take(message(1, "@bruno"));
    rig.logSeq = 1;
    expect(await resume()).toEqual([]);
  });

  it("has what is said now told when the server knows nothing of the past", async () => {
    await rig.take(message(1, "@bruno"));
    rig.open(false);
    rig.catchUps.resume("@bruno");
    expect(await rig.take(message(2, "@bruno"))).toEqual(["@bruno message 2"]);
  });

  it("is remembered up to a bound, the oldest forgotten first", async () => {
    await rig.take(joined(3));
    for (let person = 0; person <= conversationsMax; person++) await rig.take(message(1, `@person ${person}`));
    expect(rig.catchUps.rooms).toHaveLength(conversationsMax + 1);
    expect(rig.catchUps.rooms.slice(0, 2)).toEqual(["lobby", "@person 1"]);
  });
});
