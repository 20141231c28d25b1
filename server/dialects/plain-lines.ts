/**
 * How events read in the plain dialect. The server's own lines begin with `* `, an action with `~ `, a private message
 * with `[`; everything else begins with a name. No name can begin like the first three, and every line of a message, and
 * every piece of a line that is cut, begins anew, so nobody can pass for the server or for somebody else.
 */
import type {
  Entry,
  EventOf,
  FoundMessage,
  LeaveReason,
  Message,
  PastMessage,
  RoomEvent,
} from "../../protocol/events.ts";
import { lobby, nameKey } from "../../protocol/names.ts";
import type { Texts } from "./texts/en.ts";

/** A line in two parts: the head says who speaks, and stands before every piece of a text that has to be cut. */
export interface PlainLine {
  head: string;
  text: string;
}

/** A line of the server's own. */
export function serverLine(text: string): PlainLine {
  return { head: "* ", text };
}

/** What the lines are made with. */
export interface Wording {
  texts: Texts;
  /** A message, as it is now, that another is about. */
  find: (msgid: string) => Pick<PastMessage, "from" | "text" | "time" | "deleted"> | undefined;
}

/** A message, or as much of it as there is. */
type Said = Pick<Message, "from" | "text" | "action"> & Partial<Omit<PastMessage, "type">>;

/** Characters of a message that stand where another one is about it. */
const QUOTE_CHARS = 40;

/** What a message says, as its readers see it. `text` may have several lines; each becomes one of its own. */
export function messageLines(wording: Wording, message: Said & { room: string }): PlainLine[] {
  const { room, from } = message;
  if (room.startsWith("@")) return headed(privateHead(wording, room, from), saidLines(wording, "", message));
  return saidLines(wording, `${from}: `, message);
}

/** What stands before the lines of a private conversation. @param room `@name` of the other person */
function privateHead({ texts }: Wording, room: string, from: string): string {
  const other = room.slice(1);
  return `[${nameKey(from) === nameKey(other) ? texts.privateFrom(other) : texts.privateTo(other)}] `;
}

/** What a message answers, its text, and what became of it. */
function saidLines(wording: Wording, head: string, message: Said): PlainLine[] {
  const { from, action, reply } = message;
  // A line of the server's own, for anybody can type a quotation.
  const answered = reply === undefined ? [] : [serverLine(wording.texts.answers(from, quoted(wording, reply)))];
  const lines = `${message.text}${marksOf(wording.texts, message)}`.split("\n");
  return [...answered, ...lines.map((text) => ({ head: action ? `~ ${from} ` : head, text }))];
}

function marksOf(texts: Texts, { edited, deleted, reactions = [] }: Said): string {
  const marks = [
    ...(deleted ? [texts.deleted] : []),
    ...(edited ? [texts.edited] : []),
    ...(reactions.length > 0 ? [`[${reactions.map(({ emoji, count }) => `${emoji} ${count}`).join(", ")}]`] : []),
  ];
  return marks.length === 0 || deleted ? marks.join(" ") : ` ${marks.join(" ")}`;
}

/** The author and the beginning of a message. */
function quoted({ texts, find }: Wording, msgid: string): string {
  const message = find(msgid);
  if (!message) return texts.aMessage;
  const line = message.deleted ? texts.deleted : message.text.replace(/\s+/g, " ");
  const characters = [...line];
  const isLong = characters.length > QUOTE_CHARS;
  return `${message.from}: ${isLong ? `${characters.slice(0, QUOTE_CHARS).join("")}…` : line}`;
}

function headed(head: string, lines: readonly PlainLine[]): PlainLine[] {
  return lines.map((line) => ({ head: head + line.head, text: line.text }));
}

/** What was done to a message. */
function changeLines(wording: Wording, change: Exclude<Entry, Message>): PlainLine[] {
  const { texts, find } = wording;
  const { from, msgid } = change;
  switch (change.type) {
    case "edit":
      return change.text.split("\n").map((text) => ({ head: `* ${texts.changed(from)}`, text }));
    case "delete":
      return [serverLine(texts.removed(from, minuteOf(find(msgid)?.time)))];
    case "react":
      return [serverLine(texts.reacted(from, change.emoji, change.on, quoted(wording, msgid)))];
  }
}

/** Messages of the past, each line with the minute it was said in, so that nobody takes them for new ones. */
export function pastLines(wording: Wording, room: string, messages: readonly PastMessage[]): PlainLine[] {
  return messages.flatMap((message) =>
    headed(`[${minuteOf(message.time)}] `, messageLines(wording, { ...message, room })),
  );
}

/** The last messages of a room; nothing when there are none. */
export function historyLines(wording: Wording, room: string, messages: readonly PastMessage[] = []): PlainLine[] {
  if (messages.length === 0) return [];
  return [serverLine(wording.texts.recent(messages.length)), ...pastLines(wording, room, messages)];
}

/** A message that was found, with its room, or the other person, and its minute. */
export function foundLines(wording: Wording, found: FoundMessage): PlainLine[] {
  return headed(`[${found.room}] [${minuteOf(found.time)}] `, saidLines(wording, `${found.from}: `, found));
}

/** The Swedish way of writing dates is the international one. Made once: that takes longer than writing a thousand dates. */
const minutes = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" });

/** An ISO 8601 time in the server's time zone, `2026-11-21 10:04`; of none, nothing. */
function minuteOf(time: string | undefined): string {
  return time === undefined ? "" : minutes.format(new Date(time));
}

/** What somebody sees who enters a room: its name unless it is the lobby, its topic, its people, its last messages. */
function joinedLines(wording: Wording, { room, topic = "", members, recent }: EventOf<"joined">): PlainLine[] {
  const { texts } = wording;
  const lines = [texts.members(members)];
  if (topic !== "") lines.unshift(texts.topic(room, topic));
  if (room !== lobby) lines.unshift(texts.youAreIn(room));
  return [...lines.map(serverLine), ...historyLines(wording, room, recent)];
}

/** What happens in a room that its reader is in, but does not look at: each line says where. */
export function elsewhereLines(wording: Wording, entry: Entry): PlainLine[] {
  return headed(`[${entry.room}] `, eventLines(wording, entry));
}

/** The lines that tell an event; none for what a person on plain text does not need to hear. */
export function eventLines(wording: Wording, event: RoomEvent): PlainLine[] {
  const { texts } = wording;
  switch (event.type) {
    case "message":
      return messageLines(wording, event);
    case "edit":
    case "delete":
    case "react":
      return event.room.startsWith("@")
        ? headed(privateHead(wording, event.room, event.from), changeLines(wording, event))
        : changeLines(wording, event);
    case "read":
    case "typing":
    case "member-away":
      return [];
    case "joined":
      return joinedLines(wording, event);
    case "member-joined":
      return [serverLine(texts.joined(event.name, event.room, event.count))];
    case "member-left":
      return [serverLine(texts.left(event.name, event.room, event.count, event.reason as LeaveReason))];
    case "topic":
      return [serverLine(texts.topicChanged(event.from, event.room, event.topic))];
    case "member-renamed":
      return [serverLine(texts.renamed(event.from, event.to))];
    case "notice":
      return [serverLine(event.text)];
  }
}
