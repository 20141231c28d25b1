/**
 * The old chat programs' clients, as they behave on the wire: no framing, each `recv(1024)` is one row of the window,
 * each read is decoded separately. Which of them does what is in docs/protocol.md, "The old programs".
 *
 * How they end was observed in Python, whose loops these are: after a FIN, `recv` returns nothing, immediately and for
 * ever, even when a reset follows; a reset without a FIN raises an exception after everything that came before it was
 * read.
 */
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export type OldClientKind = "a" | "b" | "ancestor";

/** `spinning`: the program got a FIN that it does not understand, and burns a core until somebody ends it. */
export type OldClientState = "open" | "ended" | "spinning" | "deaf" | "crashed";

const RECV_BYTES = 1_024;

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
    socket.on("error", () => this.state !== "spinning" && this.#become("ended"));
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

  /**
   * The text of the entry field, sent as it is. A typed `{quit}` ends the ancestor; B sends it and stays; A sends
   * nothing.
   */
  enter(text: string): void {
    if (text === "{quit}" && this.kind === "a") return this.closeWindow();
    this.#socket.write(text);
    if (text === "{quit}" && this.kind === "ancestor") this.#close();
  }

  /** The window's close button. Only the ancestor says goodbye on the wire. */
  closeWindow(): void {
    if (this.kind === "ancestor") this.#socket.write("{quit}");
    this.#close();
  }

  /** The program hangs: it reads nothing until it wakes. */
  hang(): void {
    this.#socket.pause();
  }

  wake(): void {
    this.#socket.resume();
  }

  #close(): void {
    this.#socket.end();
    this.state = "ended";
  }

  /** Waits until some row is `row`, or ends with it: a busy computer may read two that were sent as one. */
  async row(row: string): Promise<void> {
    await this.#when(() => this.rows.some((read) => read.endsWith(row)), `the row ${JSON.stringify(row)}`);
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
      // The exception ends A; in B the reading thread dies and the window stays.
      this.state = this.kind === "b" ? "deaf" : "crashed";
    }
  }

  #finish(): void {
    if (this.state !== "open") return;
    // A leaves its loop when it reads nothing; the others keep reading.
    if (this.kind !== "a") return this.#become("spinning");
    this.#socket.end();
    this.#become("ended");
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
