/** What a room's log consists of: messages, and the lines between them. */
import type { EventOf, Message } from "../../../protocol/events.ts";
import type { Meant } from "../text/mentions.ts";

/** `deletedBy`: the moderator who deleted it, as far as the page was told. */
export type ToldMessage = Message & { deletedBy?: string };

export interface MessageEntry {
  kind: "message";
  key: string;
  message: ToldMessage;
  own: boolean;
  unconfirmed: boolean;
  /** The recipient was not here when it was sent. */
  away: boolean;
  /** Decided when the message arrived or was changed. */
  meant: Meant;
  /** The room's numbers have started over since, so its `seq` means nothing to the server any more. */
  former: boolean;
}

export type LineEvent = EventOf<
  "member-joined" | "member-left" | "member-renamed" | "topic" | "room-settings" | "role" | "notice"
>;

/**
 * Lines between the messages. `returned`: the connection was lost and restored; `replaced`: the server has another log
 * from here on, without the messages above.
 */
export type LineEntry =
  | { kind: "line"; key: string; event: LineEvent; own: boolean }
  | { kind: "returned"; key: string; missed: boolean }
  | { kind: "replaced"; key: string };

/** Between two former messages: others are missing for good. */
export interface MissingEntry {
  kind: "missing";
  key: string;
}

export type TimelineEntry = MessageEntry | LineEntry | MissingEntry;
