/**
 * What lies between a socket and a dialect: a link is fed bytes and told of the end, and acts on a wire. Neither side
 * of this file knows the other's types.
 */
import type { ConnectionError } from "../../protocol/bridge-events.ts";
import type { BridgeLimits } from "../limits.ts";
import type { Upstream, UpstreamListener } from "./upstream.ts";

/** The writing half of an open connection. */
export interface Wire {
  write(text: string): void;
  /** Bytes written that the peer has not made room for yet. */
  bytesWaiting(): number;
  /** Whether something has arrived that the link is not given yet, because the server sends too much. */
  holdsBack(): boolean;
  /** Ends our side with a FIN. `link.disconnected` follows when the server has ended its own. */
  end(): void;
  /** Closes at once with a reset (RST). `link.disconnected` follows. */
  reset(): void;
  /** Gives up on the connection for a reason of our own, with a reset. `link.disconnected` follows with that reason. */
  fail(code: string): void;
}

/** A dialect at work on one connection. It tells its listener when that has closed. */
export interface UpstreamClient extends Omit<Upstream, "abandon"> {
  /** @param continues it was cut off the chunk before, not sent by itself; of interest to who has no framing */
  receive(chunk: Uint8Array, continues?: boolean): void;
  /** The connection is gone. `error` is why, unless the link itself knows better. */
  disconnected(error: ConnectionError): void;
}

/** What every link is made of. */
export interface UpstreamClientParts {
  name: string;
  wire: Wire;
  listener: UpstreamListener;
  limits: BridgeLimits;
  memory: UpstreamMemory;
}

/** What one person's connections leave to each other. */
export interface UpstreamMemory {
  /**
   * The rooms that the person is in and the private conversations they have, each with the number of the last entry of
   * it that they were told; ours, where the server numbers none; undefined while nothing of it was told.
   */
  heard: Map<string, number | undefined>;
  /** The name of the server's log whose numbers those are, where it tells one. */
  log: string | undefined;
  /** The server was found to be a Salotto server: its greeting is worth waiting for. */
  greetsAsSalotto: boolean;
  /** Times in a row that a server of no known kind closed as soon as it had the name. */
  hangUps: number;
}
