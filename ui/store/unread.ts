/** How much of a room the reader has not seen, and what of it is about them. */
import type { Message } from "../../protocol/events.ts";
import { escaped } from "./mentions.ts";
import type { RoomState } from "./state.ts";

export interface Unread {
  messages: number;
  /** Of those, the messages that name the reader. */
  mentions: number;
}

export function unreadOf(room: RoomState, ownName: string | undefined): Unread {
  const messages = unreadMessages(room);
  const named = ownName === undefined ? [] : messages.filter(({ text }) => mentions(text, ownName));
  return { messages: messages.length, mentions: named.length };
}

/** Those of others, newest first. */
export function unreadMessages(room: RoomState): Message[] {
  const unread: Message[] = [];
  for (let at = room.entries.length - 1; at >= 0; at -= 1) {
    const entry = room.entries[at];
    if (entry?.kind !== "message") continue;
    if (entry.life !== room.life || entry.message.seq <= room.readSeq) break;
    if (!entry.own && !entry.message.deleted) unread.push(entry.message);
  }
  return unread;
}

/** Of all rooms together. */
export function totalUnread(rooms: ReadonlyMap<string, RoomState>, ownName: string | undefined): Unread {
  const each = [...rooms.values()].map((room) => unreadOf(room, ownName));
  return each.reduce(
    (sum, { messages, mentions }) => ({ messages: sum.messages + messages, mentions: sum.mentions + mentions }),
    { messages: 0, mentions: 0 },
  );
}

/** Whether a text names somebody: as a word of its own, in capitals or not. */
export function mentions(text: string, name: string): boolean {
  return new RegExp(String.raw`(?<![\p{L}\p{N}_])${escaped(name)}(?![\p{L}\p{N}_])`, "iu").test(text);
}
