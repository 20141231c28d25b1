/**
 * The old chat servers, rebuilt after what they do on the wire (docs/protocol.md, "The old programs"), quirks included:
 * no framing, one `recv(1024)` is one message, nobody expects a client to misbehave.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/**
 * `a`, `b` and `ancestor` are the servers that docs/protocol.md calls so;
 * `silent` greets nobody and is otherwise the ancestor; `relay` has no greeting and no names; `userlist` pushes lists.
 */
export type OldServerKind = "a" | "b" | "ancestor" | "silent" | "relay" | "userlist";

/** What a server has seen of one client. */
export interface OldConnection {
  /** Each `recv(1024)`, decoded. */
  readonly received: string[];
  /** The first `recv`, once there was one. */
  name: string | undefined;
  /** How it ended: the client's FIN or RST, or the server closed it. */
  ending: "open" | "fin" | "rst" | "closed-by-server";
}

export interface OldServer {
  readonly port: number;
  /** Every connection ever made, oldest first. */
  readonly connections: readonly OldConnection[];
  /** False once the server has ended, by `close` or by itself. */
  readonly running: boolean;
  close(): Promise<void>;
  /** Cuts all connections with a reset, as when the machine goes down. */
  cut(): void;
  /** Sends raw bytes to everyone, as one write. */
  say(bytes: string | Uint8Array): void;
}

/** Python's `recv(1024)`: more than that in one segment becomes several messages. */
const recvBytes = 1_024;
/** What the real ones send until writing to the closed client fails. */
const junkLines = 3;

/**
 * @param port 0, the default, for any free port
 * @param readMs milliseconds between a `recv` and what the server makes of it, in which it reads nothing more; 0 for none
 */
export async function startOldServer(kind: OldServerKind, port = 0, readMs = 0): Promise<OldServer> {
  const server = new Room(programs[kind], readMs);
  await server.listen(port);
  return server;
}

interface Client extends OldConnection {
  socket: Socket;
}

interface Program {
  greeting?: string;
  named(room: Room, client: Client, name: string): void;
  said(room: Room, client: Client, text: string): void;
  /** The client's FIN without `{quit}`: to Python an empty `recv`. */
  closed(room: Room, client: Client): void;
  /** The client's reset: to Python an exception. */
  reset(room: Room, client: Client): void;
}

class Room implements OldServer {
  readonly #program: Program;
  readonly #readMs: number;
  readonly #server: Server;
  readonly #here = new Set<Client>();
  readonly connections: Client[] = [];
  running = true;
  /** Server B after a nameless join: it reads nobody any more. */
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

  /** Each `send` is a write of its own. */
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
        const bytes = unread.subarray(0, recvBytes);
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
    if (client.name === undefined) this.#program.named(this, client, text);
    else this.#program.said(this, client, text);
  }
}

function send(client: Client, text: string): void {
  if (client.socket.writable) client.socket.write(text);
}

function junk(room: Room, client: Client): void {
  for (let sent = 0; sent < junkLines; sent++) room.broadcast(`${client.name}: `, client);
}

const a: Program = {
  greeting: "Benvenuto! Inserisci il tuo nome e premi INVIO!",
  named(room, client, name) {
    if (room.has(name)) {
      send(client, "Questo nome è già in uso. Prova con un altro!");
      return;
    }
    send(client, `Hey ${name}! Per uscire, digita {quit}`);
    room.enter(client, name);
    room.broadcast(`SERVER: Utente ${name} si è unito alla chat.`);
  },
  said(room, client, text) {
    if (text !== "{quit}") {
      room.broadcast(`${client.name}: ${text}`);
      return;
    }
    room.hangUp(client);
    room.broadcast(`SERVER: Utente ${client.name} ha lasciato la chat.`);
  },
  closed(room, client) {
    junk(room, client);
    this.reset(room, client);
  },
  reset(room, client) {
    room.hangUp(client);
    room.broadcast(`SERVER: Utente ${client.name} ha lasciato la chat.`);
  },
};

const b: Program = {
  greeting: "WRITE YOUR NAME TO START!",
  named(room, client, name) {
    send(client, `WELCOME ${name}! PRESS BUTTON QUIT TO LEFT THE CHATROOM`);
    room.enter(client, name);
    room.broadcast(`${name} JOINED THE CHAT!`, client);
    if (name === "") room.deaf = true;
  },
  said(room, client, text) {
    if (text !== "{quit}") {
      room.broadcast(`${client.name}: ${text}`);
      return;
    }
    room.hangUp(client);
    room.broadcast(`${client.name} LEFT THE CHAT!`);
    if (room.present === 0) void room.close();
  },
  closed() {
    // A ghost: it stays, and nobody is told.
  },
  reset() {
    // The same.
  },
};

const ancestor: Program = {
  greeting: "Greetings from the cave! Now type your name and press enter!",
  named(room, client, name) {
    send(client, `Welcome ${name}! If you ever want to quit, type {quit} to exit.`);
    room.broadcast(`${name} has joined the chat!`);
    room.enter(client, name);
  },
  said(room, client, text) {
    if (text !== "{quit}") {
      room.broadcast(`${client.name}: ${text}`);
      return;
    }
    send(client, "{quit}");
    room.hangUp(client);
    room.broadcast(`${client.name} has left the chat.`);
  },
  closed(room, client) {
    junk(room, client);
    room.leave(client);
  },
  reset(room, client) {
    room.leave(client);
  },
};

const { greeting: _, ...silent } = ancestor;

const relay: Program = {
  named(room, client, name) {
    room.enter(client, name);
    this.said(room, client, name);
  },
  said(room, client, text) {
    const { remoteAddress, remotePort } = client.socket;
    room.broadcast(`${remoteAddress}:${remotePort} - ${text}`, client);
  },
  closed: (room, client) => room.hangUp(client),
  reset: (room, client) => room.leave(client),
};

const userlist: Program = {
  named(room, client, name) {
    room.enter(client, name);
    pushPeople(room);
  },
  said(room, client, text) {
    if (text === "{quit}") this.closed(room, client);
    else room.broadcast(`${client.name}: ${text}`);
  },
  closed(room, client) {
    room.hangUp(client);
    pushPeople(room);
  },
  reset(room, client) {
    room.leave(client);
    pushPeople(room);
  },
};

function pushPeople(room: Room): void {
  const names = room.connections.filter((client) => room.has(client.name ?? "")).map((client) => client.name);
  room.broadcast(`/userlist ${[...new Set(names)].join(",")}`);
}

const programs: Record<OldServerKind, Program> = {
  a,
  b,
  ancestor,
  silent,
  relay,
  userlist,
};
