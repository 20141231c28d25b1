/**
 * What lies between a socket and a dialect: a link is fed bytes and told of the end, and acts on a wire. Neither side
 * of this file knows the other's types.
 */
import type { LinkError } from "../../protocol/bridge-events.ts";
import type { BridgeLimits } from "../../protocol/limits.ts";
import type { Upstream, UpstreamListener } from "./upstream.ts";

/** The writing half of an open connection. */
export interface Wire {
  write(text: string): void;
  /** Bytes written that the peer has not made room for yet. */
  bytesWaiting(): number;
  /** Closes at once with a reset (RST). `link.disconnected` follows. */
  reset(): void;
  /** Gives up on the connection for a reason of our own, with a reset. `link.disconnected` follows with that reason. */
  fail(code: string): void;
}

/** A dialect at work on one connection. It tells its listener when that has closed. */
export interface Link extends Omit<Upstream, "abandon"> {
  receive(chunk: Uint8Array): void;
  /** The connection is gone. `error` is why, unless the link itself knows better. */
  disconnected(error: LinkError): void;
}

/** What every link is made of. */
export interface LinkParts {
  name: string;
  wire: Wire;
  listener: UpstreamListener;
  limits: BridgeLimits;
  memory: UpstreamMemory;
}

/** What one person's connections leave to each other. */
export interface UpstreamMemory {
  /** The number of the last message that the person was told; ours, where the server numbers none. */
  seq: number;
  /** The server was found to be a Salotto server: its greeting is worth waiting for. */
  greetsAsSalotto: boolean;
}
