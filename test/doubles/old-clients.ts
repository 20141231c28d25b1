/**
 * The old chat programs' clients, as they behave on the wire: no framing, each `recv(1024)` is one row of the window,
 * each read is decoded by itself. Which of them does what is in docs/protocol.md, "The old programs".
 */
import { existsSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export type OldClientKind = "a" | "b" | "ancestor";

/** `spinning`: the program got a FIN that it does not understand, and burns a core until it gets a reset. */
export type OldClientState = "open" | "ended" | "spinning" | "deaf" | "crashed";

const RECV_BYTES = 1_024;

/** Whether the test can see a client B end: see `#spin`. */
export const canSeeResets = existsSync("/proc/net/tcp");

/** Looks a local port up in the kernel's table (proc_net_tcp(5)): the second column ends in it, the fourth is the state. */
function isInCloseWait(port: number): boolean {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  return new RegExp(`^ *\\d+: \\w+:${hexPort} \\S+ 08 `, "m").test(readFileSync("/proc/net/tcp", "utf8"));
}

export class OldClient {
  readonly kind: OldClientKind;
  /** The rows of the window, oldest first. */
  readonly rows: string[] = [];
  state: OldClientState = "open";
  readonly #socket: Socket;
  readonly #watchers = new Set<() => void>();

  private constructor(kind: OldClientKind, socket: Socket) {
    this.kind = kind;
    this.#socket = socket;
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("end", () => this.#finish());
    socket.on("error", () => this.#become("ended"));
  }

  /** Opens a client; it is closed after the test. */
  static async open(kind: OldClientKind, port: number): Promise<OldClient> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true, allowHalfOpen: true });
    await new Promise((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    onTestFinished(() => {
      socket.destroy();
    });
    return new OldClient(kind, socket);
  }

  /** The entry's text, sent as it is. A typed `{quit}` ends the ancestor; B sends it and stays; A sends nothing. */
  enter(text: string): void {
    if (text === "{quit}" && this.kind === "a") return this.closeWindow();
    this.#socket.write(text);
    if (text === "{quit}" && this.kind === "ancestor") this.#socket.end();
  }

  /** The window's X. Only the ancestor says good-bye on the wire. */
  closeWindow(): void {
    if (this.kind === "ancestor") this.#socket.write("{quit}");
    this.#socket.end();
  }

  /** Waits until the last row reads `row`. */
  async row(row: string): Promise<void> {
    await this.#when(() => this.rows.includes(row), `the row ${JSON.stringify(row)}`);
  }

  async becomes(state: OldClientState): Promise<void> {
    await this.#when(() => this.state === state, `being ${state}`);
  }

  #receive(chunk: Buffer): void {
    if (this.state !== "open") return;
    for (let at = 0; at < chunk.length; at += RECV_BYTES) this.#row(chunk.subarray(at, at + RECV_BYTES));
    this.#changed();
  }

  #row(bytes: Uint8Array): void {
    try {
      this.rows.push(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      // A lets the exception end the program; B's reading thread dies and the window stays.
      this.state = this.kind === "b" ? "deaf" : "crashed";
    }
  }

  #finish(): void {
    if (this.kind !== "b" || this.state !== "open") {
      this.#socket.end();
      return this.#become("ended");
    }
    this.#become("spinning");
    this.#spin();
  }

  /**
   * Reads again and again, as the program does, until a read fails. Node stops reading at a FIN, so the reset is seen
   * where the kernel shows it: the connection is no longer in CLOSE_WAIT. Linux only; elsewhere it spins for ever.
   */
  #spin(): void {
    const spin = setInterval(() => {
      if (this.#socket.destroyed) clearInterval(spin);
      else if (!isInCloseWait(this.#socket.localPort ?? 0)) {
        clearInterval(spin);
        this.#become("ended");
      }
    }, 10);
  }

  #become(state: OldClientState): void {
    this.state = state;
    this.#changed();
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  async #when(ready: () => boolean, what: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const watcher = () => ready() && resolve();
    const giveUp = setTimeout(
      () =>
        reject(new Error(`old client ${this.kind} waited in vain for ${what}; ${this.state}; ${this.rows.join("|")}`)),
      10_000,
    );
    this.#watchers.add(watcher);
    watcher();
    await promise.finally(() => {
      clearTimeout(giveUp);
      this.#watchers.delete(watcher);
    });
  }
}
