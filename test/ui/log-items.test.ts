import { describe, expect, test } from "vitest";
import { groupGapMs, isEmojiOnly, type LogItem, logItems } from "../../ui/store/log-items.ts";
import type { Entry, OutgoingMessage } from "../../ui/store/state.ts";
import { at, message } from "./story.ts";

const entry = (seq: number, changes: Parameters<typeof message>[1] = {}): Entry => {
  const made = message(seq, changes);
  return { kind: "message", key: made.msgid, message: made, own: made.id !== undefined, unconfirmed: false, life: 1 };
};
/** `bruno: text 1, text 2` for a group, the kind for anything else. */
const shape = (items: LogItem[]) =>
  items.map((item) =>
    item.kind === "group"
      ? `${item.messages[0]?.author}: ${item.messages.map(({ text }) => text).join(", ")}`
      : item.kind,
  );

describe("the log", () => {
  test("groups what one author says without a pause, under the day", () => {
    expect(shape(logItems([entry(1), entry(2), entry(3, { from: "carla" }), entry(4)], [], "anna"))).toEqual([
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
    expect(shape(logItems([entry(1, { time: at(0) }), entry(2, { time })], [], "anna"))).toEqual(expected);
  });

  test("separates days, by the reader's clock", () => {
    const midnight = new Date(2026, 10, 22).getTime();
    const before = new Date(midnight - 1_000).toISOString();
    const after = new Date(midnight).toISOString();
    expect(shape(logItems([entry(1, { time: before }), entry(2, { time: after })], [], "anna"))).toEqual([
      "day",
      "bruno: text 1",
      "day",
      "bruno: text 2",
    ]);
  });

  test("keeps private messages, actions and what stands after a line apart", () => {
    const items = logItems(
      [
        entry(1),
        entry(2, { room: "@bruno" }),
        entry(3, { action: true }),
        entry(4, { action: true }),
        entry(5),
        { kind: "dropped", key: "gap" },
        entry(6),
      ],
      [],
      "anna",
    );
    expect(shape(items)).toEqual([
      "day",
      "bruno: text 1",
      "bruno: text 2",
      "bruno: text 3",
      "bruno: text 4",
      "bruno: text 5",
      "dropped",
      "bruno: text 6",
    ]);
  });

  test("knows the other person of a private message, whoever wrote it", () => {
    const items = logItems(
      [entry(1, { room: "@bruno" }), entry(2, { room: "@bruno", id: "id", from: "anna" })],
      [],
      "anna",
    );
    const groups = items.flatMap((item) => (item.kind === "group" ? item.messages : []));
    expect(groups.map((shown) => shown.privateWith)).toEqual(["bruno", "bruno"]);
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
    const group = logItems([entry(1)], [outgoing, failed], "anna").at(-1);
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
