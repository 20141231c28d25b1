/** How much of a room the reader has not seen, and what of it is about them. */
import type { Message } from "../../protocol/events.ts";
import { isMessage, type Piece } from "./entries.ts";
import { escaped } from "./mentions.ts";
import type { RoomState } from "./state.ts";

export interface Unread {
  messages: number;
  /** Of those, the messages that name the reader. */
  mentions: number;
}

const nothing: Unread = { messages: 0, mentions: 0 };

/** Those of others, newest first. @param after the `seq` to begin behind, if that is not read either */
export function* unreadMessages(room: RoomState, after = 0): Generator<Message> {
  for (const entry of room.entries.reversed()) {
    if (!isMessage(entry)) continue;
    const { life, message, own } = entry;
    if (life !== room.life || message.seq <= Math.max(room.readSeq, after)) return;
    if (!own && !message.deleted) yield message;
  }
}

export function unreadOf(room: RoomState, ownName: string | undefined): Unread {
  // Nearly always nothing is, and it shows at once.
  if (room.readSeq >= room.lastSeq) return nothing;
  const lastRead = room.entries.lastMessageWhere(
    ({ life, message }) => life !== room.life || message.seq <= room.readSeq,
  );
  let unread = nothing;
  let end = room.entries.length;
  for (const piece of room.entries.pieces.toReversed()) {
    const start = end - piece.length;
    if (start > lastRead) unread = sum(unread, countedOf(piece, ownName));
    else return sum(unread, count(piece.slice(lastRead + 1 - start), ownName));
    end = start;
  }
  return unread;
}

/** Of all rooms together. */
export function totalUnread(rooms: ReadonlyMap<string, RoomState>, ownName: string | undefined): Unread {
  return [...rooms.values()].map((room) => unreadOf(room, ownName)).reduce(sum, nothing);
}

function sum(one: Unread, other: Unread): Unread {
  return { messages: one.messages + other.messages, mentions: one.mentions + other.mentions };
}

const counted = new WeakMap<Piece, { ownName: string | undefined; unread: Unread }>();

/** A piece never changes, so it is counted once; a room that nobody looks at may grow for hours. */
function countedOf(piece: Piece, ownName: string | undefined): Unread {
  const known = counted.get(piece);
  if (known && known.ownName === ownName) return known.unread;
  const unread = count(piece, ownName);
  counted.set(piece, { ownName, unread });
  return unread;
}

function count(entries: Piece, ownName: string | undefined): Unread {
  const messages = entries.filter(isMessage).filter(({ own, message }) => !own && !message.deleted);
  const about = messages.filter(({ message }) => ownName !== undefined && mentions(message.text, ownName));
  return { messages: messages.length, mentions: about.length };
}

/** Whether a text names somebody: as a word of its own, in capitals or not. */
export function mentions(text: string, name: string): boolean {
  return patternOf(name).test(text);
}

let pattern: { name: string; matcher: RegExp } | undefined;

/** The one for the name that was asked for last, which is nearly always the reader's. */
function patternOf(name: string): RegExp {
  if (pattern?.name !== name) pattern = { name, matcher: toPattern(name) };
  return pattern.matcher;
}

function toPattern(name: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}_])${escaped(name)}(?![\p{L}\p{N}_])`, "iu");
}
