/**
 * The border between a socket and a dialect: a client is fed bytes and told of the end, and acts on a wire. Neither side
 * knows the other's types.
 */
import type { ConnectionError } from "../../protocol/bridge-events.ts";
import type { BridgeLimits } from "../limits.ts";
import type { Proof } from "../proof.ts";
import type { Upstream, UpstreamListener } from "./upstream.ts";

/** The writing half of an open connection. */
export interface Wire {
  write(text: string): void;
  /** Bytes written that the peer has no room for yet. */
  bytesWaiting(): number;
  /** Whether something has arrived that is being held back because the server sends too much. */
  holdsBack(): boolean;
  /** Ends our side with a FIN. `disconnected` follows when the server has ended its side. */
  end(): void;
  /** Closes at once with a reset (RST). `disconnected` follows. */
  reset(): void;
  /** Gives up the connection for a reason of our own, with a reset. `disconnected` follows with that reason. */
  fail(code: string): void;
}

/** A dialect at work on one connection. It tells its listener when the connection has closed. */
export interface UpstreamClient extends Omit<Upstream, "abandon"> {
  /** @param continues it was cut off the previous chunk rather than sent by itself; matters only without framing */
  receive(chunk: Uint8Array, continues?: boolean): void;
  /** The connection is gone. `error` is the reason, unless the client knows a better one. */
  disconnected(error: ConnectionError): void;
}

/** What every client is made of. */
export interface UpstreamClientParts {
  name: string;
  wire: Wire;
  listener: UpstreamListener;
  limits: BridgeLimits;
  memory: UpstreamMemory;
  /** Whether nobody on the way to the server can read what is written. */
  isPrivate: boolean;
}

/** What one person's connections hand on to each other. */
export interface UpstreamMemory {
  proof: Proof;
  /**
   * The person's rooms and private conversations, each with the number of the last entry they were told (our own number
   * where the server has none); undefined before the first.
   */
  heard: Map<string, number | undefined>;
  /** The name of the log that those numbers belong to, if the server has told it. */
  log: string | undefined;
  /** The server is known to be a Salotto server, so its greeting is worth waiting for. */
  greetsAsSalotto: boolean;
  /** How many times in a row an unknown server has closed as soon as it had the name. */
  hangUps: number;
}
