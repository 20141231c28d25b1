/**
 * The chat's interfaces to the world: a log that keeps messages, recipients to speak to, an observer to report to. The
 * chat itself does no I/O and has no timers.
 */
import type { ByeCode, HistoryEntry, HistoryMessage, LeaveReason, RoomEvent } from "../../protocol/events.ts";
import type { SearchQuery } from "../../protocol/search.ts";
import type { KeptAccount, KeptInvitation, KeptSession } from "./account-ports.ts";

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

/** A message as it is kept: with its author's id, and everybody who reacted to it. */
export type KeptMessage = Omit<HistoryMessage, "reactions" | "own"> & {
  person: string;
  reactions?: readonly KeptReaction[];
};

/** Something that happened in a conversation: a message, or a change to one. */
export type KeptEntry = KeptMessage | Exclude<HistoryEntry, HistoryMessage>;

/** The common part of all drafts. */
interface Drafted {
  /** The log it goes to: a room's name, or the key of a private conversation. */
  conversation: string;
  /**
   * The sender's own id for it, which nobody else is told. The same id from the same person in the same conversation
   * means the same message or change; what others send under it is theirs.
   */
  id: string;
  author: Author;
  /** The ids of all persons that the author is or was on this connection: what these said or did is the author's. */
  persons: ReadonlySet<string>;
}

/** A message that has not been committed yet. */
export interface MessageDraft extends Drafted {
  type: "message";
  text: string;
  action: boolean;
  /** The msgid of the message that it replies to, in the same conversation. */
  reply?: string | undefined;
  /** Whether it may be the first message of a conversation. */
  mayBegin: boolean;
}

/** A change to a message that has not been committed yet. */
export type ChangeDraft = Drafted & { msgid: string } & (
    | { type: "edit"; text: string }
    /** `isModerated`: somebody deletes what others said. */
    | { type: "delete"; isModerated?: boolean }
    /** `on` is false to remove a reaction. */
    | { type: "react"; emoji: string; on: boolean }
  );

export type Draft = MessageDraft | ChangeDraft;

/** Why a message was not changed. */
export type ChangeProblem = "no-such-message" | "not-yours" | "too-many-reactions";

/** The parts of a message that are shown with a message or change about it. */
export type Quote = Pick<KeptMessage, "from" | "text" | "time" | "deleted">;

/** The present state of messages that are replied to or changed, by msgid, as far as they are still kept. */
export type Quotes = ReadonlyMap<string, Quote>;

export type Appended =
  /**
   * `duplicate` is true when the person has committed the id before: the entry is the one from the first time. `quotes`
   * contains the message that it is about.
   */
  | { ok: true; entry: KeptEntry; duplicate: boolean; quotes: Quotes }
  /** There was nothing to change. */
  | { ok: true; entry?: undefined; duplicate?: undefined; quotes?: undefined }
  | { ok: false; entry?: undefined; code: ChangeProblem | ConversationProblem | "not-stored" };

/** Why a conversation was not begun: the server has as many as it allows, or `mayBegin` was false. */
export type ConversationProblem = "too-many-conversations" | "too-many-new-conversations";

/** Drafts and notes that are committed together. Notes come first. */
export interface Batch {
  /** ISO 8601: the time of all drafts. */
  time: string;
  notes: readonly Note[];
  drafts: readonly Draft[];
}

/** The outcome of each draft and each note, in order. `ok` means stored. */
export interface Committed {
  appended: readonly Appended[];
  /** `read` is how far somebody has read, if that is further than before. */
  noted: readonly { ok: boolean; read?: number }[];
}

/**
 * Something about a person or a room that is worth keeping, but not part of a conversation. People are referred to by
 * id.
 */
export type Note =
  /** They have read a conversation up to `seq`, or its end if that is earlier. A lower `seq` than before is ignored. */
  | { type: "read"; person: string; conversation: string; seq: number }
  /** A room's topic; empty for none. */
  | { type: "topic"; room: string; topic: string }
  /** Somebody's account, without one when they have none any more. The person must have been noted before. */
  | { type: "account"; person: string; account?: KeptAccount }
  /** All sessions of a person. */
  | { type: "sessions"; person: string; sessions: readonly KeptSession[] }
  /** An invitation into the chat; without one when it is over. */
  | { type: "invitation"; id: string; invitation?: KeptInvitation }
  /** A room's messages and topic are removed and wiped. Its numbers are not used again. */
  | { type: "room-removed"; room: string }
  /** A record is kept, instead of the one before; without a value, it is forgotten. */
  | { type: "record"; kind: RecordKind; scope: string; id: string; value?: string }
  | PeopleNote;

/**
 * What is kept about rights, each kind within a scope: of a room, its settings, roles, invitations, bans, mutes,
 * reports, and what was done there; of a person, whom they block. The log does not know what it means.
 */
export type RecordKind = "settings" | "role" | "invitation" | "ban" | "mute" | "report" | "act" | "block";

export interface KeptRecord {
  kind: RecordKind;
  /** A room's name, or a person's id; empty for what belongs to the chat as a whole. */
  scope: string;
  id: string;
  /** JSON. */
  value: string;
}

