/**
 * What the chat needs from the world and tells it, as interfaces: a log to keep messages in, a recipient to speak to,
 * an observer to report to. The chat itself does no I/O and has no timers.
 */
import type { HistoryEntry, HistoryMessage, LeaveReason, RoomEvent } from "../../protocol/events.ts";
import type { SearchQuery } from "../../protocol/search.ts";

/** Somebody who did something: the person's id, and the name under which they did it. */
export interface Author {
  person: string;
  name: string;
}

/** Everyone who reacted to a message with one emoji, in order. */
export interface KeptReaction {
  emoji: string;
  from: readonly Author[];
}

/** A message as it is kept: with its person's id, and everybody who reacted to it. */
export type KeptMessage = Omit<HistoryMessage, "reactions" | "own"> & {
  person: string;
  reactions?: readonly KeptReaction[];
};

/** Something that happened in a conversation: a message, or a change to one. */
export type KeptEntry = KeptMessage | Exclude<HistoryEntry, HistoryMessage>;

/** What every draft has. */
interface Drafted {
  /** The log it goes to: a room's name, or the key of a private conversation. */
  conversation: string;
  /**
   * The sender's own id for it, which nobody else is told: from the same person in the same conversation, the same id
   * means the same message or change. What others send under it is theirs.
   */
  id: string;
  author: Author;
  /**
   * The ids of the people whom the author is or was on this connection: what these said or did before is the author's.
   */
  persons: ReadonlySet<string>;
}

/** A message that has not been committed yet. */
export interface MessageDraft extends Drafted {
  type: "message";
  text: string;
  action: boolean;
  /** The msgid of the message that it replies to, in the same conversation. */
  reply?: string | undefined;
  /** The conversation is there, or may begin with it. */
  mayBegin: boolean;
}

/** A change to a message that has not been committed yet. */
export type ChangeDraft = Drafted & { msgid: string } & (
    | { type: "edit"; text: string }
    | { type: "delete" }
    /** `on` is false to remove a reaction. */
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

/**
 * Something about a person or a room that is worth keeping, but not part of a conversation. People are referred to by
 * id.
 */
export type Note =
  /** They have read a conversation up to there, or its end. A lower `seq` than before changes nothing. */
  | { type: "read"; person: string; conversation: string; seq: number }
  /** A room's topic; empty for none. */
  | { type: "topic"; room: string; topic: string }
  | PeopleNote;

export type PeopleNote =
  /**
   * A person as they are now, known before or not. `names` are all that lead to them, and to nobody else from then on.
   */
  | { type: "person"; person: string; name: string; seen: string; tookPart: boolean; names?: readonly PersonName[] }
  /** Somebody is forgotten, with all names and read marks. */
  | { type: "forgotten"; person: string };

/** A name that leads to a person. */
export interface PersonName {
  spelled: string;
  /** Something was said, received or read under it. A name given up before that counts as never taken. */
  isUsed: boolean;
}

/** A person whom the log remembers, as told by the notes. */
export interface KeptPerson {
  id: string;
  name: string;
  /** ISO 8601. */
  seen: string;
  tookPart: boolean;
  /** The one that they had last at the end. */
  names: readonly PersonName[];
}

/** A message that was found, with its conversation. */
export interface FoundInLog extends KeptMessage {
  conversation: string;
}

/** What a search has found, newest first, and how long it took, without waiting time. */
export interface FoundByLog {
  messages: readonly FoundInLog[];
  /** The messages that these answer. */
  quotes: Quotes;
  tookMs: number;
}

/** A private conversation, and how far one of its people has read it. */
export interface StoredConversation {
  conversation: string;
  /** The seq of its last entry. */
  seq: number;
  /** 0 for nothing. */
  read: number;
}

/** A search. */
export interface Search {
  query: Omit<SearchQuery, "from">;
  /** The id of the person who must have said it. */
  author?: string;
  /** The id of the person who is searching. */
  person: string;
  /** How many of the newest to skip. */
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

/** The requested part of a conversation: at most one of the four. Without any, its end. */
export interface HistoryRequest {
  /** The maximum number of messages. */
  limit: number;
  before?: number | undefined;
  after?: number | undefined;
  /** A seq or the msgid of a message: returns what is on both sides of it. */
  around?: number | string | undefined;
  /** ISO 8601, UTC: returns what is on both sides of that moment. */
  since?: string | undefined;
  /** Includes changes, not only messages. */
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
  /** A message in any conversation. */
  find(msgid: string): Promise<FoundInLog | undefined>;
  /** The seq of the last entry committed to a conversation; 0 when there is none. */
  lastSeq(conversation: string): Promise<number>;
}

export interface RoomLog {
  /** Every room with messages or a topic; no private conversations. */
  rooms(): Promise<readonly StoredRoom[]>;
  /** Forgets a room in which nothing is kept, with its topic. Its numbers are not used again. */
  forgetRoom(room: string): Promise<void>;
}

export interface PeopleLog {
  /** Everybody whom notes have told of and who was not forgotten. */
  people(): Promise<readonly KeptPerson[]>;
  /** How far somebody has read a conversation; undefined when they never have. */
  readUpTo(person: string, conversation: string): Promise<number | undefined>;
  /** The private conversations of one person, newest first. */
  conversations(person: string, limit: number): Promise<readonly StoredConversation[]>;
}

export interface SearchLog {
  /**
   * Messages that match a query, newest first: from all rooms, and from the private conversations of one person. It may
   * take any time, beside everything else.
   * @param abandoned nobody waits for it any more; it then rejects
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
  /** The person's address, `ip:port`. */
  readonly address: string;
  /** Who is behind the address, as far as the network tells: people from one source may be one and the same. */
  readonly source: string;
  /** Charges for something the person asked for, in units of `prices.ts`. */
  pay(units: number): void;
  /** Charges for what they send to one person. @param person that person's id */
  payTo(person: string, bytes: number): void;
  /**
   * Their last request is answered later, and they ask for nothing else until then. @returns a function to call then
   */
  hold(): () => void;
}

/** Where one person is spoken to: a connection in any dialect. */
export interface Recipient extends Asker {
  /** @param quotes the messages that the event is about, for who reads it without their context */
  deliver(event: RoomEvent, quotes?: Quotes): void;
}

/** Who somebody is to an observer. */
export interface Visitor {
  name: string;
  address: string;
}

/** Hears what happened, for the log file and for whoever waits until the chat is empty. */
export interface ChatObserver {
  /** `count` is how many are here now. */
  joined(visitor: Visitor, count: number): void;
  left(visitor: Visitor, reason: LeaveReason, count: number): void;
  renamed(visitor: Visitor, to: string): void;
  /** A step of a turn threw, which is a bug; the other steps continued. */
  failed(error: unknown): void;
  /** Something kept could not be read; whoever asked was told. */
  unreadable(error: unknown): void;
}
