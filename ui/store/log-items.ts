/**
 * What the message list shows, from what happened: day separators, groups of one author's messages, lines between, and
 * where messages are missing. It knows neither language nor looks.
 */
import type { LineEntry, MessageEntry, OutgoingMessage, RoomState } from "./state.ts";

/** Messages of one author further apart than this, in ms, begin a new group. */
export const groupGapMs = 5 * 60_000;

/** Messages in one group: a group is drawn anew with each of its messages, so a monologue is cut. */
export const groupMessagesMax = 25;

export type Shown = { state: "sent" | "unconfirmed" | "pending" } | { state: "failed"; code: string; message: string };

/** A message as it is shown, whether it has its place in the room or not. */
export interface LogMessage {
  key: string;
  author: string;
  own: boolean;
  text: string;
  action: boolean;
  time: string;
  shown: Shown;
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
export type LoggedRoom = Pick<RoomState, "entries" | "life" | "unreadAfter" | "lostAfter">;

/** @param outbox the room's own messages on their way */
export function logItems(room: LoggedRoom, outbox: readonly OutgoingMessage[], ownName: string): LogItem[] {
  const log = new Log();
  let previous: MessageEntry | undefined;
  const firstUnread = firstUnreadOf(room);
  for (const entry of room.entries) {
    if (entry.kind === "message") {
      log.addLine(gapBetween(previous, entry, room));
      log.beginDay(entry.message.time);
      log.addLine(entry === firstUnread ? { kind: "unread", key: "unread" } : undefined);
      log.addMessage(fromEntry(entry));
      previous = entry;
    } else {
      if (entry.kind === "line") log.beginDay(entry.event.time);
      log.addLine(entry);
    }
  }
  for (const message of outbox) log.addMessage(fromOutgoing(message, ownName));
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

  addMessage(message: LogMessage): void {
    this.beginDay(message.time);
    const last = this.#group.at(-1);
    if (last && this.#group.length < groupMessagesMax && belongTogether(last, message)) {
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
      entry.kind === "message" && entry.life === life && entry.message.seq > unreadAfter && !entry.own,
  );
}

function gapBetween(
  one: MessageEntry | undefined,
  next: MessageEntry,
  { life, lostAfter }: LoggedRoom,
): LogGap | undefined {
  if (one?.life !== next.life || next.message.seq <= one.message.seq + 1) return undefined;
  const after = one.message.seq;
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

function fromEntry({ key, message, own, unconfirmed }: MessageEntry): LogMessage {
  const { from, text, action = false, time } = message;
  return { key, author: from, own, text, action, time, shown: { state: unconfirmed ? "unconfirmed" : "sent" } };
}

function fromOutgoing({ id, text, action, time, delivery }: OutgoingMessage, author: string): LogMessage {
  const shown: Shown =
    delivery.phase === "failed"
      ? { state: "failed", code: delivery.code, message: delivery.message }
      : { state: "pending" };
  return { key: id, author, own: true, text, action, time, shown };
}

/** True for a message of one to six emoji and nothing else, which may be shown larger. */
export function isEmojiOnly(text: string): boolean {
  return /^\s*(?:\p{RGI_Emoji}\s*){1,6}$/v.test(text);
}
