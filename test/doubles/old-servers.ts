/**
 * The old chat servers, rebuilt from their behaviour on the wire (docs/protocol.md, "The old programs"), quirks
 * included: no framing, one `recv(1024)` is one message, nobody expects a client to misbehave.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import {
  type Client,
  type OldConnection,
  type OldServerKind,
  type Program,
  programs,
  type Room,
  send,
} from "./old-server-programs.ts";

export interface OldServer {
  readonly port: number;
  /** Every connection ever made, oldest first. */
  readonly connections: readonly OldConnection[];
  /** False once the server has ended, through `close` or by itself. */
  readonly running: boolean;
  close(): Promise<void>;
  /** Cuts all connections with a reset, as when the machine goes down. */
  cut(): void;
  /** Sends raw bytes to everyone, as one write. */
  say(bytes: string | Uint8Array): void;
}

/** Python's `recv(1024)`: more than that in one segment becomes several messages. */
const recvBytes = 1_024;

/**
 * @param port 0, the default, for any free port
 * @param readMs milliseconds between a `recv` and its handling, during which it reads nothing more; 0 for none
 */
export async function startOldServer(kind: OldServerKind, port = 0, readMs = 0): Promise<OldServer> {
  const server = new RunningRoom(programs[kind], readMs);
  await server.listen(port);
  return server;
}

class RunningRoom implements OldServer, Room {
  readonly #program: Program;
  readonly #readMs: number;
  readonly #server: Server;
  readonly #here = new Set<Client>();
  readonly connections: Client[] = [];
  running = true;
  /** Server B after a nameless join: it no longer reads anybody. */
  deaf = false;

  constructor(program: Program, readMs: number) {
    this.#program = program;
    this.#readMs = readMs;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#connected(socket));
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  get present(): number {
    return this.#here.size;
  }

  has(name: string): boolean {
    return [...this.#here].some((client) => client.name === name);
  }

  enter(client: Client, name: string): void {
    client.name = name;
    this.#here.add(client);
  }

  leave(client: Client): void {
    this.#here.delete(client);
  }

  /** Each `send` is a separate write. */
  broadcast(text: string, except?: Client): void {
    for (const client of this.#here) if (client !== except) send(client, text);
  }

  hangUp(client: Client): void {
    this.leave(client);
    if (client.ending === "open") client.ending = "closed-by-server";
    client.socket.end();
  }

  say(bytes: string | Uint8Array): void {
    for (const client of this.#here) client.socket.write(bytes);
  }

  cut(): void {
    for (const client of this.#here) client.ending = "closed-by-server";
    this.#here.clear();
    for (const client of this.connections) client.socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.running = false;
    for (const client of this.connections) client.socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, "close");
  }

  #connected(socket: Socket): void {
    const client: Client = { socket, received: [], name: undefined, ending: "open" };
    this.connections.push(client);
    let unread = Buffer.alloc(0);
    let busy = false;
    const read = () => {
      while (unread.length > 0 && !busy) {
        const lineEnd = unread.indexOf("\n");
        if (this.#program.readsLines && lineEnd === -1) return;
        const bytes = unread.subarray(0, this.#program.readsLines ? lineEnd + 1 : recvBytes);
        unread = unread.subarray(recvBytes);
        if (this.#readMs === 0) {
          this.#received(client, bytes);
          continue;
        }
        busy = true;
        setTimeout(() => {
          busy = false;
          this.#received(client, bytes);
          read();
        }, this.#readMs);
      }
    };
    socket.on("data", (chunk) => {
      unread = Buffer.concat([unread, chunk]);
      read();
    });
    socket.on("end", () => {
      if (client.ending !== "open") return;
      client.ending = "fin";
      if (client.name === undefined) this.#program.named(this, client, "");
      this.#program.closed(this, client);
    });
    socket.on("error", () => {
      if (client.ending === "open") client.ending = "rst";
      if (client.name !== undefined) this.#program.reset(this, client);
    });
    if (this.#program.greeting) send(client, this.#program.greeting);
  }

  #received(client: Client, bytes: Buffer): void {
    const text = bytes.toString("utf8");
    client.received.push(text);
    if (this.deaf) return;
    const read = this.#program.readsLines ? text.trimEnd() : text;
    if (client.name === undefined) this.#program.named(this, client, read);
    else this.#program.said(this, client, read);
  }
}
