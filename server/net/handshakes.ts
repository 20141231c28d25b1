/**
 * The entrance of a port for TLS: the sockets that were accepted there and are not encrypted yet. It waits for the client to begin,
 * shakes hands with it, and tells whoever speaks no TLS what this port is. Their number and their time are bounded, and a
 * source with many makes room for one with few.
 */
import type { Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import type { ServerLimits } from "../limits.ts";
import type { Entrance } from "./listener.ts";
import { SocketTransport, type Transport } from "./transport.ts";

export interface HandshakesOptions {
  limits: Pick<ServerLimits, "handshakesMax" | "helloMs" | "handshakeMs" | "closeGraceMs">;
  /** The certificate that a new handshake uses. */
  context(): SecureContext;
  /** The answer to somebody who speaks no TLS. @param said their first bytes; none when they are silent */
  refusal(said: Uint8Array): Uint8Array;
  /** A handshake failed, or did not end in time. */
  failed(why: string): void;
}

/** The first byte of a TLS record that contains a handshake (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 0x16;

export class Handshakes implements Entrance {
  readonly #options: HandshakesOptions;
  /** By source and TCP socket, the oldest first, each with what gives it up. */
  readonly #pending = new Map<string, Map<Socket, () => void>>();
  #size = 0;

  constructor(options: HandshakesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  enter(tcp: Socket, source: string, entered: (transport: Transport) => void, left: () => void): void {
    const { limits } = this.#options;
    const forget = () => {
      if (this.#remove(tcp, source)) left();
    };
    const giveUp = () => {
      forget();
      tcp.resetAndDestroy();
    };
    this.#add(tcp, source, giveUp);
    if (this.#size > limits.handshakesMax) this.#makeRoom();
    let timer = setTimeout(() => this.#refuse(tcp, new Uint8Array()), limits.helloMs);
    tcp.on("error", () => {});
    tcp.once("end", () => tcp.end());
    tcp.once("close", () => {
      clearTimeout(timer);
      forget();
    });
    tcp.once("data", (said: Buffer) => {
      clearTimeout(timer);
      if (said[0] !== TLS_HANDSHAKE) return this.#refuse(tcp, said);
      timer = setTimeout(() => {
        this.#options.failed("timeout");
        giveUp();
      }, limits.handshakeMs);
      tcp.pause();
      tcp.removeAllListeners("end");
      tcp.unshift(said);
      const tls = new TLSSocket(tcp, { isServer: true, secureContext: this.#options.context() });
      tls.on("error", (error: NodeJS.ErrnoException) => this.#options.failed(error.code ?? error.message));
      tls.once("secure", () => {
        clearTimeout(timer);
        this.#remove(tcp, source);
        tls.removeAllListeners("error");
        entered(new SocketTransport(tls, tcp));
      });
    });
  }

  close(): void {
    for (const own of this.#pending.values()) for (const giveUp of own.values()) giveUp();
  }

  #add(tcp: Socket, source: string, giveUp: () => void): void {
    const own = this.#pending.get(source) ?? new Map<Socket, () => void>();
    this.#pending.set(source, own.set(tcp, giveUp));
    this.#size += 1;
  }

  #remove(tcp: Socket, source: string): boolean {
    const own = this.#pending.get(source);
    if (!own?.delete(tcp)) return false;
    if (own.size === 0) this.#pending.delete(source);
    this.#size -= 1;
    return true;
  }

  /**
   * Gives up the oldest of the source with the most. Nobody needs that long who means it, so the oldest is the least likely to
   * get anywhere.
   */
  #makeRoom(): void {
    let most = new Map<Socket, () => void>();
    for (const own of this.#pending.values()) if (own.size > most.size) most = own;
    most.values().next().value?.();
  }

  /** It may be an old client, which takes an end for endless texts: it has a moment to read this, and is then reset. */
  #refuse(tcp: Socket, said: Uint8Array): void {
    tcp.resume();
    tcp.write(this.#options.refusal(said));
    const timer = setTimeout(() => tcp.resetAndDestroy(), this.#options.limits.closeGraceMs);
    tcp.once("close", () => clearTimeout(timer));
  }
}
