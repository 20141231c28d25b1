/** What comes before the first message of a room, as far as the page knows. */
import { isKnown } from "../model/seq-ranges.ts";
import { entriesMax, type RoomState } from "../model/state.ts";
import { firstSpan } from "../model/timeline.ts";

export type Earlier =
  /** Nothing: the first message is the first ever. */
  | { kind: "none" }
  /** Something before this `seq`. */
  | { kind: "more"; before: number }
  /** Messages that cannot be shown: the page has no room for them, or they were on a server that is gone. */
  | { kind: "beyond" };

export function earlierOf(room: RoomState): Earlier {
  if (room.complete || room.entries.firstMessage === undefined) return { kind: "none" };
  const first = firstSpan(room);
  if (first && first.from <= 1) return { kind: "none" };
  if (!first || room.entries.length >= entriesMax) return { kind: "beyond" };
  return { kind: "more", before: first.from };
}

/** The `seq` after which everything is unread, when the page does not have what follows it; undefined otherwise. */
export function unreadBeyond({
  known,
  lostAfter,
  unreadAfter,
}: Pick<RoomState, "known" | "lostAfter" | "unreadAfter">): number | undefined {
  if (unreadAfter === undefined || isKnown(known, unreadAfter + 1)) return undefined;
  return lostAfter.includes(unreadAfter) ? undefined : unreadAfter;
}
