/**
 * What the message list shows, from what happened: day separators, groups of one author's messages, lines between, and
 * where messages are missing. It knows neither language nor looks.
 */
import type { Reaction } from "../../../protocol/events.ts";
import { isMessage } from "../model/entries.ts";
import type { LineEntry, MessageEntry, MissingEntry } from "../model/entry.ts";
import type { Delivery, OutgoingMessage, RoomState } from "../model/state.ts";
import { missingBetween } from "../model/timeline.ts";
import type { Meant } from "../text/mentions.ts";
import { unreadBeyond } from "./earlier.ts";
import type { Part } from "./log-window.ts";

/** Messages of one author further apart than this, in ms, begin a new group. */
export const groupGapMs = 5 * 60_000;

/**
 * A group is drawn anew with each of its messages, so a monologue is cut: after so many messages, where the next number of
 * the room is beyond a multiple of `groupCutSeq`. So the cuts stay where they are, wherever one begins to look.
 */
export const groupMessagesMin = 10;
export const groupCutSeq = 25;

/** `waiting`: it goes off when the connection is back. */
export type Shown =
  | { state: "sent" | "unconfirmed" | "pending" | "waiting" }
  | { state: "failed"; code: string; message: string };

/** The message that another one answers; without an author it is not here. */
export interface Quote {
  msgid: string;
  author?: string;
  text: string;
}

/** A message as it is shown, whether it has its place in the room or not. */
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
  reactions: readonly Reaction[];
  /** Absent while it has no place in the room. */
  meant?: Meant;
  quote?: Quote;
  /** Its numbers are no longer the room's: the server does not find it there. */
  former: boolean;
  /** Nobody was there to read it, and nothing was said since. */
  away: boolean;
}

export interface LogGroup {
  kind: "group";
  key: string;
  messages: readonly LogMessage[];
}

/** Messages that the server has, or had, and this page has not: those after a `seq`. */
export interface LogGap {
  kind: "gap";
  key: string;
  after: number;
  /** The server does not have them either. */
  isForGood: boolean;
}

export type LogItem =
  | LogGroup
  | { kind: "day"; key: string; time: string }
  | LogGap
  /** The messages from here on were said while the reader was elsewhere. */
  | { kind: "unread"; key: string }
  | LineEntry
  | MissingEntry;

/** What matters of a room for how it is shown. */
export type LoggedRoom = Pick<RoomState, "entries" | "known" | "unreadAfter" | "lostAfter">;

/**
 * @param outbox the room's own messages on their way, after everything else
 * @param part the positions of the first entry that is shown and of the one after the last; all by default
 */
export function logItems(
  room: LoggedRoom,
  outbox: readonly OutgoingMessage[],
  ownName: string,
  { from, to }: Part = { from: 0, to: room.entries.length },
): LogItem[] {
  const log = new Log();
  let previous: MessageEntry | undefined;
  const firstUnread = room.entries.at(firstUnreadAt(room));
  const last = room.entries.lastMessage;
  // A group that began before the part is cut where it is cut when all of it is shown.
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
  // They are cut as they will be once they have the numbers that come next.
  let seq = last?.message.seq ?? 0;
  for (const message of outbox) {
    seq += 1;
    log.addMessage(fromOutgoing(message, quoteOf(room, message.reply), ownName), seq);
  }
  return log.items;
}

/** The items so far, and what the next message has to do with them. */
class Log {
  readonly items: LogItem[] = [];
  #day = "";
  /** The group that goes on; undefined where one begins. */
  #group: LogMessage[] | undefined;
  /** How many messages it has, also those that are not shown, and its last one. */
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

  /** What there is so far is not shown; what follows belongs to it nevertheless. */
  forget(): void {
    this.items.length = 0;
    this.#group = undefined;
  }
}

function cutsBefore(seq: number): number {
  return Math.floor(seq / groupCutSeq);
}

/** Where the first message stands that is new to who has come back; -1 when none is, or it is not loaded. */
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
  quote: Quote | undefined,
  isLast: boolean,
) {
  const { msgid, from, text, action = false, time, edited = false, deleted = false, reactions = none } = message;
  const shown: Shown = { state: unconfirmed ? "unconfirmed" : "sent" };
  const said = { key, msgid, author: from, own, text, action, time, shown };
  const done = { edited, deleted, reactions, meant, former, away: away && isLast };
  return quote === undefined ? { ...said, ...done } : { ...said, ...done, quote };
}

function fromOutgoing(message: OutgoingMessage, quote: Quote | undefined, author: string): LogMessage {
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

/** What a message answers. */
function quoteOf({ entries }: LoggedRoom, msgid: string | undefined): Quote | undefined {
  if (msgid === undefined) return undefined;
  const entry = entries.messageOf(msgid);
  return entry ? { msgid, author: entry.message.from, text: entry.message.text } : { msgid, text: "" };
}

/** True for a message of one to six emoji and nothing else, which may be shown larger. */
export function isEmojiOnly(text: string): boolean {
  return /^\s*(?:\p{RGI_Emoji}\s*){1,6}$/v.test(text);
}
