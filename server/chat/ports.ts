/**
 * What the chat needs from the world and what it tells it, as interfaces: a log to keep messages in, an recipient to
 * speak to, an observer to report to. The chat itself does no I/O and has no timers.
 */
import type { HistoryEntry, HistoryMessage, LeaveReason, RoomEvent } from "../../protocol/events.ts";
import type { SearchQuery } from "../../protocol/search.ts";

/** Somebody who did something: the person's id, and the name that they did it under. */
export interface Author {
  person: string;
  name: string;
}

/** Everyone who reacted to a message with one emoji, the first one first. */
export interface KeptReaction {
  emoji: string;
  from: readonly Author[];
}

/** A message as it is kept: with the id of the person whose it is, and everybody who reacted to it. */
export type KeptMessage = Omit<HistoryMessage, "reactions" | "own"> & {
  person: string;
  reactions?: readonly KeptReaction[];
};

/** What happened in a conversation: a message, or a change to one. */
export type KeptEntry = KeptMessage | Exclude<HistoryEntry, HistoryMessage>;

/** What every draft says of itself. */
interface Drafted {
  /** The log it goes to: a room's name, or the key of a private conversation. */
  conversation: string;
  /**
   * The sender's own id for it, which nobody else is told: from the same person in the same conversation, the same id is
   * the same message, or the same change. What others send under it is theirs.
   */
  id: string;
  author: Author;
  /** The ids of those who the author is and was on this connection: what they said or did before is the author's. */
  persons: ReadonlySet<string>;
}

/** A message that has not been committed yet. */
export interface MessageDraft extends Drafted {
  type: "message";
  text: string;
  action: boolean;
  /** The msgid of the message that it answers, in the same conversation. */
  reply?: string | undefined;
}

/** What somebody wants to do to a message, before it is committed. */
export type ChangeDraft = Drafted & { msgid: string } & (
    | { type: "edit"; text: string }
    | { type: "delete" }
    /** `on` is false for a reaction that is taken back. */
    | { type: "react"; emoji: string; on: boolean }
  );

export type Draft = MessageDraft | ChangeDraft;

/** Why a message was not changed. */
export type ChangeProblem = "no-such-message" | "not-yours" | "too-many-reactions";

export type Appended =
  /** `duplicate` is true when the person had committed the id before: the entry is that of the first time. */
  | { ok: true; entry: KeptEntry; duplicate: boolean }
  /** There was nothing to change. */
  | { ok: true; entry?: undefined; duplicate?: undefined }
  | { ok: false; entry?: undefined; code: ChangeProblem | "too-many-conversations" | "not-stored" };

/** Something about a person or a room that is worth keeping, but is no part of a conversation. A person is called by their id. */
export type Note =
  /** They have read a conversation up to there. A lower `seq` than before changes nothing. */
  | { type: "read"; person: string; conversation: string; seq: number }
  /** A room's topic, empty for none. */
  | { type: "topic"; room: string; topic: string }
  | PeopleNote;

export type PeopleNote =
  /** Somebody as they are now, known before or not. `names` are all that lead to them, which is then true of no other. */
  | { type: "person"; person: string; name: string; seen: string; tookPart: boolean; names?: readonly PersonName[] }
  /** Somebody is forgotten, with all names and all that they have read. */
  | { type: "forgotten"; person: string };

/** A name that leads to a person. */
export interface PersonName {
  spelled: string;
  /** Something was said, received or read under it. Nobody ever had a name that is given up before that. */
  isUsed: boolean;
}

/** Somebody whom the log remembers, as the notes have told of them. */
export interface KeptPerson {
  id: string;
  name: string;
  /** ISO 8601. */
  seen: string;
  tookPart: boolean;
  /** The oldest first. */
  names: readonly PersonName[];
}

/** What is kept of each conversation: what is not too old, and so many messages. Without either, everything. */
export interface Retention {
  /** From this moment (ISO 8601) on. A message is not older than what was said before it, whatever the clock said then. */
  since?: string;
  /** The present moment: a message that is stamped later is as old as what was said after it. */
  now?: string;
  messagesMax?: number;
}

/** Later than any time that a message is stamped with. */
export const endOfTime = "9999";

/** What is believed of the clock, in ms since 1970. */
export interface ClockBelief {
  /** The last reading that was believed. */
  believedMs: number;
  /** The first reading that was not, if the clock has been far from it since. */
  doubtedMs?: number;
}

/** A message that was found, with the conversation it stands in. */
export interface FoundInLog extends KeptMessage {
  conversation: string;
}

/** What a search has found, newest first, and how long that took, without the time it had to wait. */
export interface FoundByLog {
  messages: readonly FoundInLog[];
  tookMs: number;
}