export type PeopleNote =
  /** A new or changed person. `names` are all names that lead to them, and from now on to nobody else. */
  | { type: "person"; person: string; name: string; seen: string; tookPart: boolean; names?: readonly PersonName[] }
  /** Somebody is forgotten, with all names and read marks. */
  | { type: "forgotten"; person: string };

/** A name that leads to a person. */
export interface PersonName {
  spelled: string;
  /** Something was said, received or read under it. Other names become free when they are given up. */
  isUsed: boolean;
}

/** A person whom the log remembers from the notes. */
export interface KeptPerson {
  id: string;
  name: string;
  /** ISO 8601. */
  seen: string;
  tookPart: boolean;
  /** The latest one last. */
  names: readonly PersonName[];
  account?: KeptAccount;
  sessions: readonly KeptSession[];
}

/** A message that was found, with its conversation. */
export interface FoundInLog extends KeptMessage {
  conversation: string;
}

/** The result of a search, newest first, and the time it took, not counting waits. */
export interface FoundByLog {
  messages: readonly FoundInLog[];
  /** The messages that these reply to. */
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
  /** Rooms that they may not read. */
  closedRooms?: readonly string[];
  /** How many of the newest to skip. */
  skip: number;
  limit: number;
}

export interface StoredRoom {
  name: string;
  /** Empty for none. */
  topic: string;
  /** The seq of its last entry, 0 when it has none. */
  seq: number;
}

/** The requested part of a conversation, given by at most one of the four positions; without any, its end. */
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
  /** The messages that those of the page reply to. */
  quotes: Quotes;
  /** The index of the requested position: entries nearest to it are wanted most. */
  pivot: number;
  /** There are more: before these entries when the pivot is their end, otherwise after them. */
  more: boolean;
}

/** Keeps messages and changes, in one order for each conversation. */
export interface EntryLog {
  /** A UUID, made with the log's storage. The `seq`s of logs with different ids have nothing to do with each other. */
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
  /** Forgets a room without entries, and its topic. Its numbers are not used again. */
  forgetRoom(room: string): Promise<void>;
}

export interface RecordLog {
  /** Everything about rights that was not forgotten. */
  records(): Promise<readonly KeptRecord[]>;
}

export interface PeopleLog {
  /** Everybody from the notes who was not forgotten. */
  people(): Promise<readonly KeptPerson[]>;
  /** All invitations from the notes. */
  invitations(): Promise<readonly KeptInvitation[]>;
  /** 32 random bytes in hexadecimal, made with the log. Nobody is ever told them. */
  secret(): Promise<string>;
  /** How far somebody has read a conversation; undefined when they never have. */
  readUpTo(person: string, conversation: string): Promise<number | undefined>;
  /** The private conversations of one person, newest first. */
  conversations(person: string, limit: number): Promise<readonly StoredConversation[]>;
}

export interface SearchLog {
  /**
   * Messages that match a query, newest first: from all rooms, and from the private conversations of one person. It
   * runs beside everything else and may take any time.
   * @param abandoned aborted when nobody waits any more; the search then rejects
   */
  search(wanted: Search, abandoned?: AbortSignal): Promise<FoundByLog>;
}

/**
 * What the chat needs of a log. Except for searches, requests are handled in the order in which they are made: a read
 * sees everything given to `commit` before it, and nothing given later. People are referred to by id. Reads reject when
 * the log's storage is damaged.
 */
export type MessageLog = EntryLog & RoomLog & RecordLog & PeopleLog & SearchLog;

/** Whoever asks for something, and pays for it. */
export interface Asker {
  /** The person's address, `ip:port`. */
  readonly address: string;
  /** Who is behind the address, as far as the network tells: people from one source may be one and the same. */
  readonly source: string;
  /** Nobody on the way to them can read what is said: it is encrypted, or does not leave this computer. */
  readonly isPrivateWire: boolean;
  /** Charges for something the person asked for, in units of `prices.ts`. */
  pay(units: number): void;
  /** Charges for what they send to one person. @param person that recipient's id */
  payTo(person: string, bytes: number): void;
  /** Keeps their further requests waiting until the last one is answered. @returns a function to call then */
  hold(): () => void;
  /** Ends their connection and tells them why. */
  dismiss(code: ByeCode): void;
}

/** Where one person is spoken to: a connection in any dialect. */
export interface Recipient extends Asker {
  /** @param quotes the messages that the event is about, for people who see it without its context */
  deliver(event: RoomEvent, quotes?: Quotes): void;
}

/** A person as an observer sees them. */
export interface Visitor {
  name: string;
  address: string;
}

/** Is told what happened, for the log file and to find out when the chat is empty. */
export interface ChatObserver {
  /** `count` is how many people are here now. */
  joined(visitor: Visitor, count: number): void;
  left(visitor: Visitor, reason: LeaveReason, count: number): void;
  renamed(visitor: Visitor, to: string): void;
  /** A step of a turn threw, which is a bug; the other steps continued. */
  failed(error: unknown): void;
  /** The log could not be read; whoever asked was told. */
  unreadable(error: unknown): void;
}
