/**
 * What the page and the bridge say to each other over socket.io. The page names a session (its window) when it
 * connects; the bridge answers with a snapshot of it and then tells every change. The page never chooses the server.
 */
import type { Answer, CommandType, Question } from "./commands.ts";
import type { ErrorCode, EventOf, MemberInfo, RoomEvent } from "./events.ts";

/** Sent as socket.io's `auth` when the page connects. */
export interface PageHandshake {
  /**
   * A UUID that the window keeps in its sessionStorage: a reloaded page finds its session again. Windows of one person
   * share one.
   */
  session: string;
  /** A UUID that the browser keeps in its localStorage: its windows are of one person when they give the same name. */
  browser: string;
  /** The epoch of the snapshot the page last had; absent on a fresh page. */
  epoch?: string;
  /** The number of the last event the page has of that epoch, 0 for none: the snapshot holds those after it. */
  after: number;
}

/** What the server on the other side of the bridge is, and what it cannot do. */
export interface UpstreamInfo {
  kind: "salotto" | "legacy";
  /** For people: the server's own name; of an old one, how it greets, empty when it does not. */
  description: string;
  lacks: readonly Lack[];
}

/**
 * What an old server cannot do, for the page to say:
 * `delivery`: it confirms nothing; `people`: the list of people is only what was seen since joining;
 * `unique-names`: two people may have one name; `multiline`: several lines travel as several messages;
 * `private`: there are no private messages; `rooms`: there is the lobby only; `names`: the server shows addresses, not
 * names; `memory`: nothing can be looked up, changed or marked as read.
 */
export type Lack = "delivery" | "people" | "unique-names" | "multiline" | "private" | "rooms" | "names" | "memory";

/** Why the chat server is not there: `code` is Node's (`ECONNREFUSED`) or one of ours, `message` is for people. */
export interface ConnectionError {
  code: string;
  message: string;
}

/** Why a person was not let in. */
export interface Refusal {
  code: ErrorCode | "too-many-sessions" | "not-a-chat";
  message: string;
}

/** The state of one session's connection to the chat server. */
export type ConnectionState =
  /** Not in the chat. `refusal` says why the last attempt failed, `ended` that the server closed the conversation. */
  | { phase: "idle"; refusal?: Refusal; ended?: string }
  /** Opening the connection, finding out what the server is, giving the name. */
  | { phase: "connecting"; attempt: number }
  /** In the chat. */
  | { phase: "online"; upstream: UpstreamInfo }
  /** The server is not reachable; the next attempt begins in `retryInMs` from when this was sent. */
  | { phase: "waiting"; attempt: number; retryInMs: number; error: ConnectionError };

/** What is kept for a page that reloads: everything but what is true for a moment only. */
export type KeptEvent = Exclude<RoomEvent, EventOf<"typing">>;

/** An event with its number in the session: 1, 2, 3 and so on, without gaps unless old ones were dropped. */
export interface NumberedEvent {
  n: number;
  event: KeptEvent;
}

/** How far a page knows a room. */
export interface HeardUpTo {
  /** The seq of the last thing that it has of it; absent when it has nothing. */
  after?: number;
  /** The name of the server's log whose number that is; absent where the server told none. */
  log?: string;
}

/** A room that the person is in, as it is after all events. */
export interface RoomSnapshot {
  room: string;
  members: readonly MemberInfo[];
  /** Absent where the server has none. */
  topic?: string;
  /** That of the last thing that happened to its messages. */
  seq: number;
  /** How far the person has read, where the server keeps that. */
  read?: number;
}

/** Everything a page needs to show a session. */
export interface Snapshot {
  /** Names this life of the session. Event numbers start anew with each: after the bridge restarted, say. */
  epoch: string;
  /** The chat server, `host:port`. */
  server: string;
  connection: ConnectionState;
  /** The person's name, once given. */
  name?: string;
  /**
   * The events after the page's `after` (all that are kept, when the epoch is another), oldest first. When they start
   * later than that, older ones were dropped.
   */
  events: readonly NumberedEvent[];
  /** The name of the server's log before the first of them, where one was told. */
  log?: string;
  /**
   * The rooms that the person is in, after `events`. It is the truth about who is there: of the events that tell of it,
   * some may have been dropped.
   */
  rooms?: readonly RoomSnapshot[];
}

