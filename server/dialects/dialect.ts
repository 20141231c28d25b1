/** What a dialect is to a connection, and a connection to a dialect. Bytes go in and out; sockets stay outside. */
import type { ByeCode, LeaveReason } from "../../protocol/events.ts";

/** The connection, as a dialect sees it. */
export interface Transport {
  /** Where the peer is, `ip:port`. */
  readonly address: string;
  /** Who is behind the address, as far as the network tells. */
  readonly source: string;
  /** Sends bytes, after those sent before. In chunk mode, as a write of their own. */
  send(bytes: Uint8Array): void;
  /** Closes the connection once what was sent is on its way. Nothing may be sent after it. */
  end(): void;
  /** Charges for something that was asked for, in units of `chat/prices.ts`. */
  pay(units: number): void;
  /** Charges for what one person is sent. @param person the key of their name */
  payTo(person: string, bytes: number): void;
  /** What was asked for last is answered later, and nothing else is done until it is. @returns what to call then */
  hold(): () => void;
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
