import { describe, expect, test } from "vitest";
import { Entries } from "../../ui/store/model/entries.ts";
import type { TimelineEntry } from "../../ui/store/model/entry.ts";
import type { OutgoingMessage } from "../../ui/store/model/state.ts";
import {
  groupCutSeq,
  groupGapMs,
  groupMessagesMin,
  isEmojiOnly,
  type LoggedRoom,
  type LogItem,
  logItems,
} from "../../ui/store/selectors/log-items.ts";
import { nobody } from "../../ui/store/text/mentions.ts";
import { at, message } from "./story.ts";

const entry = (seq: number, changes: Parameters<typeof message>[1] = {}): TimelineEntry => {
  const made = message(seq, changes);
  return {
    kind: "message",
    key: made.msgid,
    message: made,
    own: made.id !== undefined,
    unconfirmed: false,
    away: false,
    meant: nobody,
    former: false,
  };
};
const room = (entries: TimelineEntry[], changes: Partial<Omit<LoggedRoom, "entries">> = {}): LoggedRoom => ({
  entries: entries.reduce((all, entry) => all.inserted(entry), Entries.none),
  known: [],
  unreadAfter: undefined,
  lostAfter: [],
  ...changes,
});
/** `bruno: text 1, text 2` for a group, the kind for anything else. */
const shape = (items: LogItem[]) =>
  items.map((item) =>
    item.kind === "group"
      ? `${item.messages[0]?.author}: ${item.messages.map(({ text }) => text).join(", ")}`
      : item.kind,
  );

describe("the log", () => {
  test("groups what one author says without a pause, under the day", () => {
    expect(shape(logItems(room([entry(1), entry(2), entry(3, { from: "carla" }), entry(4)]), [], "anna"))).toEqual([
      "day",
      "bruno: text 1, text 2",
      "carla: text 3",
      "bruno: text 4",
    ]);
  });

  test.each([
    [groupGapMs - 1, ["day", "bruno: text 1, text 2"]],
    [groupGapMs, ["day", "bruno: text 1", "bruno: text 2"]],
  ])("with %i ms between two messages shows %j", (gapMs, expected) => {
    const time = new Date(Date.parse(at(0)) + gapMs).toISOString();
    expect(shape(logItems(room([entry(1, { time: at(0) }), entry(2, { time })]), [], "anna"))).toEqual(expected);
  });

  describe("cuts a monologue, so that its every new message costs the drawing of a few", () => {
    const entries = Array.from({ length: 4 * groupCutSeq }, (_, index) => entry(index + 1));
    const groups = (from: number) =>
      logItems(room(entries), [], "anna", { from, to: entries.length }).flatMap((item) =>
        item.kind === "group" ? [item.messages.map(({ text }) => text)] : [],
      );

    test("into pieces of much the same size", () => {
      expect(groups(0).map(({ length }) => length)).toEqual([24, 25, 25, 25, 1]);
    });

    test("in the same places wherever one begins to look", () => {
      for (let from = 1; from < 2 * groupCutSeq; from++) {
        const rest = groups(0).map((texts) => texts.filter((text) => Number(text.slice("text ".length)) > from));
        expect(groups(from)).toEqual(rest.filter((texts) => texts.length > 0));
      }
    });

    test("but does not tear off the few messages that it begins with", () => {
      const few = entries.slice(groupCutSeq - groupMessagesMin - 1);
      expect(shape(logItems(room(few), [], "anna"))).toHaveLength(6);
      expect(shape(logItems(room(few.slice(1)), [], "anna"))).toHaveLength(5);
    });
  });

  test("separates days, by the reader's clock", () => {
    const midnight = new Date(2026, 10, 22).getTime();
    const before = new Date(midnight - 1_000).toISOString();
    const after = new Date(midnight).toISOString();
    expect(shape(logItems(room([entry(1, { time: before }), entry(2, { time: after })]), [], "anna"))).toEqual([
      "day",
      "bruno: text 1",
      "day",
      "bruno: text 2",
    ]);
  });

  test("keeps actions and what stands after a line apart", () => {
    const entries = [
      entry(1),
      entry(2, { action: true }),
      entry(3, { action: true }),
      entry(4),
      { kind: "returned" as const, key: "returned", missed: false },
      entry(5),
    ];
    expect(shape(logItems(room(entries), [], "anna"))).toEqual([
      "day",
      "bruno: text 1",
      "bruno: text 2",
      "bruno: text 3",
      "bruno: text 4",
      "returned",
      "bruno: text 5",
    ]);
  });

  test("says where messages are missing, and whether for good", () => {
    const entries = [entry(1), entry(2), entry(5), entry(8)];
    const items = logItems(room(entries, { lostAfter: [5] }), [], "anna");
    expect(shape(items)).toEqual(["day", "bruno: text 1, text 2", "gap", "bruno: text 5", "gap", "bruno: text 8"]);
    expect(items.filter(({ kind }) => kind === "gap")).toMatchObject([
      { after: 2, isForGood: false },
      { after: 5, isForGood: true },
    ]);
  });

  test("has a gap where the numbers began anew, unless what is there begins with the first of them", () => {
    const before: TimelineEntry = { ...entry(7), former: true } as TimelineEntry;
    const items = logItems(room([before, entry(5)]), [], "anna");
    expect(items.filter(({ kind }) => kind === "gap")).toMatchObject([{ after: 0, isForGood: false }]);
    expect(shape(logItems(room([before, entry(1)]), [], "anna"))).not.toContain("gap");
    const known = [{ from: 1, to: 5 }];
    expect(shape(logItems(room([before, entry(5)], { known }), [], "anna"))).not.toContain("gap");
  });

  test("says where what is new to the reader begins, own messages aside", () => {
    const own = entry(2, { from: "anna", id: "id" });
    const known = [{ from: 1, to: 3 }];
    expect(shape(logItems(room([entry(1), own, entry(3)], { known, unreadAfter: 1 }), [], "anna"))).toEqual([
      "day",
      "bruno: text 1",
      "anna: text 2",
      "unread",
      "bruno: text 3",
    ]);
  });

  test("does not say so above a message that is not the first of it", () => {
    const known = [{ from: 3, to: 3 }];
    expect(shape(logItems(room([entry(3)], { known, unreadAfter: 1 }), [], "anna"))).toEqual(["day", "bruno: text 3"]);
  });

  test("shows messages on their way last, with their state", () => {
    const outgoing: OutgoingMessage = {
      id: "id-1",
      room: "lobby",
      text: "mine",
      action: false,
      time: at(1),
      delivery: { phase: "sending" },
    };
    const failed: OutgoingMessage = {
      ...outgoing,
      id: "id-2",
      delivery: { phase: "failed", code: "busy", message: "!" },
    };
    const group = logItems(room([entry(1)]), [outgoing, failed], "anna").at(-1);
    expect(group?.kind === "group" && group.messages.map(({ author, shown }) => [author, shown])).toEqual([
      ["anna", { state: "pending" }],
      ["anna", { state: "failed", code: "busy", message: "!" }],
    ]);
  });
});

describe("a text of emoji only", () => {
  test.each(["😀", "👍🏽 🎉", "🇮🇹", "👩‍👩‍👧‍👦", "❤️", "1️⃣"])("is %j", (text) => expect(isEmojiOnly(text)).toBe(true));
  test.each(["", " ", "a", "1", "😀a", "😀".repeat(7)])("is not %j", (text) => expect(isEmojiOnly(text)).toBe(false));
});