/**
 * Which commands of the json dialect a page may give as they are. The others are the bridge's: what the page asks for in
 * other words, and what it does not ask for.
 */
export const isForPages = {
  hello: false,
  login: false,
  rename: true,
  post: false,
  edit: true,
  delete: true,
  react: true,
  reactions: true,
  read: true,
  typing: true,
  conversations: true,
  history: true,
  search: true,
  join: true,
  leave: true,
  rooms: true,
  topic: true,
  who: false,
  away: false,
  people: true,
  ping: false,
  quit: false,
} as const satisfies Record<CommandType, boolean>;

export type PageCommandType = { [T in CommandType]: (typeof isForPages)[T] extends true ? T : never }[CommandType];

/** What the bridge asks of the server besides, because it knows more than a single page. */
export type BridgeCommandType = PageCommandType | "away" | "ping";

/**
 * With `join` the page says how far it knows that room: the bridge tells what follows, as it does after a lost connection.
 */
interface Additions extends Record<Exclude<BridgeCommandType, "join">, unknown> {
  join: HeardUpTo;
}
export type BridgeCommand<T extends BridgeCommandType = BridgeCommandType> = {
  [K in T]: Question<K> & Additions[K];
}[T];
export type PageCommand<T extends PageCommandType = PageCommandType> = BridgeCommand<T>;

/**
 * Why a command was not answered as hoped. `offline`: not connected, nothing was sent; `lost`: the connection broke before
 * the answer, so it may or may not have been done; `busy`: too many wait already.
 */
export interface CommandFailure {
  ok: false;
  code: ErrorCode | "offline" | "lost" | "busy";
  message: string;
}

/** What the server answered to such a command, without the label. */
export type CommandAnswer<T extends CommandType> = ({ ok: true } & Answer<T>) | CommandFailure;

/** `id` is a UUID that the page makes: posting it twice stores it once. */
export type PostRequest = Omit<Question<"post">, "type">;

/** The message itself comes before it, as an event with its `id`, unless that was told before. */
export type PostAnswer = CommandAnswer<"post">;

export type JoinAnswer =
  /** `session`: another window of this browser is in the chat under this name; the page is to go on with its session. */
  | { ok: true; name: string; session?: string }
  | { ok: false; code: Refusal["code"] | "cancelled" | "busy"; message: string };

/** A line between the bridge and the chat server, cut when it is long. */
export interface WireLine {
  way: "in" | "out";
  /** When it was sent or had arrived, ISO 8601. */
  at: string;
  text: string;
}

/** How the bridge stands with the chat server. */
export interface Inspection {
  /** Milliseconds that the server took to answer just now; absent when it is not there, or does not answer such a question. */
  serverMs?: number;
  /** Oldest first. */
  lines: readonly WireLine[];
}

/** What the page sends, each with its acknowledgement. */
export interface PageToBridge {
  /**
   * Connect and give this name; how far the page knows is of the lobby. Answered when the server has taken or refused it,
   * or the person quit.
   */
  join(request: { name: string } & HeardUpTo, answer: (result: JoinAnswer) => void): void;
  post(request: PostRequest, answer: (result: PostAnswer) => void): void;
  /** Anything else that the json dialect knows: another name, rooms, topics, history, changes to messages. */
  ask(command: PageCommand, answer: (result: CommandAnswer<PageCommandType>) => void): void;
  /** What is between the bridge and the chat server. How long the answer takes is the page's own distance. */
  inspect(answer: (inspection: Inspection) => void): void;
  /** Whether the reader has this page before them; false until it is said. */
  attend(request: { attentive: boolean }): void;
  /** Leave, and close the connection. Answered when it is closed. */
  quit(answer: () => void): void;
}

/** What the bridge sends. */
export interface BridgeToPage {
  /** First of all, and again whenever socket.io has reconnected. */
  snapshot(snapshot: Snapshot): void;
  connection(state: ConnectionState): void;
  /** The name the server knows the person by. */
  name(name: string): void;
  /** What happened, in order; what happened at once comes at once. */
  events(events: readonly NumberedEvent[]): void;
  /** Somebody is writing, at this moment. */
  typing(event: EventOf<"typing">): void;
}
