/**
 * What the message list shows, from what happened: day separators, groups of one author's messages, lines between, and
 * where messages are missing. It knows neither language nor looks.
 */
import type { Reaction } from "../../protocol/events.ts";
import { spanOf } from "./known.ts";
import type { Delivery, LineEntry, MessageEntry, OutgoingMessage, RoomState } from "./state.ts";

/** Messages of one author further apart than this, in ms, begin a new group. */
export const groupGapMs = 5 * 60_000;

/** Messages between two places where a monologue is cut: a group is drawn anew with each of its messages. */
export const groupMessagesMax = 25;

/** Messages that a group has at least before it is cut. */
const groupMessagesMin = 10;

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
  | LineEntry;

/** The part of a room that is shown. */
export type LoggedRoom = Pick<RoomState, "entries" | "known" | "life" | "unreadAfter" | "lostAfter">;

/** @param outbox the room's own messages on their way */
export function logItems(room: LoggedRoom, outbox: readonly OutgoingMessage[], ownName: string): LogItem[] {
  const log = new Log();
  let previous: MessageEntry | undefined;
  const firstUnread = firstUnreadOf(room);
  const quote = quoting(room);
  const last = room.entries.findLast((entry) => entry.kind === "message");
  for (const entry of room.entries) {
    if (entry.kind === "message") {
      log.addLine(gapBetween(previous, entry, room));
      log.beginDay(entry.message.time);
      log.addLine(entry === firstUnread ? { kind: "unread", key: "unread" } : undefined);
      log.addMessage(
        fromEntry(entry, quote(entry.message.reply), { isLast: entry === last, former: entry.life !== room.life }),
        entry.message.seq,
      );
      previous = entry;
    } else {
      if (entry.kind === "line") log.beginDay(entry.event.time);
      log.addLine(entry);
    }
  }
  for (const message of outbox) log.addMessage(fromOutgoing(message, quote(message.reply), ownName));
  return log.items;
}

/** The items so far, and what the next message has to do with them. */
class Log {
  readonly items: LogItem[] = [];
  #day = "";
  #group: LogMessage[] = [];

  beginDay(time: string): void {
    const day = new Date(time).toDateString();
    if (day !== this.#day) this.addLine({ kind: "day", key: `day ${time}`, time });
    this.#day = day;
  }

  /** @param seq its place in the room; undefined while it has none */
  addMessage(message: LogMessage, seq?: number): void {
    this.beginDay(message.time);
    const last = this.#group.at(-1);
    // Where a monologue is cut depends on its numbers: the groups stay the same when messages before them go.
    const isCut =
      seq === undefined
        ? this.#group.length >= groupMessagesMax
        : seq % groupMessagesMax === 0 && this.#group.length >= groupMessagesMin;
    if (last && !isCut && belongTogether(last, message)) {
      this.#group.push(message);
      return;
    }
    this.#group = [message];
    this.items.push({ kind: "group", key: message.key, messages: this.#group });
  }

  addLine(line: Exclude<LogItem, LogGroup> | undefined): void {
    if (!line) return;
    this.items.push(line);
    this.#group = [];
  }
}

function firstUnreadOf({ entries, life, unreadAfter }: LoggedRoom): MessageEntry | undefined {
  if (unreadAfter === undefined) return undefined;
  return entries.find(
    (entry): entry is MessageEntry =>
      entry.kind === "message" &&
      entry.life === life &&
      entry.message.seq > unreadAfter &&
      !entry.own &&
      !entry.message.deleted,
  );
}

/** Changes to messages have numbers too, so that two messages with others between them may be neighbours all the same. */
function gapBetween(
  one: MessageEntry | undefined,
  next: MessageEntry,
  { known, life, lostAfter }: LoggedRoom,
): LogGap | undefined {
  if (one?.life !== next.life) return undefined;
  const after = spanOf(known, one.life, one.message.seq).to;
  if (next.message.seq <= after + 1) return undefined;
  return {
    kind: "gap",
    key: `gap ${one.life} ${after}`,
    after,
    isForGood: one.life !== life || lostAfter.includes(after),
  };
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
  { key, message, own, unconfirmed, away }: MessageEntry,
  quote: Quote | undefined,
  { isLast, former }: { isLast: boolean; former: boolean },
) {
  const { msgid, from, text, action = false, time, edited = false, deleted = false, reactions = none } = message;
  const shown: Shown = { state: unconfirmed ? "unconfirmed" : "sent" };
  const said = { key, msgid, author: from, own, text, action, time, shown };
  const done = { edited, deleted, reactions, former, away: away && isLast };
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

/** Finds what messages answer; the list is looked through only when one does. */
function quoting({ entries }: LoggedRoom): (msgid: string | undefined) => Quote | undefined {
  let messages: Map<string, MessageEntry> | undefined;
  return (msgid) => {
    if (msgid === undefined) return undefined;
    messages ??= new Map(entries.flatMap((entry) => (entry.kind === "message" ? [[entry.message.msgid, entry]] : [])));
    const entry = messages.get(msgid);
    return entry ? { msgid, author: entry.message.from, text: entry.message.text } : { msgid, text: "" };
  };
}

/** True for a message of one to six emoji and nothing else, which may be shown larger. */
export function isEmojiOnly(text: string): boolean {
  return /^\s*(?:\p{RGI_Emoji}\s*){1,6}$/v.test(text);
}