/** A private conversation, and how far one of its people has read it. */
export interface StoredConversation {
  conversation: string;
  /** Its last entry's. */
  seq: number;
  /** 0 for nothing. */
  read: number;
}

/** What is looked for. */
export interface Search {
  query: Omit<SearchQuery, "from">;
  /** The id of the person who must have said it. */
  author?: string;
  /** The id of whoever looks. */
  person: string;
  /** How many to leave out, from the newest. */
  skip: number;
  limit: number;
}

export interface StoredRoom {
  name: string;
  /** Empty for none. */
  topic: string;
}

/**
 * Which part of a conversation: the end of it, or what is just before a seq, or just after one. `limit` is how many at
 * most.
 */
export type Range =
  | { limit: number; before?: number; after?: undefined }
  | { limit: number; before?: undefined; after: number };

/**
 * Keeps what is said, in one order per conversation, and people. A person is called by their id. What is read may throw
 * when what it is kept in is damaged.
 */
export interface MessageLog {
  /** Commits all drafts as one unit and answers in the same order. What it answers `ok` is kept. */
  append(drafts: readonly Draft[]): readonly Appended[];
  /** Keeps notes as one unit. @returns false when they could not be kept */
  note(notes: readonly Note[]): boolean;
  /** The seq of the last entry committed to a conversation, 0 when there is none. */
  lastSeq(conversation: string): number;
  /** Every room that something was said in or that has a topic; no private conversations. */
  rooms(): readonly StoredRoom[];
  /** Forgets a room in which nothing is kept, its topic too. Numbers that were used there are not used again. */
  forgetRoom(room: string): void;
  /** Everything that happened in a conversation, oldest first. */
  entries(conversation: string, range: Range): readonly KeptEntry[];
  /** The messages of a conversation, oldest first. */
  messages(conversation: string, range: Range): readonly KeptMessage[];
  /** A message, wherever it was said. */
  find(msgid: string): FoundInLog | undefined;
  /** The seq of the first message said at a time (ISO 8601) or later; undefined when there is none. */
  seqSince(conversation: string, time: string): number | undefined;
  /** How far somebody has read a conversation; undefined when they never have. */
  readUpTo(person: string, conversation: string): number | undefined;
  /** Everybody of whom notes have told and who was not forgotten. */
  people(): readonly KeptPerson[];
  /** The private conversations of one person, the newest first. */
  conversations(person: string, limit: number): readonly StoredConversation[];
  /**
   * Messages that fit a query, newest first: of all rooms, and of the private conversations of one person.
   * It takes as long as it takes, beside everything else.
   * @param abandoned nobody waits for it any more; it rejects then
   */
  search(wanted: Search, abandoned?: AbortSignal): Promise<FoundByLog>;
  /**
   * Removes messages that a rule does not keep, the oldest first, and a bounded number of them, so that nobody waits.
   * Their numbers are not used again. @returns how many were removed; none when all is as the rule wants it
   */
  forget(rule: Retention): number;
  /** The time of the newest message (ISO 8601); undefined when there is none. */
  newestTime(): string | undefined;
  /** What was last believed of the clock; undefined when nothing was yet. */
  clockBelief(): ClockBelief | undefined;
  /** @returns false when it could not be kept */
  believe(belief: ClockBelief): boolean;
  /** Does what is due every second, a bounded part of it: gives back space, wipes what was removed, looks whether all is there. */
  maintain(): void;
  /** Lets go of what the log is kept in. Nothing may be asked of it afterwards. */
  close(): void;
}

/** One person's ears: a connection in whatever dialect. */
export interface Recipient {
  /** Where the person is, `ip:port`. */
  readonly address: string;
  /** Who is behind the address, as far as the network tells: people of one source may be one and the same. */
  readonly source: string;
  deliver(event: RoomEvent): void;
  /** Charges for something that the person asked for, in units of `prices.ts`. */
  pay(units: number): void;
  /** Charges for what they send to one person. @param person that person's id */
  payTo(person: string, bytes: number): void;
  /** What they asked for last is answered later; they ask for nothing else until it is. @returns what to call then */
  hold(): () => void;
}

/** Who somebody is to an observer. */
export interface Visitor {
  name: string;
  address: string;
}

/** Hears what happened, for the log file and for those who wait until the chat is empty. */
export interface ChatObserver {
  /** `count` is how many are here now. */
  joined(visitor: Visitor, count: number): void;
  left(visitor: Visitor, reason: LeaveReason, count: number): void;
  renamed(visitor: Visitor, to: string): void;
  /** A step of a turn threw, which is a bug; the other steps went on. */
  failed(error: unknown): void;
  /** What is kept could not be read; whoever asked was told so. */
  unreadable(error: unknown): void;
}
