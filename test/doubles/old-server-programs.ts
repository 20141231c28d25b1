/**
 * How each of the old servers handles what it reads, quirks included (docs/protocol.md, "The old programs"). The room
 * and its sockets are in old-servers.ts.
 */
import type { Socket } from "node:net";

/** What a server has seen of one client. */
export interface OldConnection {
  /** Each `recv(1024)`, decoded. */
  readonly received: string[];
  /** The first `recv`, once there was one. */
  name: string | undefined;
  /** How it ended: the client's FIN or RST, or the server closed it. */
  ending: "open" | "fin" | "rst" | "closed-by-server";
}

export interface Client extends OldConnection {
  socket: Socket;
}

/** What a program can do with its connected clients. */
export interface Room {
  readonly connections: readonly Client[];
  readonly present: number;
  /** Server B after a nameless join: it no longer reads anybody. */
  deaf: boolean;
  has(name: string): boolean;
  enter(client: Client, name: string): void;
  leave(client: Client): void;
  broadcast(text: string, except?: Client): void;
  hangUp(client: Client): void;
  close(): Promise<void>;
}

/**
 * `a`, `b` and `ancestor` are the servers with these names in docs/protocol.md; `silent` greets nobody and is otherwise
 * the ancestor; `relay` has no greeting and no names; `userlist` pushes lists; `nick` relays texts as they are;
 * `submitname` and `prompt` read lines; `unito` is the ancestor in Italian.
 */
export type OldServerKind =
  | "a"
  | "b"
  | "ancestor"
  | "silent"
  | "relay"
  | "userlist"
  | "nick"
  | "submitname"
  | "prompt"
  | "unito";

/** What the real ones send until writing to the closed client fails. */
const junkLines = 3;

export interface Program {
  greeting?: string;
  /** It reads lines, and nothing of an unfinished one. */
  readsLines?: boolean;
  named(room: Room, client: Client, name: string): void;
  said(room: Room, client: Client, text: string): void;
  /** The client's FIN without `{quit}`: in Python, an empty `recv`. */
  closed(room: Room, client: Client): void;
  /** The client's reset: in Python, an exception. */
  reset(room: Room, client: Client): void;
}

export function send(client: Client, text: string): void {
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
    // It stays as a ghost, and nobody is told.
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

/**
 * A tutorial's server that asks for a NICK: it relays whatever it reads, and an empty read is a text like any other.
 */
const nick: Program = {
  greeting: "NICK",
  named(room, client, name) {
    room.enter(client, name);
    room.broadcast(`${name} joined!`);
    send(client, "Connected to server!");
  },
  said: (room, _client, text) => room.broadcast(text),
  closed() {
    // It spins: each empty read is sent to everybody, as nothing.
  },
  reset(room, client) {
    room.leave(client);
    room.broadcast(`${client.name} left!`);
  },
};

/** A server in Java: Scanner reads lines, a taken name is asked for again. */
const submitname: Program = {
  greeting: "SUBMITNAME\n",
  readsLines: true,
  named(room, client, name) {
    if (room.has(name)) return send(client, "SUBMITNAME\n");
    send(client, `NAMEACCEPTED ${name}\n`);
    room.broadcast(`MESSAGE ${name} has joined\n`);
    room.enter(client, name);
  },
  said(room, client, text) {
    if (text.toLowerCase().startsWith("/quit")) this.closed(room, client);
    else room.broadcast(`MESSAGE ${client.name}: ${text}\n`);
  },
  closed(room, client) {
    room.hangUp(client);
    room.broadcast(`MESSAGE ${client.name} has left\n`);
  },
  reset(room, client) {
    this.closed(room, client);
  },
};

/** A server of no known family that reads lines and relays only to the others. */
const prompt: Program = {
  greeting: "Welcome!\n[ENTER YOUR NAME]: ",
  readsLines: true,
  named(room, client, name) {
    room.broadcast(`${name} joined the chat!\n`);
    room.enter(client, name);
  },
  said: (room, client, text) => room.broadcast(`${client.name}: ${text}\n`, client),
  closed(room, client) {
    room.hangUp(client);
    room.broadcast(`${client.name} left the chat!\n`);
  },
  reset(room, client) {
    this.closed(room, client);
  },
};

const unito: Program = {
  greeting: "Ciao! Come ti chiami? ({quit} per uscire)",
  named(room, client, name) {
    room.broadcast(`${name} si è unito alla chat!`);
    room.enter(client, name);
  },
  said(room, client, text) {
    if (text === "{quit}") this.closed(room, client);
    else room.broadcast(`${client.name}: ${text}`);
  },
  closed(room, client) {
    room.hangUp(client);
    room.broadcast(`${client.name} ha abbandonato la chat.`);
  },
  reset(room, client) {
    this.closed(room, client);
  },
};

export const programs: Record<OldServerKind, Program> = {
  a,
  b,
  ancestor,
  silent,
  relay,
  userlist,
  nick,
  submitname,
  prompt,
  unito,
};
