import { beforeEach, describe, expect, it } from "vitest";
import { CatchUpRig, joined, left, message, past, range } from "./catch-up-rig.ts";

let rig: CatchUpRig;

beforeEach(() => {
  rig = new CatchUpRig();
});

describe("somebody who joins", () => {
  it("is shown the last few messages, and then what is said", async () => {
    expect(await rig.take(joined(5), message(6))).toEqual([
      "joined 2",
      "message 3",
      "message 4",
      "message 5",
      "message 6",
    ]);
    expect(rig.asked).toEqual([]);
    expect(rig.memory.heard.get("lobby")).toBe(6);
  });

  it("finds an empty room empty", async () => {
    expect(await rig.take(joined(0))).toEqual(["joined 0"]);
  });

  it("is told the room's seq by a server that has no history", async () => {
    expect(await rig.take(joined(5, []), message(6))).toEqual(["joined 5", "message 6"]);
  });

  it("is told, between the last few messages and after them, what was done to messages", async () => {
    rig.logSeq = 6;
    rig.edits = [3, 5, 6];
    expect(await rig.take(joined(6, [past(2), past(4)]))).toEqual([
      "joined 1",
      ...["message 2", "edit 3", "message 4", "edit 5", "edit 6"],
    ]);
    expect(rig.asked).toEqual(["lobby 1", "lobby 5"]);
  });

  it("is told the last ones of more than the bound, however far back the last few messages are", async () => {
    rig.logSeq = 50;
    rig.edits = range(2, 50).map(({ seq }) => seq);
    expect(await rig.take(joined(50, [past(1)]))).toEqual([
      "joined 40",
      ...range(41, 50).map(({ seq }) => `edit ${seq}`),
    ]);
  });
});

describe("somebody whose connection was lost", () => {
  beforeEach(async () => {
    await rig.take(joined(3));
  });

  it("is told nothing again when nothing was missed", async () => {
    expect(await rig.take(joined(3))).toEqual(["joined 3"]);
  });

  it("gets what was missed from the last few messages when they reach back far enough", async () => {
    expect(await rig.take(joined(5))).toEqual(["joined 3", "message 4", "message 5"]);
    expect(rig.asked).toEqual([]);
  });

  it("gets what was missed, though the last few messages begin and end later than they should", async () => {
    rig.logSeq = 8;
    expect(await rig.take(joined(6, range(6, 8)), message(7), message(8))).toEqual([
      "joined 3",
      ...["message 4", "message 5", "message 6", "message 7", "message 8"],
    ]);
    expect(rig.asked).toEqual(["lobby 3"]);
  });

  it("gets what was done to messages meanwhile, of which the last few messages tell nothing", async () => {
    rig.logSeq = 5;
    rig.edits = [4, 5];
    expect(await rig.take(joined(5, range(1, 3)))).toEqual(["joined 3", "edit 4", "edit 5"]);
    expect(await rig.take(joined(5, range(1, 3)))).toEqual(["joined 5"]);
  });

  it("is not told again of a message that was sent again, and answered with where it stands", async () => {
    await rig.take(message(4), message(5));
    expect(await rig.take(message(4))).toEqual([]);
    expect(await rig.take(joined(5))).toEqual(["joined 5"]);
  });

  it("gets all that was missed, in pages, before what is said meanwhile, each once", async () => {
    rig.logSeq = 13;
    const answerNow = rig.answerLater();
    expect(await rig.take(joined(12), message(13), message(14))).toEqual(["joined 3"]);
    answerNow();
    expect(await rig.take()).toEqual(range(4, 14).map(({ seq }) => `message ${seq}`));
    expect(rig.asked).toEqual(["lobby 3", "lobby 7", "lobby 11"]);
    expect(rig.memory.heard.get("lobby")).toBe(14);
  });

  it("gets the last ones of more than the bound, and can see where they begin", async () => {
    rig.logSeq = 50;
    expect(await rig.take(joined(50))).toEqual(["joined 40", ...range(41, 50).map(({ seq }) => `message ${seq}`)]);
  });

  it("gets the last few from a server that cannot tell more", async () => {
    rig.open(false);
    expect(await rig.take(joined(50))).toEqual(["joined 40", "message 48", "message 49", "message 50"]);
  });

  it("starts afresh where the numbers went back, because an old copy of the log took its place", async () => {
    expect(await rig.take(joined(2))).toEqual(["joined 0", "message 1", "message 2"]);
  });

  it("is told nothing by a connection that broke meanwhile, and everything by the next one", async () => {
    rig.logSeq = 9;
    const answerNow = rig.answerLater();
    rig.catchUps.take(joined(9));
    rig.catchUps.stop();
    answerNow();
    expect(await rig.take()).toEqual(["joined 3"]);
    rig.open();
    expect(await rig.take(joined(9))).toEqual(["joined 3", ...range(4, 9).map(({ seq }) => `message ${seq}`)]);
  });

  it("is told at once who comes and goes, whatever messages wait", async () => {
    rig.logSeq = 12;
    rig.answerLater();
    expect(await rig.take(joined(12), message(13), left)).toEqual(["joined 3", "member-left"]);
  });
});

describe("somebody who found a room empty, and whose connection was lost", () => {
  it("gets all that was said since, not only the last few", async () => {
    rig.logSeq = 9;
    await rig.take(joined(0));
    expect(await rig.take(joined(9))).toEqual(["joined 0", ...range(1, 9).map(({ seq }) => `message ${seq}`)]);
  });
});
