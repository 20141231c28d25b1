/** How long messages are kept, whatever the clock says: what is removed cannot be brought back. */
import { describe, expect, test } from "vitest";

import { believeReading, dayMs } from "../../server/store/clock-belief.ts";
import { type RetentionRule, startRetention } from "../../server/store/retention.ts";
import type { ClockBelief } from "../../server/store/upkeep.ts";
import { draft, implementations } from "../contract/logs.ts";

const today = Date.parse("2026-11-21T10:00:00Z");
const at = (day: number) => new Date(today + day * dayMs);
const in2099 = 26_700;

describe.each(implementations)("a log %s", (_name, open) => {
  /** A chat in which somebody says something on each of these days, and the server is started on some of them. */
  function retained(keep: RetentionRule) {
    let day = 0;
    const log = open(() => at(day));
    const doubts: string[] = [];
    let done: Promise<unknown> = Promise.resolve();
    const then = (work: () => unknown) => {
      done = done.then(work);
      return kept;
    };
    const kept = {
      on: (next: number) =>
        then(() => {
          day = next;
        }),
      says: (text: string) => then(() => log.append([draft(crypto.randomUUID(), { text })])),
      /** Starts the server and ends it, when nothing more is to be removed. */
      starts: () =>
        then(async () => {
          const { first, stop } = startRetention({
            log: log.log,
            keep,
            now: () => at(day),
            forgotten: () => {},
            doubted: ({ clock }) => doubts.push(clock),
            failed: (error) => expect.fail(String(error)),
          });
          await first;
          stop();
        }),
    };
    const texts = async () => {
      await done;
      return (await log.messages("lobby", { limit: 1_000 })).map(({ text }) => text);
    };
    return { on: kept.on, texts, doubts };
  }

  test("messages older than the days to keep are removed", async () => {
    const { on, texts, doubts } = retained({ days: 30 });
    on(-31).says("old").on(-29).says("young").on(0).says("new").starts();
    expect(await texts()).toEqual(["young", "new"]);
    expect(doubts).toEqual([]);
  });

  test("a server that is started once in 2099 removes nothing, and says that the clock has jumped", async () => {
    const { on, texts, doubts } = retained({ days: 30 });
    on(-3).says("one").on(0).says("two").starts().on(in2099).starts();
    expect(await texts()).toEqual(["one", "two"]);
    expect(doubts).toEqual([at(in2099).toISOString()]);
    on(in2099)
      .says("in 2099")
      .starts()
      .on(in2099 + 0.5)
      .starts();
    on(1).says("three").starts().on(2).starts();
    expect(await texts()).toEqual(["one", "two", "in 2099", "three"]);
  });

  test("its first start may be the wrong one, whoever was here since", async () => {
    const { on, texts } = retained({ days: 30 });
    on(0)
      .says("one")
      .on(in2099)
      .starts()
      .says("two")
      .starts()
      .on(in2099 + 0.9)
      .starts();
    expect(await texts()).toEqual(["one", "two"]);
  });

  test("wrong in 2099 again and again, right in between, it removes nothing", async () => {
    const { on, texts } = retained({ days: 30 });
    on(0).says("one").starts();
    for (let day = 1; day < 10; day++)
      on(in2099 + day)
        .says("wrong")
        .starts()
        .on(day)
        .says("right")
        .starts();
    expect(await texts()).toContain("one");
    expect(await texts()).toHaveLength(19);
  });

  test("a clock that begins in 1970 at every start empties nothing", async () => {
    const { on, texts } = retained({ days: 30 });
    on(0).says("one").starts();
    for (let day = 1; day < 5; day++) on(-20_000).says(`slow ${day}`).starts().on(day).says(`right ${day}`).starts();
    expect(await texts()).toHaveLength(9);
  });

  test("nobody said anything for long: what is as old as the last thing that was said stays with it", async () => {
    const { on, texts } = retained({ days: 30 });
    on(-100).says("older").on(-65).says("old").on(-60).says("last").starts();
    for (let day = 0; day < 5; day++) on(day).starts();
    expect(await texts()).toEqual(["old", "last"]);
  });

  test("after a long time off, what is old then is removed a day later", async () => {
    const { on, texts, doubts } = retained({ days: 30 });
    on(-60).says("old").starts().on(0).says("new").starts();
    expect(await texts()).toEqual(["old", "new"]);
    on(0.5).starts();
    expect(await texts()).toEqual(["old", "new"]);
    on(1.01).starts();
    expect(await texts()).toEqual(["new"]);
    expect(doubts).not.toEqual([]);
  });

  test.each([1, 30, 999_999_999])("any number of days can be asked for: %i", async (days) => {
    const { on, texts } = retained({ days });
    on(0).says("one").starts();
    expect(await texts()).toEqual(["one"]);
  });
});

describe("a reading of the clock", () => {
  const day = (number: number) => today + number * dayMs;
  const belief = (believed: number, doubted?: number): ClockBelief => ({
    believedMs: day(believed),
    ...(doubted === undefined ? {} : { doubtedMs: day(doubted) }),
  });
  test.each<
    [what: string, before: ClockBelief | undefined, now: number, newest: number | undefined, after: ClockBelief]
  >([
    ["is believed when there is nothing to lose", undefined, 500, undefined, belief(500)],
    ["is believed near the newest message", undefined, 1, 0, belief(1)],
    ["is doubted far from the newest message", undefined, 3, 0, belief(0, 3)],
    ["is believed before a message that was stamped too late", undefined, 0, 900, belief(0)],
    ["is believed two days on", belief(0), 2, 0, belief(2)],
    ["is doubted more than two days on", belief(0), 2.1, 0, belief(0, 2.1)],
    ["is doubted far back", belief(0), -3, 0, belief(0, -3)],
    ["stays doubted for a day", belief(0, 50), 50.9, 0, belief(0, 50)],
    ["is believed after a day", belief(0, 50), 51, 0, belief(51)],
    ["is doubted anew when it jumps on from there, and the one before believed", belief(0, 50), 90, 0, belief(50, 90)],
    ["is not doubted any more when it is right again", belief(0, 50), 1, 0, belief(1)],
    ["is doubted anew when it jumps elsewhere", belief(0, 5_000), 50, 0, belief(0, 50)],
  ])("%s", (_what, before, now, newest, after) => {
    expect(believeReading(before, day(now), newest === undefined ? undefined : day(newest))).toEqual(after);
  });
});
