/**
 * Turns a room's entries into what the message list shows: day separators, groups of one author's messages, lines
 * between, and gaps. It knows neither language nor looks.
 */
import type { Reaction } from "../../../protocol/events.ts";
import { isMessage } from "../model/entries.ts";
import type { LineEntry, MessageEntry, MissingEntry } from "../model/entry.ts";
import type { Delivery, OutgoingMessage, RoomState } from "../model/state.ts";
import { missingBetween } from "../model/timeline.ts";
import type { Meant } from "../text/mentions.ts";
import { unreadBeyond } from "./earlier.ts";
import type { EntryRange } from "./log-window.ts";

/** Messages of one author further apart than this, in ms, begin a new group. */
export const groupGapMs = 5 * 60_000;

/**
 * A group is redrawn with each of its messages, so a monologue is cut: after this many messages, where the room's next
 * number passes a multiple of `groupCutSeq`. The cuts therefore stay in place wherever drawing begins.
 */
export const groupMessagesMin = 10;
export const groupCutSeq = 25;

/** `waiting`: it will be sent when the connection is back. */
export type Shown =
  | { state: "sent" | "unconfirmed" | "pending" | "waiting" }
  | { state: "failed"; code: string; message: string };

/** The message that another one replies to; without an author when the page does not have it. */
export interface RepliedTo {
  msgid: string;
  author?: string;
  text: string;
}

/** A message as it is shown, with or without a place in the room. */
export interface LogMessage {
  key: string;
  author: string;
  own: boolean;
  text: string;
  action: boolean;
  time: string;
  shown: Shown;
  /** Absent while it has no place in the room. */
  msgid?: string;
  edited: boolean;
  deleted: boolean;
  /** The moderator who deleted it. */
  deletedBy?: string;
  reactions: readonly Reaction[];
  /** Absent while it has no place in the room. */
  meant?: Meant;
  quote?: RepliedTo;
  /** Its numbers are not the room's current ones, so the server cannot find it. */
  former: boolean;
  /** Nobody was there to read it, and nothing was said since. */
  away: boolean;
}

export interface LogGroup {
  kind: "group";
  key: string;
  messages: readonly LogMessage[];
}

/** Messages after a `seq` that the server has, or had, and this page does not. */
export interface LogGap {
  kind: "gap";
  key: string;
  after: number;
  /** The server no longer has them either. */
  isForGood: boolean;
}

export type LogItem =
  | LogGroup
  | { kind: "day"; key: string; time: string }
  | LogGap
  /** The messages from here on arrived while the reader was elsewhere. */
  | { kind: "unread"; key: string }
  | LineEntry
  | MissingEntry;

/** The parts of a room that affect how it is shown. */
export type LoggedRoom = Pick<RoomState, "entries" | "known" | "unreadAfter" | "lostAfter">;

/**
 * @param outbox the room's own messages on their way, shown at the end
 * @param part the position of the first entry to show and the one after the last; everything by default
 */
export function logItems(
  room: LoggedRoom,
  outbox: readonly OutgoingMessage[],
  ownName: string,
  { from, to }: EntryRange = { from: 0, to: room.entries.length },
): LogItem[] {
  const log = new Log();
  let previous: MessageEntry | undefined;
  const firstUnread = room.entries.at(firstUnreadAt(room));
  const last = room.entries.lastMessage;
  // A group that began before the part must be cut in the same places as in the full log.
  const begin = Math.max(from - groupMessagesMin, 0);
  for (const [index, entry] of room.entries.slice(begin, to).entries()) {
    if (begin + index === from) log.forget();
    if (isMessage(entry)) {
      log.addLine(gapBetween(previous, entry, room));
      log.beginDay(entry.message.time);
      log.addLine(entry === firstUnread ? { kind: "unread", key: "unread" } : undefined);
      log.addMessage(fromEntry(entry, quoteOf(room, entry.message.reply), entry === last), entry.message.seq);
      previous = entry;
    } else {
      if (entry.kind === "line") log.beginDay(entry.event.time);
      log.addLine(entry);
    }
  }
  // Pending messages are cut as they will be once they have the next numbers.
  let seq = last?.message.seq ?? 0;
  for (const message of outbox) {
    seq += 1;
    log.addMessage(fromOutgoing(message, quoteOf(room, message.reply), ownName), seq);
  }
  return log.items;
}

/** Collects the items, and decides how the next message joins them. */
class Log {
  readonly items: LogItem[] = [];
  #day = "";
  /** The group that the next message may continue; undefined where a new one begins. */
  #group: LogMessage[] | undefined;
  /** How many messages the group has, including those that are not shown, and the last of them. */
  #count = 0;
  #last: LogMessage | undefined;
  #lastSeq = 0;

