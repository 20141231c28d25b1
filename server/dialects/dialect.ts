/**
 * What a dialect is: its declaration, and the interfaces between a dialect and its connection. They pass bytes; sockets
 * stay outside.
 */
import type { ByeCode, LeaveReason } from "../../protocol/events.ts";
import type { Chat } from "../chat/chat.ts";
import type { Asker } from "../chat/ports.ts";
import type { Texts } from "./texts/en.ts";

/** The client at the other end of a connection, as a dialect sees it. */
export interface Client {
  /** Asks and pays for the person. The dialect adds `deliver` and gives it to the chat as a recipient. */
  readonly asker: Asker;
  /** Sends bytes after those sent before. In chunk mode, as a separate write. */
  send(bytes: Uint8Array): void;
  /** Closes the connection once what was sent is on its way. Nothing may be sent after this. */
  end(): void;
  /** The person has given a name, so the connection is not closed for lack of one. */
  loggedIn(): void;
}

/** What a client has sent before its dialect is known. */
export interface Opening {
  /** The beginning, as much as is needed to recognise it. */
  readonly bytes: Buffer;
  /** The first line of `bytes` without its line end, as far as it has arrived. */
  readonly firstLine: string;
  /** The first line has ended, in `bytes` or after them. */
  readonly hasLine: boolean;
  /** The first piece that arrived. */
  readonly first: Uint8Array;
  /** Nothing more has arrived for a moment, or nothing more will. */
  readonly silent: boolean;
}

/**
 * Whether a client speaks this dialect. `wait`: more bytes are needed to tell; `wait-for-silence`: more bytes, or
 * certainty that none follow. Meanwhile, dialects further down the list are not asked.
 */
export type Recognition = "yes" | "no" | "wait" | "wait-for-silence";

/** @param wasGreeted the client kept silent and was greeted then. @returns what it is told first, if anything */
export type Greeting = (wasGreeted: boolean) => Uint8Array | undefined;

interface Detectable {
  /** Its name in the log file. */
  readonly kind: string;
  detect(opening: Opening): Recognition;
}

/** A dialect of the chat. */
export interface Spoken extends Detectable {
  readonly greeting: Greeting;
  /**
   * Its clients use no framing: whatever they read at once is one message to them. Writes are therefore kept apart.
   * When there are too many, some are left out, and the client is told `leftOut` instead.
   */
  readonly unframed?: { leftOut(count: number): Uint8Array };
  create(client: Client): Dialect;
}

/** Another protocol. Its clients are refused in its own words, and nothing that they send is read. */
export interface Refused extends Detectable {
  /** What it is and where it belongs, for the log file. */
  readonly why: string;
  readonly refusal: Uint8Array;
}

export type DialectDeclaration = Spoken | Refused;

/** What dialects are created from. */
export interface DialectParts {
  chat: Chat;
  now: () => Date;
  /** The server's name and version. */
  serverName: string;
  /** What people are told, in the server's language. */
  texts: Texts;
  /** Show people on plain text their own messages, although their terminal shows what they type. */
  echo: boolean;
  /** Bytes in one write to a client without framing. */
  chunkBytesMax: number;
}

/** All dialects of a port. */
export interface Dialects {
  /** In the order in which they are asked: the first one that does not answer `no` decides. */
  readonly list: readonly DialectDeclaration[];
  /** For clients that have not sent enough to be recognised. */
  readonly fallback: Spoken;
}

/** One connection, spoken to in one dialect. */
export interface Dialect {
  /**
   * Takes what arrived: any piece of the stream, or in chunk mode one message. Each step handles one request; the next
   * piece follows when there is nothing more to do.
   */
  receive(bytes: Uint8Array): Iterator<void>;
  /** The peer will send nothing more. An unfinished message counts, then it leaves. */
  finish(): void;
  /** Tells the client that reading from it pauses for a while, because it sends too fast. */
  slow(): void;
  /** Tells why the server ends the connection, takes the person out of the chat, and ends it. */
  dismiss(code: ByeCode): void;
  /** The connection has ended without a goodbye: takes the person out of the chat. */
  vanish(reason: LeaveReason): void;
}
