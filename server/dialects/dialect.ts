/** What a dialect is to a connection, and a connection to a dialect. Bytes go in and out; sockets stay outside. */
import type { ByeCode, LeaveReason } from "../../protocol/events.ts";
import type { Asker } from "../chat/ports.ts";

/** The client at the other end of a connection, as a dialect sees it. */
export interface Client {
  /** The person at the client, as one who asks and pays; with ears of the dialect's own, the chat's recipient. */
  readonly asker: Asker;
  /** Sends bytes, after those sent before. In chunk mode, as a write of their own. */
  send(bytes: Uint8Array): void;
  /** Closes the connection once what was sent is on its way. Nothing may be sent after it. */
  end(): void;
  /** The person has given a name, so the connection need not be closed for lack of one. */
  loggedIn(): void;
}

/** One connection's conversation in one dialect. */
export interface Dialect {
  /**
   * Takes what arrived: any piece of the stream, or in chunk mode one message. Each step does one thing that was asked
   * for; the next piece is given when there is nothing more to do.
   */
  receive(bytes: Uint8Array): Iterator<void>;
  /** The peer will send nothing more; what it left unfinished counts, then it leaves. */
  finish(): void;
  /** Says that reading from this client pauses for a while, because it sends too fast. */
  slow(): void;
  /** Says why the server ends the connection, takes the person out of the chat, and ends it. */
  dismiss(code: ByeCode): void;
  /** The connection is gone without a word: takes the person out of the chat. */
  vanish(reason: LeaveReason): void;
}
