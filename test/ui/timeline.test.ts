import { describe, expect, test } from "vitest";
import type { NumberedEvent } from "../../protocol/bridge-events.ts";
import { type ChatState, entriesMax, initialState } from "../../ui/store/state.ts";
import { addEvent, addMessage } from "../../ui/store/timeline.ts";
import { at, joined, legacy, message, numbered, salotto } from "./story.ts";

const fresh: ChatState = { ...initialState("anna"), epoch: "epoch-1", upstream: salotto };
const told = (state: ChatState, events: NumberedEvent[]) => events.reduce(addEvent, state);
const shape = (state: ChatState) =>
  state.entries.map((entry) => (entry.kind === "message" ? entry.message.text : entry.kind));

describe("events", () => {
  test("that were told already change nothing", () => {
    const once = told(fresh, numbered(1, joined(0, "anna"), message(1)));
    expect(told(once, numbered(1, joined(0, "anna"), message(1)))).toBe(once);
  });

  test("that the bridge no longer had leave a mark where they were", () => {
    const state = told(fresh, numbered(1, joined(0, "anna"), message(1)));
    expect(shape(told(state, numbered(5, message(4))))).toEqual(["text 1", "dropped", "text 4"]);
  });

  test("keep the list of people", () => {
    const line = { room: "lobby", count: 2, time: at(0) };
    const state = told(
      fresh,
      numbered(
        1,
        joined(0, "anna", "bruno"),
        { type: "member-joined", name: "carla", ...line },
        { type: "member-joined", name: "carla", ...line },
        { type: "member-renamed", room: "lobby", from: "bruno", to: "bruno rossi", time: at(0) },
        { type: "member-left", name: "anna", reason: "quit", ...line },
      ),
    );
    expect(state.members.toSorted()).toEqual(["bruno rossi", "carla"]);
  });

  test("beyond the bound push out the oldest", () => {
    const all = Array.from({ length: entriesMax }, (_, index) => message(index + 1));
    const full = told(fresh, numbered(1, ...all));
    expect(full.entries).toHaveLength(entriesMax);
    const over = told(full, numbered(entriesMax + 1, message(entriesMax + 1)));
    expect(over.entries).toHaveLength(entriesMax);
    expect(shape(over).at(0)).toBe("text 2");
    expect(shape(over).at(-1)).toBe(`text ${entriesMax + 1}`);
  });
});

describe("joining again", () => {
  const before = told(fresh, numbered(1, joined(0, "anna"), message(1)));
  const marks = (state: ChatState) => state.entries.flatMap((entry) => (entry.kind === "returned" ? entry.missed : []));

  test.each([
    ["nothing was said meanwhile", 1, salotto, false],
    ["something was said meanwhile", 4, salotto, true],
    ["the server starts its count anew", 0, salotto, true],
    ["an old server cannot tell", 1, legacy, true],
  ])("when %s (seq %i) leaves the mark that fits", (_, seq, upstream, missed) => {
    expect(marks(told({ ...before, upstream }, numbered(3, joined(seq, "anna"))))).toEqual([missed]);
  });

  test("for the first time leaves no mark", () => {
    expect(marks(before)).toEqual([]);
  });
});

describe("an own message", () => {
  const own = (seq: number) =>
    message(seq, { id: `id-${seq}`, msgid: `own-${seq}`, from: "anna", text: `mine ${seq}` });
  const room = told(fresh, numbered(1, joined(0, "anna"), message(1), message(3), message(4)));

  test("stands where its seq puts it, though its answer comes later", () => {
    expect(shape(addMessage(room, own(2)))).toEqual(["text 1", "mine 2", "text 3", "text 4"]);
    expect(shape(addMessage(room, own(5)))).toEqual(["text 1", "text 3", "text 4", "mine 5"]);
  });

  test("stays below what happened before it when a restarted server counts anew", () => {
    const again = told(room, numbered(5, joined(0, "anna")));
    expect(shape(addMessage(again, { ...own(1), time: at(10) }))).toEqual([
      "text 1",
      "text 3",
      "text 4",
      "returned",
      "mine 1",
    ]);
  });

  test("told both as an answer and as an event is there once", () => {
    const answered = addMessage(room, own(5));
    expect(shape(told(answered, numbered(5, own(5))))).toEqual(shape(answered));
  });

  test("that was not confirmed is confirmed by its event, under the same key", () => {
    const unconfirmed = addMessage(room, own(5), true);
    const [before] = unconfirmed.entries.slice(-1);
    const [confirmed] = addMessage(unconfirmed, { ...own(5), msgid: "from-the-echo" }).entries.slice(-1);
    expect(before).toMatchObject({ unconfirmed: true });
    expect(confirmed).toMatchObject({ unconfirmed: false, key: before?.key });
  });
});
