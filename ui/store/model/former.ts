/**
 * What becomes of a room when its numbers begin anew, because the server has another log now, or the reader is another person:
 * what is here stays, before all that follows, as something that the server does not know by these numbers any more.
 */
import { Entries } from "./entries.ts";
import type { MessageEntry, TimelineEntry } from "./entry.ts";
import type { RoomState } from "./state.ts";
import { addLine, firstSpan, missingBetween } from "./timeline.ts";

/** The room after that: all messages are former, and none of the new numbers is known yet. */
export function sealed(room: RoomState): RoomState {
  const isOnlyFormer = room.entries.lastMessage?.former ?? true;
  return {
    ...room,
    entries: isOnlyFormer ? room.entries : Entries.of([...sealedEntries(room)]),
    complete: room.complete || firstSpan(room)?.from === 1,
    ...{ known: [], lostAfter: [], lastSeq: 0, readSeq: 0, markedSeq: 0, unreadAfter: undefined },
  };
}

/** The same, with a line saying that the server's messages were replaced. */
export function replaced(room: RoomState, key: string): RoomState {
  const isOnlyFormer = room.entries.lastMessage?.former ?? true;
  return isOnlyFormer ? sealed(room) : addLine(sealed(room), { kind: "replaced", key });
}

/** Whatever was missing between former messages is missing for good, and is marked. */
function* sealedEntries({ entries, known }: RoomState): Generator<TimelineEntry> {
  let previous: MessageEntry | undefined;
  for (const entry of entries) {
    if (entry.kind === "message") {
      if (missingBetween(previous, entry, known) !== undefined) yield { kind: "missing", key: `missing ${entry.key}` };
      previous = entry;
    }
    yield entry.kind === "message" && !entry.former ? { ...entry, former: true } : entry;
  }
}
