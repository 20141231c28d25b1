import { describe, expect, test } from "vitest";
import type { KeptEvent } from "../../protocol/bridge-events.ts";
import type { HistoryEntry } from "../../protocol/events.ts";
import { addEvent } from "../../ui/store/model/events.ts";
import { entriesMax, initialState, type PageState, type RoomState, roomOf } from "../../ui/store/model/state.ts";
import { addHistory, addMessage } from "../../ui/store/model/timeline.ts";
import { unreadOf } from "../../ui/store/model/unread.ts";
import { earlierOf } from "../../ui/store/selectors/earlier.ts";
import { logItems } from "../../ui/store/selectors/log-items.ts";
import { edit, joined, message, numbered, past, react, remove, salotto } from "./story.ts";

const fresh: PageState = { ...initialState("anna"), epoch: "epoch-1", upstream: salotto };
const told = (...events: KeptEvent[]) => numbered(1, joined(0, "anna"), ...events).reduce(addEvent, fresh);
const lobby = (state: PageState) => roomOf(state, "lobby");
const kinds = (room: RoomState) => logItems(room, [], "anna").map(({ kind }) => kind);
const shown = (room: RoomState) =>
  logItems(room, [], "anna").flatMap((item) => (item.kind === "group" ? item.messages : []));
const reader = { ...initialState("anna"), upstream: salotto };
const bare = ({ room: _, ...entry }: ReturnType<typeof edit | typeof remove | typeof react>): HistoryEntry => entry;

describe("a message", () => {
  test("has the text that it was given last, and says so", () => {
    const room = lobby(told(message(1), edit(2, 1, "better"), edit(3, 1, "best")));
    expect(shown(room)).toMatchObject([{ text: "best", edited: true }]);
  });

  test("keeps its text when the server has forgotten what it was changed to", () => {
    const room = lobby(told(message(1), edit(2, 1, "better")));
    const forgotten = { asked: { before: 4 }, entries: [bare(edit(3, 1, ""))], more: false };
    expect(shown(addHistory(room, forgotten, reader))).toMatchObject([{ text: "better" }]);
  });

  test("that was deleted leaves its place, without text and reactions", () => {
    const room = lobby(told(message(1), react(2, 1, "👍", "carla"), remove(3, 1), message(4)));
    expect(shown(room)).toMatchObject([{ text: "", deleted: true, reactions: [] }, { text: "text 4" }]);
  });

  test("has the reactions that were told last", () => {
    const room = lobby(told(message(1), react(2, 1, "👍", "carla"), react(3, 1, "👍", "carla", "anna")));
    expect(shown(room)[0]?.reactions).toEqual([{ emoji: "👍", count: 2, from: ["carla", "anna"], own: true }]);
  });

  test("keeps that one of them is the reader's, though the others alone are told by name", () => {
    const six = ["anna", "b", "c", "d", "e", "f"];
    const reacted = told(message(1), react(2, 1, "👍", "anna"), react(3, 1, "👍", ...six));
    const moved = react(4, 1, "👍", "b", "c", "d", "e", "f", "anna", "g");
    expect(shown(lobby(addEvent(reacted, { n: 5, event: moved })))[0]?.reactions).toEqual([
      { emoji: "👍", count: 7, from: ["b", "c", "d", "e", "f"], own: true },
    ]);
    const back = { ...react(4, 1, "👍", "b"), from: "anna", on: false };
    expect(shown(lobby(addEvent(reacted, { n: 5, event: back })))[0]?.reactions).toEqual([
      { emoji: "👍", count: 1, from: ["b"] },
    ]);
  });

  test("has reactions of several kinds, each as it was told last", () => {
    const room = lobby(told(message(1), react(2, 1, "👍", "carla"), react(3, 1, "🎉", "dario"), react(4, 1, "👍")));
    expect(shown(room)[0]?.reactions).toEqual([{ emoji: "🎉", count: 1, from: ["dario"] }]);
  });

  test("that answers another shows it as it is now, and that it is not here when it is not", () => {
    const room = lobby(
      told(message(1), message(2, { reply: "msg-1" }), message(3, { reply: "gone" }), edit(4, 1, "new")),
    );
    expect(shown(room).map(({ quote }) => quote)).toEqual([
      undefined,
      { msgid: "msg-1", author: "bruno", text: "new" },
      { msgid: "gone", text: "" },
    ]);
  });

  test("of another room, or one that is not here, is not touched", () => {
    const before = told(message(1));
    const elsewhere = addEvent(before, { n: 3, event: { ...edit(1, 1, "no"), room: "@carla" } });
    expect(elsewhere.rooms.size).toBe(1);
    expect(shown(lobby(addEvent(before, { n: 3, event: edit(2, 99, "no") })))).toMatchObject([{ text: "text 1" }]);
  });
});

