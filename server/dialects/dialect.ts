/**
 * What a dialect is: how it is declared, and what it is to a connection and a connection to it. Bytes go in and out; sockets
 * stay outside.
 */
import type { ByeCode, LeaveReason } from "../../protocol/events.ts";
import type { Chat } from "../chat/chat.ts";
import type { Asker } from "../chat/ports.ts";
import type { Texts } from "./texts/en.ts";

/** The client at the other end of a connection, as a dialect sees it. */
export interface Client {
  /** The person at the client, as one who asks and pays; with ears of the dialect's own, the chat's recipient. */
  readonly asker: Asker;
  /** Sends bytes after those sent before. In chunk mode, as a separate write. */
  send(bytes: Uint8Array): void;
  /** Closes the connection once what was sent is on its way. Nothing may be sent after this. */
  end(): void;
  /** The person has given a name, so the connection is not closed for lack of one. */
  loggedIn(): void;
}

/** What a client has sent before it is known what it speaks. */
export interface Opening {
  /** The beginning of it, as much as shows what it is. */
  readonly bytes: Buffer;
  /** The first line of `bytes` without its end, as far as it has come. */
  readonly firstLine: string;
  /** The first line has ended, there or later. */
  readonly hasLine: boolean;
  /** What arrived first, by itself. */
  readonly first: Uint8Array;
  /** Nothing more has come for a moment, or nothing more will. */
  readonly silent: boolean;
}

/**
 * Whether an opening is of one's own kind. `wait`: more bytes are needed to tell; `wait-for-silence`: more bytes, or the
 * knowledge that none follow. Those further down the list are not asked meanwhile.
 */
export type Recognition = "yes" | "no" | "wait" | "wait-for-silence";

/** @returns what a client is told before anything else; undefined for nothing. @param wasGreeted as one that kept silent */
export type Greeting = (wasGreeted: boolean) => Uint8Array | undefined;

interface Detectable {
  /** What the log calls it. */
  readonly kind: string;
  detect(opening: Opening): Recognition;
}

/** A dialect of the chat. */
export interface Spoken extends Detectable {
  readonly greeting: Greeting;
  /**
   * Its clients frame nothing: what they read at once is one message to them, and they know no end. Each write is kept
   * apart, at the cost of some when there are too many; `leftOut` is what they are told in the place of those.
   */
  readonly unframed?: { leftOut(count: number): Uint8Array };
  create(client: Client): Dialect;
}

/** Another protocol, whose clients are told in their own words that this is no place for them. Nothing of theirs is read. */
export interface Refused extends Detectable {
  readonly refusal: Uint8Array;
}

export type DialectDeclaration = Spoken | Refused;

/** What dialects are made with. */
export interface DialectParts {
  chat: Chat;
  now: () => Date;
  /** The server's name and version. */
  serverName: string;
  /** What people are told, in the server's language. */
  texts: Texts;
  /** Show people on plain text their own messages although their terminal shows what they type. */
  echo: boolean;
  /** Bytes in one write to a client that frames nothing. */
  chunkBytesMax: number;
}

/** All that a port knows. */
export interface Dialects {
  /** In the order in which they are asked: the first one that does not say no decides. */
  readonly list: readonly DialectDeclaration[];
  /** In which those are spoken to who have not said enough to tell what they speak. */
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
  /** The connection is gone without a word: takes the person out of the chat. */
  vanish(reason: LeaveReason): void;
}
