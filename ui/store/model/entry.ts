/** What a room's log consists of: messages, and the lines between them. */
import type { EventOf, Message } from "../../../protocol/events.ts";
import type { Meant } from "../text/mentions.ts";

export interface MessageEntry {
  kind: "message";
  key: string;
  message: Message;
  own: boolean;
  unconfirmed: boolean;
  /** The recipient was not here when it was sent. */
  away: boolean;
  /** Decided when the message arrived or was changed. */
  meant: Meant;
  /** The room's numbers have begun anew since: the server does not find it by its `seq`. */
  former: boolean;
}

export type LineEvent = EventOf<"member-joined" | "member-left" | "member-renamed" | "topic" | "notice">;

/**
 * What is told between the messages. `returned`: the connection was lost and is back; `replaced`: the server has a log of
 * its own from here on, in which nothing is of what stands above.
 */
export type LineEntry =
  | { kind: "line"; key: string; event: LineEvent; own: boolean }
  | { kind: "returned"; key: string; missed: boolean }
  | { kind: "replaced"; key: string };

/** Between two former messages: there were others, which nobody has any more. */
export interface MissingEntry {
  kind: "missing";
  key: string;
}

export type TimelineEntry = MessageEntry | LineEntry | MissingEntry;
