/**
 * What the page and the bridge say to each other over socket.io. The page names a session (its window) when it
 * connects; the bridge answers with a snapshot and then sends every change. The page never chooses the server.
 */
import type { BridgeInvitation } from "./bridge-invitation.ts";
import type { Answer, CommandType, Question } from "./commands.ts";
import type { ErrorCode, EventOf, RoomEvent } from "./events.ts";
import type { Lack } from "./lacks.ts";
import type { PageCommandType } from "./page-commands.ts";
import type { RoomSnapshot } from "./room-snapshot.ts";

/** Sent as socket.io's `auth` when the page connects. */
export interface PageHandshake {
  /**
   * A UUID that the window keeps in its sessionStorage, so that a reloaded page finds its session again. One person's
   * windows share a session.
   */
  session: string;
  /**
   * A UUID that the browser keeps in its localStorage: windows with the same one and the same name belong to one
   * person.
   */
  browser: string;
  /** The epoch of the page's last snapshot; absent on a fresh page. */
  epoch?: string;
  /**
   * The number of the last event of that epoch that the page has, 0 for none: the snapshot contains the ones after it.
   */
  after: number;
}

/** What the server behind the bridge is, and what it cannot do. */
export interface UpstreamInfo {
  kind: "salotto" | "legacy";
  /** For people: the server's own name, or an old server's greeting, which may be empty. */
  description: string;
  lacks: readonly Lack[];
  /** What keeps others from reading along; absent where it does not leave this computer anyway. */
  protection?: Protection;
}

/** What protects the connection between the bridge and the server. */
export type Protection =
  /** Nothing: whoever is on the way can read and change everything. */
  | { kind: "none" }
  /**
   * TLS. How the server was recognised: `authority`: one of this computer's vouches for it; `known-key`: it has the key
   * that it had before; `first-use`: its key was not known, and is remembered; `fingerprint`: the one that the person gave.
   */
  | {
      kind: "tls";
      by: "authority" | "known-key" | "first-use" | "fingerprint";
      /** The fingerprint of the server's key. */
      key: string;
      /** Such as `TLSv1.3`. */
      version: string;
    };

/** Why the chat server cannot be reached: `code` is Node's (`ECONNREFUSED`) or our own, `message` is for people. */
export interface ConnectionError {
  code: string;
  message: string;
}

/** Why the bridge does not talk to the server: with TLS, or, for the last one, without. */
export type TlsRefusalCode =
  | "tls-key-changed"
  | "tls-untrusted"
  | "tls-fingerprint"
  | "tls-expired"
  | "tls-too-early"
  | "tls-wrong-host"
  | "tls-known-hosts"
  | "tls-none"
  | "tls-failed"
  | "tls-needed";

/** Why something was refused, for people. */
interface Explained {
  message: string;
  /** What follows the words for the code, in any language: a file and line, a date, a reason. `message` contains it. */
  about?: string;
  /** Milliseconds after which it may be tried again. */
  retryInMs?: number;
  /** Until when the person is kept out, ISO 8601. */
  until?: string;
}

/**
 * Why a person was refused. `clear-password`: others on the network could read the password, and the person has not said
 * that they mean it; `no-accounts`: this server has none; `server-unproved`: it does not know the password that it asks
 * for, so it is not the one that it seems; `kicked`: somebody took them out of the chat.
 */
export interface Refusal extends Explained {
  code:
    | ErrorCode
    | "too-many-sessions"
    | "not-a-chat"
    | "clear-password"
    | "no-accounts"
    | "server-unproved"
    | "kicked"
    | TlsRefusalCode;
}

/** Passwords may cross a network in clear. */
export interface ClearIsMeant {
  clearIsMeant?: boolean;
}

/** What a person proves themselves with. The page keeps only the token, the bridge nothing else once it has one. */
export interface JoinCredentials extends ClearIsMeant {
  /** Stands for a login on this device, instead of the password. */
  token?: string;
  /** The account's password. */
  password?: string;
  /** Takes the place of a password that an administrator has given. */
  newPassword?: string;
  /** The password of the whole chat, where it has one. */
  chatPassword?: string;
  /** The code of an invitation into the chat. */
  invitation?: string;
  /** The name and the password are to be a new account. */
  register?: boolean;
}

/** The state of one session's connection to the chat server. */
export type ConnectionState =
  /** Not in the chat. `refusal` says why the last attempt failed, `ended` why the server closed the connection. */
  | { phase: "idle"; refusal?: Refusal; ended?: string }
  /** Connecting, finding out what the server is, giving the name. */
  | { phase: "connecting"; attempt: number }
  /** In the chat. */
  | { phase: "online"; upstream: UpstreamInfo }
  /** The server cannot be reached; the next attempt starts `retryInMs` after this was sent. */
  | { phase: "waiting"; attempt: number; retryInMs: number; error: ConnectionError };

/**
 * A private conversation has another name now, because the other person was renamed while nobody was connected, or because
 * it was asked for by an earlier name of theirs. Both are `@name`.
 */
export interface ConversationRenamed {
  type: "conversation-renamed";
  from: string;
  to: string;
}

/** What a page is told of the chat. */
export type PageEvent = RoomEvent | ConversationRenamed;

/** Events kept for a page that reloads: all but those that matter only for a moment. */
export type KeptEvent = Exclude<PageEvent, EventOf<"typing">>;

