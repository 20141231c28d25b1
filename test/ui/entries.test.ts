import { describe, expect, test } from "vitest";
import { Entries, pieceEntriesMax } from "../../ui/store/model/entries.ts";
import type { TimelineEntry } from "../../ui/store/model/entry.ts";
import { nobody } from "../../ui/store/text/mentions.ts";
import { fc, property } from "../support/property.ts";
import { message } from "./story.ts";

const entry = (seq: number): TimelineEntry => {
  const made = message(seq);
  return {
    kind: "message",
    key: `key-${seq}`,
    message: made,
    own: false,
    unconfirmed: false,
    away: false,
    meant: nobody,
    former: false,
  };
};
const line = (n: number): TimelineEntry => ({ kind: "returned", key: `line-${n}`, missed: false });
const listed = (entries: readonly TimelineEntry[]) => entries.reduce((all, one) => all.inserted(one), Entries.none);
const count = 3 * pieceEntriesMax + 7;
const many = listed(Array.from({ length: count }, (_, index) => entry(index)));

/** A change, as a kind and a number from 0 to 1 for its place. */
const changes = fc.array(
  fc.tuple(fc.constantFrom("insert", "replace", "drop"), fc.double({ min: 0, max: 1, noNaN: true })),
  { maxLength: 60 },
);

describe("a list of entries", () => {
  property("is what an array would be, whatever is done to it", [changes], (done) => {
    let array = [...many];
    let entries = many;
    for (const [index, [kind, where]] of done.entries()) {
      const at = Math.floor(where * array.length);
      if (kind === "drop") {
        array = array.slice(at >> 2);
        entries = entries.withoutFirst(at >> 2);
      } else if (kind === "insert" || at === array.length) {
        array = array.toSpliced(at, 0, line(index));
        entries = entries.inserted(line(index), at);
      } else {
        array = array.with(at, line(index));
        entries = entries.with(at, line(index));
      }
    }
    expect([...entries]).toEqual(array);
    expect([...entries.reversed()]).toEqual(array.toReversed());
    expect(entries.length).toBe(array.length);
    const [from, to] = [array.length >> 2, array.length >> 1];
    expect(entries.slice(from, to)).toEqual(array.slice(from, to));
    expect(entries.at(from)).toBe(array[from]);
    expect(entries.pieces.every(({ length }) => length > 0 && length <= pieceEntriesMax)).toBe(true);
  });

  test("is not changed by what is made of it", () => {
    const before = [...many];
    many.inserted(line(1)).inserted(line(2), 0).with(5, line(3)).withoutFirst(9);
    expect([...many]).toEqual(before);
  });

  test("shares with what is made of it all pieces but one", () => {
    const after = many.inserted(line(1));
    expect(after.pieces.filter((piece) => !many.pieces.includes(piece))).toHaveLength(1);
  });

  test("finds what it holds by its key and by its msgid", () => {
    expect(many.positionOf("key-1000")).toBe(1_000);
    expect(many.positionOf("msg-1000")).toBe(1_000);
    expect(many.messageOf("msg-3")).toBe(many.at(3));
    expect(many.positionOf("nowhere")).toBe(-1);
    expect(many.messageOf("nowhere")).toBeUndefined();
    expect(many.messageOf(undefined)).toBeUndefined();
  });

  test("finds its first and last message, and the last of those for which it is so, among lines", () => {
    const entries = listed([line(1), entry(1), line(2), entry(2), entry(3), line(3)]);
    expect(entries.firstMessage).toBe(entries.at(1));
    expect(entries.lastMessage).toBe(entries.at(4));
    expect(entries.lastMessageWhere((one) => one.message.seq < 3)).toBe(3);
    expect(entries.lastMessageWhere(() => false)).toBe(-1);
    expect(entries.nextMessageFrom(2)).toBe(3);
    expect(entries.nextMessageFrom(5)).toBeUndefined();
    expect(many.lastMessageWhere((one) => one.message.seq <= pieceEntriesMax)).toBe(pieceEntriesMax);
  });

  test("of nothing has nothing", () => {
    expect(Entries.none.firstMessage).toBeUndefined();
    expect(Entries.none.lastMessage).toBeUndefined();
    expect(Entries.none.at(0)).toBeUndefined();
    expect(Entries.none.positionOf("key-1")).toBe(-1);
    expect(many.withoutFirst(count).length).toBe(0);
  });
});
