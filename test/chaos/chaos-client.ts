/**
 * A json client that never gives up: it posts all the time, resends what was not answered under the same id, comes back
 * after every cut, asks for what it missed, and writes down everything it was told. What it must not be told, it
 * reports.
 */
import { connect, type Socket } from "node:net";
import { type EventOf, type PastMessage, parseEvent, type ServerEvent } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter } from "../../protocol/line-splitter.ts";

interface Post {
  id: string;
  room: string;
  text: string;
}

interface Told {
  msgid: string;
  from: string;
  text: string;
}

/** Posts without an answer at any one time. */
const IN_FLIGHT_MAX = 8;
const RETRY_MS = 20;

export class ChaosClient {
  readonly name: string;
  /** What it knows of each room: the message at each seq. */
  readonly rooms: ReadonlyMap<string, Map<number, Told>>;
  /** Every message that was answered `ok`, by its id. */
  readonly acknowledged = new Map<string, { room: string; seq: number; msgid: string }>();
  /** What should never happen. */
  readonly violations: string[] = [];
  reconnections = 0;
  readonly #port: number;
  readonly #outbox = new Map<string, Post>();
  /** The highest seq known of each room. */
  readonly #lastSeqs = new Map<string, number>();
  /** Live messages of a room whose past has not been fetched yet. */
  readonly #held = new Map<string, EventOf<"message">[]>();
  #socket: Socket | undefined;
  #labels = new Map<string, (answer: EventOf<"ok"> | EventOf<"error">) => void>();
  #label = 0;
  #posted = 0;
  #posting = true;
  #stopped = false;
  #settled: (() => void) | undefined;

  /** @param port where the server is, through whatever wire */
  constructor(name: string, port: number, rooms: readonly string[]) {
    this.name = name;
    this.#port = port;
    this.rooms = new Map(rooms.map((room) => [room, new Map<number, Told>()]));
    this.#connect();
  }

  /** Cuts its connection, in the middle of whatever is on its way. */
  cut(): void {
    this.#socket?.resetAndDestroy();
  }

  /** Reads nothing for a while. */
  stall(ms: number): void {
    const socket = this.#socket;
    socket?.pause();
    setTimeout(() => socket?.resume(), ms);
  }

  /** Posts nothing new; resolves when everything posted is answered and everything said is known. */
  async settle(): Promise<void> {
    this.#posting = false;
    const settled = new Promise<void>((resolve) => {
      this.#settled = resolve;
    });
    this.#checkSettled();
    await settled;
    // Once more from the beginning of a connection: what is missing now was lost.
    const caughtUp = new Promise<void>((resolve) => {
      this.#settled = resolve;
    });
    this.cut();
    await caughtUp;
  }

  stop(): void {
    this.#stopped = true;
    this.#socket?.destroy();
  }

  #connect(): void {
    const splitter = new LineSplitter(wireLimits.eventBytesMax);
    const socket = connect({ host: "127.0.0.1", port: this.#port, noDelay: true });
    this.#socket = socket;
    this.#labels = new Map();
    for (const room of this.rooms.keys()) this.#held.set(room, []);
    socket.on("connect", () => this.#login());
    socket.on("data", (chunk) => {
      for (const line of splitter.push(chunk)) this.#take(parseEvent(Buffer.from(line).toString("utf8")));
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#stopped) return;
      this.reconnections += 1;
      setTimeout(() => this.#connect(), RETRY_MS);
    });
  }

  #ask(command: object, answered: (answer: EventOf<"ok"> | EventOf<"error">) => void): void {
    this.#label += 1;
    const label = String(this.#label);
    this.#labels.set(label, answered);
    this.#socket?.write(`${JSON.stringify({ ...command, label })}\n`);
  }

  #login(): void {
    this.#ask({ type: "login", name: this.name }, (answer) => {
      // Our own ghost: the server has not noticed the cut yet.
      if (answer.type === "error") return this.cut();
      for (const room of this.rooms.keys()) {
        if (room !== "lobby") this.#ask({ type: "join", room }, () => {});
        this.#fetch(room);
      }
    });
  }

  /** Asks for what was said after the last message known, page by page, then lets go of what was held. */
  #fetch(room: string): void {
    const after = this.#lastSeqs.get(room) ?? 0;
    this.#ask({ type: "history", room, after, limit: wireLimits.historyMessagesMax }, (answer) => {
      if (answer.type === "error") return answer.code === "no-such-room" ? undefined : this.cut();
      for (const entry of answer.messages ?? []) if (entry.type === "message") this.#know(room, entry);
      if (answer.more) return this.#fetch(room);
      for (const message of this.#held.get(room) ?? []) this.#know(room, message);
      this.#held.delete(room);
      this.#resend(room);
      this.#post();
      this.#checkSettled();
    });
  }

  #take(event: ServerEvent | undefined): void {
    if (event?.type === "ok" || event?.type === "error") {
      const answered = event.label === undefined ? undefined : this.#labels.get(event.label);
      if (event.label !== undefined) this.#labels.delete(event.label);
      answered?.(event);
    } else if (event?.type === "message" && this.rooms.has(event.room)) {
      const held = this.#held.get(event.room);
      if (held) held.push(event);
      else this.#know(event.room, event);
    }
  }

  #know(room: string, { seq, msgid, from, text }: Omit<PastMessage, "type" | "time">): void {
    const messages = this.rooms.get(room);
    const known = messages?.get(seq);
    if (known && known.msgid !== msgid) {
      this.violations.push(`${this.name}: ${room} ${seq} was ${known.msgid} and is now ${msgid}`);
    }
    messages?.set(seq, { msgid, from, text });
    this.#lastSeqs.set(room, Math.max(seq, this.#lastSeqs.get(room) ?? 0));
  }

  #resend(room: string): void {
    for (const post of this.#outbox.values()) if (post.room === room) this.#send(post);
  }

  #post(): void {
    while (this.#posting && this.#outbox.size < IN_FLIGHT_MAX) {
      this.#posted += 1;
      const rooms = [...this.rooms.keys()];
      const room = rooms[this.#posted % rooms.length] ?? "lobby";
      const post = { id: crypto.randomUUID(), room, text: `${this.name} ${this.#posted}` };
      this.#outbox.set(post.id, post);
      if (!this.#held.has(room)) this.#send(post);
    }
  }

  #send(post: Post): void {
    this.#ask({ type: "post", ...post }, (answer) => {
      const { id, room, text } = post;
      // Not stored, or not in the room yet: it is sent again with the next connection.
      if (answer.type === "error") return this.cut();
      const { msgid = "", seq = 0 } = answer;
      this.acknowledged.set(id, { room, seq, msgid });
      this.#outbox.delete(id);
      this.#know(room, { msgid, seq, from: this.name, text });
      this.#post();
      this.#checkSettled();
    });
  }

  #checkSettled(): void {
    if (this.#posting || this.#outbox.size > 0 || this.#held.size > 0) return;
    this.#settled?.();
    this.#settled = undefined;
  }
}
