import { describe, expect, test } from "vitest";
import { sealed } from "../../ui/store/model/former.ts";
import { entriesMax, initialState, newRoom, type RoomState } from "../../ui/store/model/state.ts";
import { addHistory, addLine, addMessage } from "../../ui/store/model/timeline.ts";
import { at, message, past, salotto } from "./story.ts";

const reader = { ...initialState("anna"), upstream: salotto };
const room = (...messages: Parameters<typeof message>[]): RoomState =>
  messages.reduce((state, told) => addMessage(state, message(...told), reader), newRoom("lobby"));
const shape = ({ entries }: RoomState) =>
  [...entries].map((entry) => (entry.kind === "message" ? entry.message.text : entry.kind));

describe("a message", () => {
  const own = (seq: number) =>
    message(seq, { id: `id-${seq}`, msgid: `own-${seq}`, from: "anna", text: `mine ${seq}` });
  const said = room([1], [3], [4]);

  test("stands where its seq puts it, whenever it comes", () => {
    expect(shape(addMessage(said, own(2), reader))).toEqual(["text 1", "mine 2", "text 3", "text 4"]);
    expect(shape(addMessage(said, own(5), reader))).toEqual(["text 1", "text 3", "text 4", "mine 5"]);
    expect(shape(addMessage(said, message(2), reader))).toEqual(["text 1", "text 2", "text 3", "text 4"]);
  });

  test("stays below what is of a former log, whatever the clock said there", () => {
    const again = addLine(sealed(said), { kind: "returned", key: "r", missed: true });
    const told = addMessage(again, { ...own(1), time: at(-10) }, reader);
    expect(shape(told)).toEqual(["text 1", "missing", "text 3", "text 4", "returned", "mine 1"]);
    const before = addMessage(told, message(2, { msgid: "other", text: "other" }), reader);
    expect(shape(before).slice(-2)).toEqual(["mine 1", "other"]);
  });

  test("of a former log that is told again stands in the present one, once, under the same key", () => {
    const again = sealed(room([1], [2], [3]));
    const told = addHistory(again, { asked: { before: 9 }, entries: past(1, 2), more: false }, reader);
    expect(shape(told)).toEqual(["text 3", "text 1", "text 2"]);
    expect([...told.entries].map((entry) => entry.kind === "message" && entry.former)).toEqual([true, false, false]);
    const live = addMessage(told, message(3), reader);
    expect(shape(live)).toEqual(["text 1", "text 2", "text 3"]);
    expect(live.entries.lastMessage?.key).toBe(again.entries.lastMessage?.key);
  });

  test("that was missed stands above the lines of a later time, which were told at once", () => {
    const line = { type: "notice", text: "", time: at(3) } as const;
    const told = addLine(room([1, { time: at(1) }]), { kind: "line", key: "l", event: line, own: false });
    expect(shape(addMessage(told, message(2, { time: at(2) }), reader))).toEqual(["text 1", "text 2", "line"]);
    expect(shape(addMessage(told, message(2, { time: at(4) }), reader))).toEqual(["text 1", "line", "text 2"]);
  });

  test("told twice is there once", () => {
    const told = addMessage(said, own(5), reader);
    expect(addMessage(told, own(5), reader)).toBe(told);
    // From the history, which has no ids.
    expect(addMessage(told, { ...own(5), id: undefined }, reader)).toBe(told);
  });

  test("that its event says is unconfirmed is so", () => {
    expect(addMessage(said, { ...own(5), unconfirmed: true }, reader).entries.lastMessage).toMatchObject({
      unconfirmed: true,
    });
    expect(addMessage(said, own(5), reader).entries.lastMessage).toMatchObject({ unconfirmed: false });
  });

  test("beyond the bound pushes out the oldest, and the beginning is no longer there", () => {
    const all = Array.from({ length: entriesMax }, (_, index) => [index + 1] as [number]);
    const full = { ...room(...all), complete: true };
    expect(full.entries).toHaveLength(entriesMax);
    const over = addMessage(full, message(entriesMax + 1), reader);
    expect(over.entries).toHaveLength(entriesMax);
    expect(shape(over).at(0)).toBe("text 2");
    expect(over.complete).toBe(false);
  });
});

describe("messages of the past", () => {
  test("go before the first one, until there are no more", () => {
    const some = addHistory(room([7]), { asked: { before: 7 }, entries: past(4, 6), more: true }, reader);
    expect(shape(some)).toEqual(["text 4", "text 5", "text 6", "text 7"]);
    expect(some.complete).toBe(false);
    const all = addHistory(some, { asked: { before: 4 }, entries: past(1, 3), more: false }, reader);
    expect(shape(all)).toHaveLength(7);
    expect(all.complete).toBe(true);
  });

  test("fill a gap, and are there once", () => {
    const filled = addHistory(room([1], [5]), { asked: { after: 1 }, entries: past(2, 6), more: false }, reader);
    expect(shape(filled)).toEqual(["text 1", "text 2", "text 3", "text 4", "text 5", "text 6"]);
    expect(filled.lostAfter).toEqual([]);
  });

  test("that the server no longer has leave the gap for good", () => {
    const asked = { after: 1 };
    expect(addHistory(room([1], [5]), { asked, entries: past(4, 5), more: false }, reader).lostAfter).toEqual([1]);
    expect(addHistory(room([1], [5]), { asked, entries: [], more: false }, reader).lostAfter).toEqual([1]);
  });
});
