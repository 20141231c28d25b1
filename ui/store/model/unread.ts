/** How much of a room the reader has not seen, and what of it is about them. */
import { isMessage, type Piece } from "./entries.ts";
import type { MessageEntry } from "./entry.ts";
import type { RoomState } from "./state.ts";

export interface Unread {
  messages: number;
  /** Of those, the messages that name the reader. */
  mentions: number;
}

const nothing: Unread = { messages: 0, mentions: 0 };

/** Those of others, newest first. @param after the `seq` to begin behind, if that is not read either */
export function* unreadMessages(room: RoomState, after = 0): Generator<MessageEntry> {
  for (const entry of room.entries.reversed()) {
    if (!isMessage(entry)) continue;
    const { life, message, own } = entry;
    if (life !== room.life || message.seq <= Math.max(room.readSeq, after)) return;
    if (!own && !message.deleted) yield entry;
  }
}

export function unreadOf(room: RoomState): Unread {
  // Nearly always nothing is, and it shows at once.
  if (room.readSeq >= room.lastSeq) return nothing;
  const lastRead = room.entries.lastMessageWhere(
    ({ life, message }) => life !== room.life || message.seq <= room.readSeq,
  );
  let unread = nothing;
  let end = room.entries.length;
  for (const piece of room.entries.pieces.toReversed()) {
    const start = end - piece.length;
    if (start > lastRead) unread = sum(unread, countedOf(piece));
    else return sum(unread, count(piece.slice(lastRead + 1 - start)));
    end = start;
  }
  return unread;
}

/** Of all rooms together. */
export function totalUnread(rooms: ReadonlyMap<string, RoomState>): Unread {
  return [...rooms.values()].map(unreadOf).reduce(sum, nothing);
}

function sum(one: Unread, other: Unread): Unread {
  return { messages: one.messages + other.messages, mentions: one.mentions + other.mentions };
}

const counted = new WeakMap<Piece, Unread>();

/** A piece never changes, so it is counted once; a room that nobody looks at may grow for hours. */
function countedOf(piece: Piece): Unread {
  const known = counted.get(piece);
  if (known) return known;
  const unread = count(piece);
  counted.set(piece, unread);
  return unread;
}

function count(entries: Piece): Unread {
  const messages = entries.filter(isMessage).filter(({ own, message }) => !own && !message.deleted);
  const about = messages.filter(({ meant }) => meant.own !== undefined);
  return { messages: messages.length, mentions: about.length };
}
