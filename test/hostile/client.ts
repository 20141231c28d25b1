/** A json client for attackers and bystanders: quick, and forgetful, so that a flood does not fill it. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter } from "../../protocol/line-splitter.ts";

export type Json = Record<string, unknown>;

/** Longer than anything takes when all is well. */
const ANSWER_MS = 60_000;

export class Client {
  readonly socket: Socket;
  readonly #answers = new Map<string, (answer: Json | undefined) => void>();
  #label = 0;
  /** The server has closed the connection, or reset it. */
  isClosed = false;
  /** Hears every event that is not an answer. */
  onEvent: (event: Json) => void = () => {};

  private constructor(socket: Socket) {
    this.socket = socket;
    const splitter = new LineSplitter(wireLimits.eventBytesMax);
    socket.on("data", (chunk) => {
      for (const line of splitter.push(chunk)) this.#take(Buffer.from(line).toString("utf8"));
    });
    socket.on("error", () => {});
    for (const end of ["end", "close"] as const) socket.on(end, () => this.#end());
  }

  /** @param from the address of this computer to come from, which tells sources apart; undefined for any */
  static async connect(port: number, from?: string): Promise<Client> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true, ...(from ? { localAddress: from } : {}) });
    const client = new Client(socket);
    await once(socket, "connect");
    return client;
  }

  /** Resolves when all of it has been handed to the system: a flooder is as fast as the server allows. */
  async send(bytes: string | Uint8Array): Promise<void> {
    if (this.isClosed || this.socket.write(bytes)) return;
    const over = new AbortController();
    const { signal } = over;
    const ends = [
      once(this.socket, "drain", { signal }),
      once(this.socket, "close", { signal }),
      pause(1_000, 0, { signal }),
    ];
    // A server that takes nothing must not keep anybody from checking the time.
    await Promise.race(ends).finally(() => over.abort());
    await Promise.allSettled(ends);
  }

  sendJson(...commands: readonly object[]): Promise<void> {
    return this.send(commands.map((command) => `${JSON.stringify(command)}\n`).join(""));
  }

  /** @returns the answer; undefined when the connection ends first, or it never comes */
  ask(command: object): Promise<Json | undefined> {
    this.#label += 1;
    const label = `l${this.#label}`;
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => this.#answer(label, undefined), ANSWER_MS);
      this.#answers.set(label, (answer) => {
        clearTimeout(giveUp);
        resolve(answer);
      });
      void this.sendJson({ ...command, label });
      if (this.isClosed) this.#answer(label, undefined);
    });
  }

  post(room: string, text: string): Promise<Json | undefined> {
    return this.ask(postOf(room, text));
  }

  close(): void {
    this.socket.resetAndDestroy();
  }

  #take(line: string): void {
    if (!line.startsWith("{")) return;
    const event = JSON.parse(line) as Json;
    if (typeof event.label === "string") this.#answer(event.label, event);
    else this.onEvent(event);
  }

  #answer(label: string, answer: Json | undefined): void {
    this.#answers.get(label)?.(answer);
    this.#answers.delete(label);
  }

  #end(): void {
    this.isClosed = true;
    for (const label of this.#answers.keys()) this.#answer(label, undefined);
  }
}

export function postOf(room: string, text: string): Json {
  return { type: "post", room, id: crypto.randomUUID(), text };
}