/** An event with its number in the session: 1, 2, 3 and so on, without gaps unless old ones were dropped. */
export interface NumberedEvent {
  n: number;
  event: KeptEvent;
}

/** How much of a room a page has. */
export interface HeardUpTo {
  /** The seq of the last entry that it has; absent when it has none. */
  after?: number;
  /** The name of the log that the number belongs to; absent if the server did not name it. */
  log?: string;
}

/** Everything a page needs to show a session. */
export interface Snapshot {
  /**
   * Identifies this life of the session. Event numbers start over with each, for example after the bridge has
   * restarted.
   */
  epoch: string;
  /** The chat server, `host:port`. */
  server: string;
  connection: ConnectionState;
  /** The person's name, once given. */
  name?: string;
  /** Whoever uses the page has started the bridge, and is told its invitation. */
  mayInvite?: boolean;
  /**
   * The events after the page's `after`, oldest first; all kept events when the epoch is another one. If they start
   * later than that, older ones were dropped.
   */
  events: readonly NumberedEvent[];
  /** The name of the server's log just before the first of these events, if it was named. */
  log?: string;
  /**
   * The rooms that the person is in, after `events`. It decides who is there, because some of the events that say so
   * may have been dropped.
   */
  rooms?: readonly RoomSnapshot[];
}

/** The bridge's own commands in addition, because it knows more than a single page. */
export type BridgeCommandType = PageCommandType | "away" | "ping";

/** Commands with a password in them. */
export type PasswordCommandType = "register" | "change-password" | "unregister";

/** With `join`, the page says what it has of the room; the bridge tells what follows, as after a lost connection. */
interface Additions
  extends Record<Exclude<BridgeCommandType, "join" | PasswordCommandType>, unknown>,
    Record<PasswordCommandType, ClearIsMeant> {
  join: HeardUpTo;
}
export type BridgeCommand<T extends BridgeCommandType = BridgeCommandType> = {
  [K in T]: Question<K> & Additions[K];
}[T];
export type PageCommand<T extends PageCommandType = PageCommandType> = BridgeCommand<T>;

/**
 * Why a command failed. `offline`: not connected, nothing was sent; `lost`: the connection was lost before the answer,
 * so the command may or may not have been carried out; `busy`: too many are waiting already.
 */
export interface CommandFailure extends Explained {
  ok: false;
  code: ErrorCode | "offline" | "lost" | "busy" | "clear-password";
}

/** The server's answer to such a command, without the label. */
export type CommandAnswer<T extends CommandType> = ({ ok: true } & Answer<T>) | CommandFailure;

/** `id` is a UUID made by the page; a message posted twice under it is stored once. */
export type PostRequest = Omit<Question<"post">, "type">;

/** The message itself arrives before its answer, as an event with its `id`, unless the page was told it earlier. */
export type PostAnswer = CommandAnswer<"post">;

export type JoinAnswer =
  /**
   * `session`: another window of this browser is in the chat under this name; the page should continue its session.
   * `token`: stands for this login from now on.
   */
  | { ok: true; name: string; session?: string; token?: string }
  | ({ ok: false; code: Refusal["code"] | "cancelled" | "busy" } & Explained);

/** A line between the bridge and the chat server, truncated when it is long. */
export interface WireLine {
  way: "in" | "out";
  /** When it was sent or received, ISO 8601. */
  at: string;
  text: string;
}

/** The bridge's connection to the chat server. */
export interface Inspection {
  /** Milliseconds the server just took to answer; absent when it is not there, or cannot answer such a question. */
  serverMs?: number;
  /** Oldest first. */
  lines: readonly WireLine[];
}

/** What the page sends, each with an acknowledgement. */
export interface PageToBridge {
  /**
   * Connect, give this name and prove it where that is needed, and say how much of the lobby the page has. Answered when
   * the server has accepted or refused the person, or they have quit.
   */
  join(request: { name: string } & JoinCredentials & HeardUpTo, answer: (result: JoinAnswer) => void): void;
  post(request: PostRequest, answer: (result: PostAnswer) => void): void;
  /** Anything else in the json dialect: renames, rooms, topics, history, changes to messages. */
  ask(command: PageCommand, answer: (result: CommandAnswer<PageCommandType>) => void): void;
  /** Reports the connection between bridge and chat server. The time this answer takes is the page's own distance. */
  inspect(answer: (inspection: Inspection) => void): void;
  /** How others come to the bridge's page. */
  invitation(answer: (invitation: BridgeInvitation) => void): void;
  /** Whether the reader has this page in front of them; false until told. */
  attend(request: { attentive: boolean }): void;
  /** Leave, end the login that a token stands for, and close the connection. Answered when it is closed. */
  quit(answer: () => void): void;
}

/** What the bridge sends. */
export interface BridgeToPage {
  /** The first event of all, sent again whenever socket.io has reconnected. */
  snapshot(snapshot: Snapshot): void;
  connection(state: ConnectionState): void;
  /** The name under which the server knows the person. @param same with another name, they are the person they were */
  name(name: string, same: boolean): void;
  /** What happened, in order; events of the same moment arrive together. */
  events(events: readonly NumberedEvent[]): void;
  /** Somebody is writing at this moment. */
  typing(event: EventOf<"typing">): void;
}
