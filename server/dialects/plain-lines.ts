/**
 * How events read in the plain dialect. The server's own lines begin with `* `, an action with `~ `, a private message
 * with `[`; everything else begins with a name. No name can begin like the first three, and every line of a message
 * begins anew, so nobody can pass for the server or for somebody else.
 */
import type { LeaveReason, Message, PastMessage, RoomEvent } from "../../protocol/events.ts";
import type { Texts } from "./texts/en.ts";

/** A line of the server's own. */
export function serverLine(text: string): string {
  return `* ${text}`;
}

type Said = Pick<Message, "from" | "text" | "action">;

/** What a message says, as its readers see it. `text` may have several lines; each becomes one of its own. */
export function messageLines(texts: Texts, message: Said & { room: string }): string[] {
  const { room, from, text, action } = message;
  if (room.startsWith("@")) return privateLines(texts.privateFrom(from), message);
  return text.split("\n").map((line) => (action ? `~ ${from} ${line}` : `${from}: ${line}`));
}

/** A private message, under a heading that says who wrote to whom. */
export function privateLines(heading: string, { from, text, action }: Said): string[] {
  return text.split("\n").map((line) => `[${heading}] ${action ? `~ ${from} ${line}` : line}`);
}

/** Messages of the past, each line with the minute it was said in, so that nobody takes them for new ones. */
export function historyLines(texts: Texts, room: string, recent: readonly PastMessage[] = []): string[] {
  if (recent.length === 0) return [];
  const lines = recent.flatMap((message) =>
    messageLines(texts, { ...message, room }).map((line) => `[${minuteOf(message.time)}] ${line}`),
  );
  return [serverLine(texts.recent(recent.length)), ...lines];
}

/** An ISO 8601 time in the server's time zone, `2026-11-21 10:04`. */
function minuteOf(time: string): string {
  // The Swedish way of writing dates is the international one.
  return new Date(time).toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });
}

/** The lines that tell an event; none for what a person on plain text does not need to hear. */
export function eventLines(texts: Texts, event: RoomEvent): string[] {
  switch (event.type) {
    case "message":
      return messageLines(texts, event);
    case "joined":
      return [
        serverLine(texts.members(event.members.map(({ name }) => name))),
        ...historyLines(texts, event.room, event.recent),
      ];
    case "member-joined":
      return [serverLine(texts.joined(event.name, event.count))];
    case "member-left":
      return [serverLine(texts.left(event.name, event.count, event.reason as LeaveReason))];
    case "member-renamed":
      return [serverLine(texts.renamed(event.from, event.to))];
    case "notice":
      return [serverLine(event.text)];
  }
}