describe("nothing is missing", () => {
  test("where the numbers between two messages are of changes, whatever they changed", () => {
    expect(kinds(lobby(told(message(1), edit(2, 1, "x"), remove(3, 99), message(4))))).toEqual(["day", "group"]);
  });

  test("where the changes are told later, out of their order", () => {
    const room = lobby(told(message(1), message(4)));
    expect(kinds(room)).toContain("gap");
    const entries = [bare(edit(2, 1, "x")), bare(react(3, 1, "👍"))];
    expect(kinds(addHistory(room, { asked: { after: 1 }, entries, more: false }, reader))).not.toContain("gap");
  });

  test("but where it is, and that begins after the last number that is known", () => {
    const room = lobby(told(message(1), edit(2, 1, "x"), message(6)));
    expect(logItems(room, [], "anna").find(({ kind }) => kind === "gap")).toMatchObject({ after: 2, isForGood: false });
    const filled = addHistory(room, { asked: { after: 2 }, entries: [bare(edit(3, 1, "y"))], more: true }, reader);
    expect(logItems(filled, [], "anna").find(({ kind }) => kind === "gap")).toMatchObject({ after: 3 });
  });
});

describe("the past", () => {
  test("is asked for from before the first number that is known, though it is no message's", () => {
    const room = lobby(told(message(10)));
    expect(earlierOf(room)).toEqual({ kind: "more", before: 10 });
    const entries = [bare(edit(8, 1, "x")), bare(edit(9, 1, "y"))];
    const more = addHistory(room, { asked: { before: 10 }, entries, more: true }, reader);
    expect(earlierOf(more)).toEqual({ kind: "more", before: 8 });
  });

  test("tells known messages as they are now", () => {
    const room = lobby(told(message(1), react(2, 1, "👍", "carla")));
    const entries = past(1, 1).map((entry) => ({ ...entry, text: "new", edited: true }));
    const now = shown(addHistory(room, { asked: { around: "msg-1" }, entries, more: false }, reader));
    expect(now).toMatchObject([{ text: "new", edited: true, reactions: [] }]);
  });

  test("around a place far away leaves a gap to what is here, on both its sides", () => {
    const room = lobby(told(message(1), message(100)));
    const there = addHistory(room, { asked: { around: "msg-50" }, entries: past(49, 51), more: true }, reader);
    expect(kinds(there)).toEqual(["day", "group", "gap", "group", "gap", "group"]);
  });

  test("around a place far away has room, however much is here", () => {
    const first = 10_000;
    let room = lobby(told());
    for (let i = 0; i < entriesMax; i++) room = addMessage(room, message(first + i), reader);
    const there = addHistory(room, { asked: { around: "msg-50" }, entries: past(1, 100), more: true }, reader);
    expect(there.entries).toHaveLength(entriesMax);
    expect(there.entries.firstMessage).toMatchObject({ message: { seq: 1 } });
    expect(there.entries.lastMessage).toMatchObject({ message: { seq: first + entriesMax - 1 } });
    const items = logItems(there, [], "anna");
    expect(items.filter(({ kind }) => kind === "gap")).toMatchObject([{ after: 100 }]);
  });
});

describe("what is unread", () => {
  const elsewhere = { ...fresh, current: "dev" };
  const unread = (...events: KeptEvent[]) =>
    unreadOf(lobby(numbered(1, joined(0, "anna"), ...events).reduce(addEvent, elsewhere)));

  test("are messages, not what was done to them, and none that was deleted", () => {
    expect(unread(message(1), edit(2, 1, "x"), react(3, 1, "👍", "carla")).messages).toBe(1);
    expect(unread(message(1), message(2), remove(3, 1)).messages).toBe(1);
  });
});
