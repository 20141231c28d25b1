/** Moves the bytes of one connection. The rest of server/net sees only this, whether the socket is bare TCP or TLS. */
import type { Socket } from "node:net";
import { isLoopback } from "../../protocol/address.ts";
import { reset } from "../../tcp/reset.ts";

/** Hears what happens on a transport. */
export interface TransportListener {
  received(bytes: Uint8Array): void;
  /** The peer will send nothing more. */
  ended(): void;
  /** Something broke; `closed` follows. */
  failed(error: NodeJS.ErrnoException): void;
  /** Nothing goes either way any more. */
  closed(): void;
}

export interface Transport {
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Nobody on the way can read the bytes: they are encrypted, or do not leave this computer. */
  readonly isPrivate: boolean;
  /** Written bytes that the system has not taken yet. */
  readonly bytesWaiting: number;
  /** Starts telling the listener what happens. Called once. */
  open(listener: TransportListener): void;
  /** Writes all parts as one. @param taken called once the system has taken them; never if it does not */
  write(parts: readonly Uint8Array[], taken: () => void): void;
  /** Ends our side, after what was written. @param ended called when our end is on its way */
  end(ended?: () => void): void;
  /** Closes both sides at once: the peer sees an error, not an end. What the system has taken may still arrive. */
  reset(): void;
  /** Stops reading, so that the peer has to wait, until `resume`. */
  pause(): void;
  resume(): void;
}

/** A Node socket: TCP or TLS. */
export class SocketTransport implements Transport {
  readonly #socket: Socket;
  readonly #tcp: Socket;

  /** @param tcp the TCP socket underneath, if `socket` is TLS */
  constructor(socket: Socket, tcp = socket) {
    this.#socket = socket;
    this.#tcp = tcp;
  }

  get remoteAddress(): string {
    return this.#tcp.remoteAddress ?? "unknown";
  }

  get remotePort(): number {
    return this.#tcp.remotePort ?? 0;
  }

  get isPrivate(): boolean {
    return this.#socket !== this.#tcp || isLoopback(this.remoteAddress);
  }

  get bytesWaiting(): number {
    return this.#socket.writableLength;
  }

  open(listener: TransportListener): void {
    this.#socket.on("data", (chunk: Buffer) => listener.received(chunk));
    this.#socket.on("end", () => listener.ended());
    for (const socket of new Set([this.#socket, this.#tcp])) {
      socket.on("error", (error: NodeJS.ErrnoException) => listener.failed(error));
    }
    this.#socket.on("close", () => listener.closed());
  }

  write(parts: readonly Uint8Array[], taken: () => void): void {
    const [first] = parts;
    // Several connections may share these bytes: they are never changed, so they need no copy.
    const bytes = first && parts.length === 1 ? first : Buffer.concat(parts);
    this.#socket.write(bytes, (error) => {
      if (!error) taken();
    });
  }

  end(ended?: () => void): void {
    if (ended) this.#socket.once("finish", ended);
    this.#socket.end();
  }

  reset(): void {
    reset(this.#socket, this.#tcp);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}
