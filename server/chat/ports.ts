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
  /** The conversation is there, or may begin with it. */
  mayBegin: boolean;
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

/** As much of a message as stands where another one is about it. */
export type Quote = Pick<KeptMessage, "from" | "text" | "time" | "deleted">;

/** What messages that are answered or changed say now, by their msgids; of those that are not kept any more, nothing. */
export type Quotes = ReadonlyMap<string, Quote>;

export type Appended =
  /**
   * `duplicate` is true when the person had committed the id before: the entry is that of the first time. `quotes` holds
   * the message that it is about.
   */
  | { ok: true; entry: KeptEntry; duplicate: boolean; quotes: Quotes }
  /** There was nothing to change. */
  | { ok: true; entry?: undefined; duplicate?: undefined; quotes?: undefined }
  | { ok: false; entry?: undefined; code: ChangeProblem | ConversationProblem | "not-stored" };

/** Why a conversation was not begun: there are as many as there can be, or `mayBegin` was false. */
export type ConversationProblem = "too-many-conversations" | "too-many-new-conversations";

/** What is kept together, or not at all. Notes come before drafts. */
export interface Batch {
  /** The present moment, ISO 8601: when the drafts were said. */
  time: string;
  notes: readonly Note[];
  drafts: readonly Draft[];
}

/** What became of each draft and each note, in their order. What is `ok` is kept. */
export interface Committed {
  appended: readonly Appended[];
  /** `read` is how far somebody has read who had not read so far before. */
  noted: readonly { ok: boolean; read?: number }[];
}

/** Something about a person or a room that is worth keeping, but is no part of a conversation. A person is called by their id. */
export type Note =
  /** They have read a conversation up to there, or its end. A lower `seq` than before changes nothing. */
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
  /** The one that they had last at the end. */
  names: readonly PersonName[];
}

/** A message that was found, with the conversation it stands in. */
export interface FoundInLog extends KeptMessage {
  conversation: string;
}

/** What a search has found, newest first, and how long that took, without the time it had to wait. */
export interface FoundByLog {
  messages: readonly FoundInLog[];
  /** The messages that these answer. */
  quotes: Quotes;
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
  /** Its last entry's, 0 when it has none. */
  seq: number;
}

/** Which part of a conversation is asked for: of the four at most one. Without any, the end of it. */
export interface HistoryRequest {
  /** How many messages at most. */
  limit: number;
  before?: number | undefined;
  after?: number | undefined;
  /** A seq or the msgid of a message: what is on both sides of it. */
  around?: number | string | undefined;
  /** ISO 8601, UTC: what is on both sides of that moment. */
  since?: string | undefined;
  /** Changes too, not messages alone. */
  changes: boolean;
}

/** A part of a conversation, oldest first. */
export interface HistoryPage {
  entries: readonly KeptEntry[];
  /** The messages that those of the page answer. */
  quotes: Quotes;
  /** The index from which it was looked for: of these entries, those nearest to it are wanted most. */
  pivot: number;
  /** There are more: before these entries when the pivot is their end, otherwise after them. */
  more: boolean;
}

/** Keeps what is said, in one order for each conversation. */
export interface EntryLog {
  /** A UUID, made with what the log is kept in: a `seq` under another one has nothing to do with those under this one. */
  readonly id: string;
  /** Commits a batch as one unit, under the given time. */
  commit(batch: Batch): Promise<Committed>;
  history(conversation: string, request: HistoryRequest): Promise<HistoryPage | "no-such-message">;
  /** A message, wherever it was said. */
  find(msgid: string): Promise<FoundInLog | undefined>;
  /** The seq of the last entry committed to a conversation, 0 when there is none. */
  lastSeq(conversation: string): Promise<number>;
}

export interface RoomLog {
  /** Every room that something was said in or that has a topic; no private conversations. */
  rooms(): Promise<readonly StoredRoom[]>;
  /** Forgets a room in which nothing is kept, its topic too. Numbers that were used there are not used again. */
  forgetRoom(room: string): Promise<void>;
}

export interface PeopleLog {
  /** Everybody of whom notes have told and who was not forgotten. */
  people(): Promise<readonly KeptPerson[]>;
  /** How far somebody has read a conversation; undefined when they never have. */
  readUpTo(person: string, conversation: string): Promise<number | undefined>;
  /** The private conversations of one person, the newest first. */
  conversations(person: string, limit: number): Promise<readonly StoredConversation[]>;
}

export interface SearchLog {
  /**
   * Messages that fit a query, newest first: of all rooms, and of the private conversations of one person.
   * It takes as long as it takes, beside everything else.
   * @param abandoned nobody waits for it any more; it rejects then
   */
  search(wanted: Search, abandoned?: AbortSignal): Promise<FoundByLog>;
}

/**
 * What the chat needs of a log. It does what it is asked in the order in which it is asked, but for searches: who reads sees
 * all that was given to `commit` before, and nothing that was given later. A person is called by their id. Reading
 * rejects when what the log is kept in is damaged.
 */
export type MessageLog = EntryLog & RoomLog & PeopleLog & SearchLog;

/** Whoever asks for something, and pays for it. */
export interface Asker {
  /** Where the person is, `ip:port`. */
  readonly address: string;
  /** Who is behind the address, as far as the network tells: people of one source may be one and the same. */
  readonly source: string;
  /** Charges for something that the person asked for, in units of `prices.ts`. */
  pay(units: number): void;
  /** Charges for what they send to one person. @param person that person's id */
  payTo(person: string, bytes: number): void;
  /** What they asked for last is answered later; they ask for nothing else until it is. @returns what to call then */
  hold(): () => void;
}

/** One person's ears: a connection in whatever dialect. */
export interface Recipient extends Asker {
  /** @param quotes the messages that the event is about, for who reads it without their context */
  deliver(event: RoomEvent, quotes?: Quotes): void;
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
