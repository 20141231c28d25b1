/**
 * What the message list shows, from what happened: day separators, groups of one author's messages, lines between. It
 * knows neither language nor looks.
 */
import type { Entry, LineEntry, OutgoingMessage } from "./state.ts";

/** Messages of one author further apart than this, in ms, begin a new group. */
export const groupGapMs = 5 * 60_000;

export type Shown = { state: "sent" | "unconfirmed" | "pending" } | { state: "failed"; code: string; message: string };

/** A message as it is shown, whether it has its place in the room or not. */
export interface LogMessage {
  key: string;
  author: string;
  own: boolean;
  /** The other person, when the message is between two. */
  privateWith: string | undefined;
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

export type LogItem = LogGroup | { kind: "day"; key: string; time: string } | LineEntry;

export function logItems(entries: readonly Entry[], outbox: readonly OutgoingMessage[], ownName: string): LogItem[] {
  const items: LogItem[] = [];
  let day = "";
  let group: LogMessage[] = [];
  const beginDay = (time: string) => {
    const date = new Date(time).toDateString();
    if (date !== day) items.push({ kind: "day", key: `day ${time}`, time });
    if (date !== day) group = [];
    day = date;
  };
  const addMessage = (message: LogMessage) => {
    beginDay(message.time);
    const last = group.at(-1);
    if (last && belongTogether(last, message)) {
      group.push(message);
      return;
    }
    group = [message];
    items.push({ kind: "group", key: message.key, messages: group });
  };
  for (const entry of entries) {
    if (entry.kind === "message") addMessage(fromEntry(entry));
    else {
      if (entry.kind === "line") beginDay(entry.event.time);
      group = [];
      items.push(entry);
    }
  }
  for (const message of outbox) addMessage(fromOutgoing(message, ownName));
  return items;
}

function belongTogether(one: LogMessage, next: LogMessage): boolean {
  return (
    one.author === next.author &&
    one.own === next.own &&
    one.privateWith === next.privateWith &&
    !one.action &&
    !next.action &&
    Date.parse(next.time) - Date.parse(one.time) < groupGapMs
  );
}

function fromEntry({ key, message, own, unconfirmed }: Extract<Entry, { kind: "message" }>): LogMessage {
  const { from, text, action = false, time, room } = message;
  const privateWith = room.startsWith("@") ? (own ? room.slice(1) : from) : undefined;
  return {
    key,
    author: from,
    own,
    privateWith,
    text,
    action,
    time,
    shown: { state: unconfirmed ? "unconfirmed" : "sent" },
  };
}

function fromOutgoing({ id, room, text, action, time, delivery }: OutgoingMessage, author: string): LogMessage {
  const privateWith = room.startsWith("@") ? room.slice(1) : undefined;
  const shown: Shown =
    delivery.phase === "failed"
      ? { state: "failed", code: delivery.code, message: delivery.message }
      : { state: "pending" };
  return { key: id, author, own: true, privateWith, text, action, time, shown };
}

/** True for a message of one to six emoji and nothing else, which may be shown larger. */
export function isEmojiOnly(text: string): boolean {
  return /^\s*(?:\p{RGI_Emoji}\s*){1,6}$/v.test(text);
}
