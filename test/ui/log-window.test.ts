import { describe, expect, test } from "vitest";
import { Entries } from "../../ui/store/model/entries.ts";
import type { TimelineEntry } from "../../ui/store/model/entry.ts";
import {
  around,
  type EntryRange,
  earlier,
  endOf,
  followedEntriesMax,
  following,
  later,
  rangeOf,
  staying,
  windowEntriesMax,
  windowOf,
  windowStep,
} from "../../ui/store/selectors/log-window.ts";

const line = (key: number): TimelineEntry => ({ kind: "returned", key: String(key), missed: false });
const log = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).reduce(
    (all, one) => all.inserted(one),
    Entries.none,
  );
const entries = log(0, 2_000);
const size = ({ from, to }: EntryRange) => to - from;

describe("the window", () => {
  test("stays at its entries when others are added before them or dropped", () => {
    const window = windowOf(entries, { from: 500, to: 700 });
    expect(rangeOf(entries, window)).toEqual({ from: 500, to: 700 });
    expect(rangeOf(entries.inserted(line(-1), 0), window)).toEqual({ from: 501, to: 701 });
    expect(rangeOf(entries.withoutFirst(100), window)).toEqual({ from: 400, to: 600 });
  });

  test("that reaches the end goes along with it", () => {
    const window = windowOf(entries, endOf(entries));
    expect(rangeOf(entries.inserted(line(2_000)), window)).toEqual({ from: 2_000 - windowStep, to: 2_001 });
  });

  test("whose entries are gone is at the end", () => {
    expect(rangeOf(log(0, 50), windowOf(entries, { from: 500, to: 700 }))).toEqual({ from: 0, to: 50 });
  });

  test("of who follows the end does not grow with it", () => {
    expect(following(entries, { from: 2_000 - followedEntriesMax, to: 2_000 })).toEqual({
      from: 2_000 - followedEntriesMax,
      to: 2_000,
    });
    expect(following(entries, { from: 1_999 - followedEntriesMax, to: 2_000 })).toEqual(endOf(entries));
    expect(following(entries, { from: 100, to: 200 })).toEqual(endOf(entries));
  });

  test("of who reads is left as it is, until it is too large; then it is around what they read", () => {
    expect(staying(entries, { from: 0, to: windowEntriesMax }, 50)).toEqual({ from: 0, to: windowEntriesMax });
    const cut = staying(entries, { from: 0, to: windowEntriesMax + 1 }, 50);
    expect(cut).toEqual(around(entries, 50));
    expect(size(staying(entries, { from: 0, to: 1_000 }, -1))).toBeLessThanOrEqual(windowEntriesMax);
  });

  test("moves to both ends without growing too large", () => {
    let part = endOf(entries);
    while (part.from > 0) {
      part = earlier(part);
      expect(size(part)).toBeLessThanOrEqual(windowEntriesMax);
    }
    while (part.to < entries.length) {
      part = later(entries, part);
      expect(size(part)).toBeLessThanOrEqual(windowEntriesMax);
    }
    expect(part).toEqual({ from: 2_000 - windowEntriesMax, to: 2_000 });
  });
});
