import { expect, test } from "vitest";
import { pieceEntriesMax } from "../../ui/store/model/entries.ts";
import { initialState, newRoom, type RoomState } from "../../ui/store/model/state.ts";
import { addMessage } from "../../ui/store/model/timeline.ts";
import { unreadOf } from "../../ui/store/model/unread.ts";
import { unreadBeyond } from "../../ui/store/selectors/earlier.ts";
import { message, salotto } from "./story.ts";

const count = 3 * pieceEntriesMax;
const reader = { ...initialState("anna"), upstream: salotto };
/** Every tenth message mentions the reader. */
const said = (seq: number) => message(seq, { text: seq % 10 === 0 ? "Anna!" : "hello" });
const room: RoomState = Array.from({ length: count }, (_, index) => index + 1).reduce(
  (all, seq) => ({ ...addMessage(all, said(seq), reader), lastSeq: seq }),
  newRoom("dev"),
);

test.each([0, 1, pieceEntriesMax - 1, pieceEntriesMax, pieceEntriesMax + 5, count - 1, count])(
  "of a long room that is read up to %i, the rest is unread",
  (readSeq) => {
    const mentions = Math.floor(count / 10) - Math.floor(readSeq / 10);
    expect(unreadOf({ ...room, readSeq })).toEqual({ messages: count - readSeq, mentions });
    // Asked again.
    expect(unreadOf({ ...room, readSeq }).mentions).toBe(mentions);
  },
);

test.each([
  ["is missing on this page", [{ from: 1, to: 4 }], [], 6],
  ["is here", [{ from: 7, to: 9 }], [], undefined],
  ["was asked for, and nobody has it", [{ from: 1, to: 4 }], [6], undefined],
])("what follows the last read message %s", (_what, known, lostAfter, expected) => {
  expect(unreadBeyond({ known, lostAfter, unreadAfter: 6 })).toBe(expected);
});
