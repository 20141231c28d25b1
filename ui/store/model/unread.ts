/** How many messages of a room the reader has not seen, and how many of those are about them. */
import { isMessage, type Piece } from "./entries.ts";
import type { MessageEntry } from "./entry.ts";
import type { RoomState } from "./state.ts";

export interface Unread {
  messages: number;
  /** How many of them mention the reader. */
  mentions: number;
}

const nothing: Unread = { messages: 0, mentions: 0 };

/** Those of others, newest first. @param told the keys of messages to begin behind, if they are not read either */
export function* unreadMessages(room: RoomState, told?: ReadonlySet<string>): Generator<MessageEntry> {
  for (const entry of room.entries.reversed()) {
    if (!isMessage(entry)) continue;
    const { former, message, own, key } = entry;
    if (former || message.seq <= room.readSeq || told?.has(key)) return;
    if (!own && !message.deleted) yield entry;
  }
}

export function unreadOf(room: RoomState): Unread {
  // Nearly always everything is read, and this is the quick way to know.
  if (room.readSeq >= room.lastSeq) return nothing;
  const lastRead = room.entries.lastMessageWhere(({ former, message }) => former || message.seq <= room.readSeq);
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

/** The total over all rooms. */
export function totalUnread(rooms: ReadonlyMap<string, RoomState>): Unread {
  return [...rooms.values()].map(unreadOf).reduce(sum, nothing);
}

function sum(one: Unread, other: Unread): Unread {
  return { messages: one.messages + other.messages, mentions: one.mentions + other.mentions };
}

const counted = new WeakMap<Piece, Unread>();

/** Cached by piece, since a piece never changes: a room that nobody looks at may grow for hours. */
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
