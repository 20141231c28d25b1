/**
 * What the chat needs from the world and what it tells it, as interfaces: a log to keep messages in, an audience to
 * speak to, an observer to report to. The chat itself does no I/O and has no timers.
 */
import type { LeaveReason, RoomEvent } from "../../protocol/events.ts";
import type { SearchQuery } from "../../protocol/search.ts";

/** A message that has not been committed yet. */
export interface Draft {
  /** The log it goes to: a room's name, or the key of a private conversation. */
  conversation: string;
  /** The sender's own id for it, which nobody else is told: the same id in the same conversation is the same message. */
  id: string;
  from: string;
  text: string;
  action: boolean;
}

/** Where and when a message was committed. */
export interface Position {
  msgid: string;
  /** Its number in its conversation: 1, 2, 3 and so on, without gaps and never used twice. */
  seq: number;
  /** ISO 8601, UTC. */
  time: string;
}

export type Appended =
  /** `duplicate` is true when the id had been committed before: the position is that of the first time. */
  { ok: true; position: Position; duplicate: boolean } | { ok: false; code: "too-many-conversations" | "not-stored" };

/** A message as it was committed. */
export interface StoredMessage extends Position {
  from: string;
  text: string;
  action: boolean;
}

/** What is kept: messages from a moment on (ISO 8601), and so many of each conversation. Without either, everything. */
export interface Retention {
  since?: string;
  messagesMax?: number;
}

/** A message that was found, with the conversation it stands in. */
export interface FoundInLog extends StoredMessage {
  conversation: string;
}

export interface StoredRoom {
  name: string;
  /** Empty for none. */
  topic: string;
}

/**
 * Which messages of a conversation: the last ones, or the last ones before a seq, or the first ones after one. `limit` is
 * how many at most.
 */
export type Range =
  | { limit: number; before?: number; after?: undefined }
  | { limit: number; before?: undefined; after: number };

/** Keeps messages, in one order per conversation. */
export interface MessageLog {
  /** Commits all drafts as one unit and answers in the same order. What it answers `ok` is kept. */
  append(drafts: readonly Draft[]): readonly Appended[];
  /** The seq of the last message committed to a conversation, 0 when there is none. */
  lastSeq(conversation: string): number;
  /** Every room that something was said in or that has a topic; no private conversations. */
  rooms(): readonly StoredRoom[];
  /** Keeps a room's topic; empty for none. @returns false when it could not be kept */
  setTopic(room: string, topic: string): boolean;
  /** Messages of a conversation, oldest first. */
  read(conversation: string, range: Range): readonly StoredMessage[];
  /**
   * Messages that fit a query, newest first: of all rooms, and of the private conversations of one person.
   * @param person the key of the person's name
   * @param skip how many to leave out, from the newest
   */
  search(query: SearchQuery, person: string, skip: number, limit: number): readonly FoundInLog[];
  /**
   * Removes messages that a rule does not keep, the oldest first, and a bounded number of them, so that nobody waits.
   * Their numbers are not used again. @returns how many were removed; none when all is as the rule wants it
   */
  forget(rule: Retention): number;
  /** Lets go of what the log is kept in. Nothing may be asked of it afterwards. */
  close(): void;
}

/** One person's ears: a connection in whatever dialect. */
export interface Audience {
  /** Where the person is, `ip:port`. */
  readonly address: string;
  deliver(event: RoomEvent): void;
}

/** Who somebody is to an observer. */
export interface Person {
  name: string;
  address: string;
}

/** Hears what happened, for the log file and for those who wait until the chat is empty. */
export interface ChatObserver {
  /** `count` is how many are here now. */
  joined(person: Person, count: number): void;
  left(person: Person, reason: LeaveReason, count: number): void;
  renamed(person: Person, to: string): void;
  /** A step of a turn threw, which is a bug; the other steps went on. */
  failed(error: unknown): void;
}