  beginDay(time: string): void {
    const day = new Date(time).toDateString();
    if (day !== this.#day) this.addLine({ kind: "day", key: `day ${time}`, time });
    this.#day = day;
  }

  addMessage(message: LogMessage, seq: number): void {
    this.beginDay(message.time);
    const isCut = this.#count >= groupMessagesMin && cutsBefore(seq) !== cutsBefore(this.#lastSeq);
    const goesOn = this.#last !== undefined && !isCut && belongTogether(this.#last, message);
    this.#count = goesOn ? this.#count + 1 : 1;
    this.#last = message;
    this.#lastSeq = seq;
    if (goesOn && this.#group) {
      this.#group.push(message);
      return;
    }
    this.#group = [message];
    this.items.push({ kind: "group", key: message.key, messages: this.#group });
  }

  addLine(line: Exclude<LogItem, LogGroup> | undefined): void {
    if (!line) return;
    this.items.push(line);
    this.#group = undefined;
    this.#last = undefined;
  }

  /** Drops the items so far from the result, while what follows may still belong to their group. */
  forget(): void {
    this.items.length = 0;
    this.#group = undefined;
  }
}

function cutsBefore(seq: number): number {
  return Math.floor(seq / groupCutSeq);
}

/** The position of the first message that is new to a returning reader; -1 when there is none, or it is not loaded. */
export function firstUnreadAt(room: LoggedRoom): number {
  const { entries, unreadAfter } = room;
  if (unreadAfter === undefined || unreadBeyond(room) !== undefined) return -1;
  const isRead = (entry: MessageEntry) => entry.former || entry.message.seq <= unreadAfter;
  for (let at = entries.lastMessageWhere(isRead) + 1; at < entries.length; at++) {
    const entry = entries.at(at);
    if (entry?.kind === "message" && !entry.own && !entry.message.deleted) return at;
  }
  return -1;
}

function gapBetween(
  one: MessageEntry | undefined,
  next: MessageEntry,
  { known, lostAfter }: LoggedRoom,
): LogGap | undefined {
  const after = missingBetween(one, next, known);
  if (after === undefined) return undefined;
  return { kind: "gap", key: `gap ${after}`, after, isForGood: lostAfter.includes(after) };
}

function belongTogether(one: LogMessage, next: LogMessage): boolean {
  return (
    one.author === next.author &&
    one.own === next.own &&
    !one.action &&
    !next.action &&
    Date.parse(next.time) - Date.parse(one.time) < groupGapMs
  );
}

function fromEntry(
  { key, message, own, unconfirmed, away, meant, former }: MessageEntry,
  quote: RepliedTo | undefined,
  isLast: boolean,
) {
  const { msgid, from, text, action = false, time, edited = false, deleted = false, reactions = none } = message;
  const shown: Shown = { state: unconfirmed ? "unconfirmed" : "sent" };
  const said = { key, msgid, author: from, own, text, action, time, shown };
  const by = message.deletedBy === undefined ? {} : { deletedBy: message.deletedBy };
  const done = { edited, deleted, ...by, reactions, meant, former, away: away && isLast };
  return quote === undefined ? { ...said, ...done } : { ...said, ...done, quote };
}

function fromOutgoing(message: OutgoingMessage, quote: RepliedTo | undefined, author: string): LogMessage {
  const { id, text, action, time, delivery } = message;
  const said = { key: id, author, own: true, text, action, time, shown: shownOf(delivery) };
  const done = { edited: false, deleted: false, reactions: none, former: false, away: false };
  return quote === undefined ? { ...said, ...done } : { ...said, ...done, quote };
}

const none: readonly Reaction[] = [];

function shownOf(delivery: Delivery): Shown {
  switch (delivery.phase) {
    case "failed":
      return { state: "failed", code: delivery.code, message: delivery.message };
    case "queued":
      return { state: "waiting" };
    default:
      return { state: "pending" };
  }
}

/** The message that a message replies to. */
function quoteOf({ entries }: LoggedRoom, msgid: string | undefined): RepliedTo | undefined {
  if (msgid === undefined) return undefined;
  const entry = entries.messageOf(msgid);
  return entry ? { msgid, author: entry.message.from, text: entry.message.text } : { msgid, text: "" };
}

/** True for a message of one to six emoji and nothing else, which may be shown larger. */
export function isEmojiOnly(text: string): boolean {
  return /^\s*(?:\p{RGI_Emoji}\s*){1,6}$/v.test(text);
}
