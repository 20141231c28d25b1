/**
 * The port: what a connection to a chat server can do for one person, whatever kind of server it is. A session knows
 * only this; sockets and dialects stay behind it.
 */
import type {
  BridgeCommand,
  BridgeCommandType,
  CommandAnswer,
  ConnectionError,
  PageEvent,
  PostAnswer,
  PostRequest,
  Refusal,
  UpstreamInfo,
} from "../../protocol/bridge-events.ts";

/** How a connection ended. */
export type UpstreamEnd =
  /** We asked for it. */
  | { kind: "quit" }
  /** The server refused this person. */
  | { kind: "refused"; refusal: Refusal }
  /** The server ended the connection for good; `message` tells people why. */
  | { kind: "ended"; message: string }
  /** It could not be opened, or it broke: worth another attempt. */
  | { kind: "lost"; error: ConnectionError };

export interface UpstreamListener {
  /**
   * The server has accepted the name and keeps it as `name`. Called before any event, and again when more is known
   * about what the server is.
   */
  online(info: UpstreamInfo, name: string): void;
  /** The server now knows the person by another name. @param same they are the person that they were before */
  renamed(name: string, same: boolean): void;
  event(event: PageEvent): void;
  /** The server has answered something: every event until now comes before that answer, every later one after it. */
  answered(): void;
  /** Something was written to the server. */
  sent(text: string): void;
  /** Something came from the server: any piece of it. */
  received(bytes: Uint8Array): void;
  /** Called exactly once, and nothing follows. Every post has had its answer by then. */
  closed(end: UpstreamEnd): void;
}

export interface Upstream {
  /**
   * Sends a text that `cleanText` has cleaned and `textProblem` has passed. The person's own message arrives as an
   * event with its `id`, before the answer. A repeated message that was delivered before does not arrive again. Answers
   * `offline` or `lost` when there is no connection.
   */
  post(request: PostRequest): Promise<PostAnswer>;
  /** Passes a command on; its effects on the person's rooms outlive the connection. */
  ask<T extends BridgeCommandType>(command: BridgeCommand<T>): Promise<CommandAnswer<T>>;
  /**
   * Leaves the way the server expects it, within a bounded time; `closed` says when that is done.
   * @param signsOut also ends the login that the person's token stands for
   */
  quit(signsOut?: boolean): void;
  /**
   * The program is ending at this very moment: closes with a reset, which old servers handle best. Nothing more is
   * heard.
   */
  abandon(): void;
}

/** Opens a connection under `name` (as returned by `parseName`); the listener hears how it goes. */
export type OpenUpstream = (name: string, listener: UpstreamListener) => Upstream;
