/**
 * How events read in the plain dialect. The server's own lines begin with `* `, an action with `~ `, a private message
 * with `[`; everything else begins with a name. No name can begin like the first three, and every line of a message, and
 * every piece of a line that is cut, begins anew, so nobody can pass for the server or for somebody else.
 */
import type { EventOf, FoundMessage, LeaveReason, Message, PastMessage, RoomEvent } from "../../protocol/events.ts";
import { lobby } from "../../protocol/names.ts";
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

type Said = Pick<Message, "from" | "text" | "action">;

/** What a message says, as its readers see it. `text` may have several lines; each becomes one of its own. */
export function messageLines(texts: Texts, message: Said & { room: string }): PlainLine[] {
  const { room, from } = message;
  return room.startsWith("@") ? privateLines(texts.privateFrom(from), message) : saidLines(`${from}: `, message);
}

/** A private message, under a heading that says who wrote to whom. */
export function privateLines(heading: string, message: Said): PlainLine[] {
  return headed(`[${heading}] `, saidLines("", message));
}

function saidLines(head: string, { from, text, action }: Said): PlainLine[] {
  return text.split("\n").map((line) => ({ head: action ? `~ ${from} ` : head, text: line }));
}

function headed(head: string, lines: readonly PlainLine[]): PlainLine[] {
  return lines.map((line) => ({ head: head + line.head, text: line.text }));
}

/** Messages of the past, each line with the minute it was said in, so that nobody takes them for new ones. */
export function historyLines(texts: Texts, room: string, recent: readonly PastMessage[] = []): PlainLine[] {
  if (recent.length === 0) return [];
  const lines = recent.flatMap((message) =>
    headed(`[${minuteOf(message.time)}] `, messageLines(texts, { ...message, room })),
  );
  return [serverLine(texts.recent(recent.length)), ...lines];
}

/** A message that was found, with its room, or the other person, and its minute. */
export function foundLines(found: FoundMessage): PlainLine[] {
  return headed(`[${found.room}] [${minuteOf(found.time)}] `, saidLines(`${found.from}: `, found));
}

/** An ISO 8601 time in the server's time zone, `2026-11-21 10:04`. */
function minuteOf(time: string): string {
  // The Swedish way of writing dates is the international one.
  return new Date(time).toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });
}

/** What somebody sees who enters a room: its name unless it is the lobby, its topic, its people, its last messages. */
function joinedLines(texts: Texts, { room, topic = "", members, recent }: EventOf<"joined">): PlainLine[] {
  const lines = [texts.members(members.map(({ name }) => name))];
  if (topic !== "") lines.unshift(texts.topic(room, topic));
  if (room !== lobby) lines.unshift(texts.youAreIn(room));
  return [...lines.map(serverLine), ...historyLines(texts, room, recent)];
}

/** A message in a room that its reader is in, but does not look at: each line says where. */
export function elsewhereLines(texts: Texts, message: Message): PlainLine[] {
  return headed(`[${message.room}] `, messageLines(texts, message));
}

/** The lines that tell an event; none for what a person on plain text does not need to hear. */
export function eventLines(texts: Texts, event: RoomEvent): PlainLine[] {
  switch (event.type) {
    case "message":
      return messageLines(texts, event);
    case "joined":
      return joinedLines(texts, event);
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
