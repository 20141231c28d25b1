/**
 * A raw TCP client for tests: it sends the given bytes, keeps everything that arrives, and waits for what it should
 * see.
 */
import { connect, type Socket, type TcpNetConnectOpts } from "node:net";

/** How a connection ended: with the peer's FIN, or with a reset. */
export type Closing = "fin" | "reset";

export interface ConnectOptions {
  allowHalfOpen?: boolean;
  /** The server's address; this computer's unless told otherwise. */
  host?: string;
  /** Opens the socket; bare TCP unless told otherwise. */
  open?: (options: TcpNetConnectOpts) => Socket;
}

export class WireClient {
  readonly socket: Socket;
  #room = Buffer.alloc(65_536);
  /** The part of the buffer that is filled. */
  #received = this.#room.subarray(0, 0);
  /** How much of what arrived has already been waited for. */
  #seen = 0;
  #ending: Closing | undefined;
  readonly #watchers = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("end", () => this.#end("fin"));
    socket.on("error", () => this.#end("reset"));
    socket.on("close", () => this.#end("fin"));
  }

  static async connect(port: number, { open = connect, ...options }: ConnectOptions = {}): Promise<WireClient> {
    const socket = open({ host: "127.0.0.1", port, noDelay: true, ...options });
    const client = new WireClient(socket);
    await new Promise((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    return client;
  }

  /** Everything that has arrived, as text. */
  get text(): string {
    return this.#received.toString("utf8");
  }

  /** What has arrived and has not been waited for. */
  get unseen(): string {
    return this.#received.subarray(this.#seen).toString("utf8");
  }

  get bytes(): Uint8Array {
    return this.#received;
  }

  /** This client's address as the server sees it: `ip:port`. */
  get address(): string {
    return `${this.socket.localAddress}:${this.socket.localPort}`;
  }

  send(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Sends one object as a JSON line. */
  sendJson(command: object): void {
    this.send(`${JSON.stringify(command)}\n`);
  }

  /** Waits for `expected` in what has not been waited for yet. @returns everything up to its end */
  async until(expected: string): Promise<string> {
    const wanted = Buffer.from(expected);
    const from = this.#seen;
    let at = from;
    const isThere = () => {
      const found = this.#received.indexOf(wanted, at);
      // What was searched once is not searched again with each chunk.
      at = found === -1 ? Math.max(from, this.#received.length - wanted.length + 1) : found;
      return found !== -1;
    };
    await this.#when(isThere, () => `for ${JSON.stringify(expected)}`);
    this.#seen = at + wanted.length;
    return this.#received.subarray(from, this.#seen).toString("utf8");
  }

  /** Waits for the next line. @returns it without its newline */
  async line(): Promise<string> {
    const line = await this.until("\n");
    return line.slice(0, -1);
  }

  /** Waits for the next JSON line. */
  async json(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.line());
  }

  /** Waits until the connection has ended. */
  async ended(): Promise<Closing> {
    await this.#when(
      () => this.#ending !== undefined,
      () => "for the end",
    );
    return this.#ending ?? "fin";
  }

  close(): void {
    this.socket.destroy();
  }

  #receive(chunk: Buffer): void {
    const { length } = this.#received;
    const size = length + chunk.length;
    if (size > this.#room.length) {
      this.#room = Buffer.alloc(2 * size);
      this.#received.copy(this.#room);
    }
    chunk.copy(this.#room, length);
    this.#received = this.#room.subarray(0, size);
    this.#changed();
  }

  #end(ending: Closing): void {
    if (this.#ending === undefined || ending === "reset") this.#ending = ending;
    this.#changed();
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Resolves when `ready` holds; if the test runs out of time, says what arrived instead. */
  async #when(ready: () => boolean, what: () => string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const watcher = () => {
      if (ready()) resolve();
      else if (this.#ending === "reset" || (this.#ending === "fin" && this.socket.destroyed)) {
        reject(
          new Error(`connection over while waiting ${what()}; unseen: ${JSON.stringify(this.unseen.slice(0, 2_000))}`),
        );
      }
    };
    const giveUp = setTimeout(
      () => reject(new Error(`waited in vain ${what()}; unseen: ${JSON.stringify(this.unseen.slice(0, 2_000))}`)),
      10_000,
    );
    this.#watchers.add(watcher);
    watcher();
    try {
      await promise;
    } finally {
      clearTimeout(giveUp);
      this.#watchers.delete(watcher);
    }
  }
}
