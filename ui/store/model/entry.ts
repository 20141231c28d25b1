/** What stands in the log of a room: what people said, and the lines between. */
import type { EventOf, Message } from "../../../protocol/events.ts";
import type { Meant } from "../text/mentions.ts";

export interface MessageEntry {
  kind: "message";
  key: string;
  message: Message;
  own: boolean;
  unconfirmed: boolean;
  /** The person it is for was not here when it was sent. */
  away: boolean;
  /** Decided when it came, or was changed. */
  meant: Meant;
  /** Counts the times that the room's numbers began anew: `seq` is comparable only within one. */
  life: number;
}

export type LineEvent = EventOf<"member-joined" | "member-left" | "member-renamed" | "topic" | "notice">;

/** What is told between the messages. `returned`: the connection was lost and is back. */
export type LineEntry =
  | { kind: "line"; key: string; event: LineEvent; own: boolean }
  | { kind: "returned"; key: string; missed: boolean };

export type TimelineEntry = MessageEntry | LineEntry;
