/**
 * People who do nothing wrong while others attack: one writes, one reads, one reads at a terminal, and one keeps asking
 * how the server is doing, or the bridge where there is one.
 */
import { setTimeout as pause } from "node:timers/promises";
import { passFor } from "../support/browser-pass.ts";
import { Client } from "./client.ts";
import { Terminal } from "./terminal.ts";
import { visit } from "./visit.ts";

/** The pause between two questions, and between two messages. */
const ASK_MS = 100;
const POST_MS = 250;

export class Bystanders {
  #answersMs: number[] = [];
  /** Texts that were acknowledged. */
  readonly #said: string[] = [];
  readonly #heard = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #clients = new Map<string, Client>();
  readonly #terminal: Terminal;
  #isBridgeDeaf = false;
  #isOver = false;

  private constructor(terminal: Terminal) {
    this.#terminal = terminal;
    terminal.onLine = (line) => {
      if (line.startsWith("writer: ")) this.#seen.add(line.slice("writer: ".length));
    };
  }

  static async enter(port: number, bridgeUrl?: string): Promise<Bystanders> {
    const bystanders = new Bystanders(await Terminal.enter(port, "listener"));
    for (const name of ["writer", "reader", "asker"]) {
      const client = await Client.connect(port);
      await client.ask({ type: "login", name });
      bystanders.#clients.set(name, client);
    }
    bystanders.#client("reader").onEvent = ({ type, text }) => {
      if (type === "message") bystanders.#heard.add(String(text));
    };
    void (bridgeUrl === undefined ? bystanders.#ask() : bystanders.#visit(bridgeUrl));
    void bystanders.#write();
    return bystanders;
  }

  /** Bystanders whose connection the server has ended, or to whom the bridge gave no page. */
  get kicked(): string[] {
    const closed = [...this.#clients].filter(([, { isClosed }]) => isClosed).map(([name]) => name);
    return [
      ...closed,
      ...(this.#terminal.isClosed ? ["listener"] : []),
      ...(this.#isBridgeDeaf ? ["visitor of the bridge"] : []),
    ];
  }

  /** @returns how long each answer took since the last call, in milliseconds */
  takeAnswersMs(): readonly number[] {
    const taken = this.#answersMs;
    this.#answersMs = [];
    return taken;
  }

  /** Acknowledged messages that did not arrive everywhere. */
  async undelivered(): Promise<string[]> {
    const said = [...this.#said];
    await Promise.all([...this.#clients.values()].map((client) => client.ask({ type: "ping" })));
    const missing = () => said.filter((text) => !this.#heard.has(text) || !this.#seen.has(text));
    // A terminal cannot ask: what was written to it arrives when it arrives.
    for (let waitedMs = 0; missing().length > 0 && waitedMs < 10_000; waitedMs += 100) await pause(100);
    return missing();
  }

  leave(): void {
    this.#isOver = true;
    for (const client of this.#clients.values()) client.close();
    this.#terminal.close();
  }

  #client(name: string): Client {
    const client = this.#clients.get(name);
    if (!client) throw new Error(`no ${name}`);
    return client;
  }

  async #ask(): Promise<void> {
    const asker = this.#client("asker");
    while (!this.#isOver && !asker.isClosed) await this.#measure(() => asker.ask({ type: "ping" }));
  }

  async #visit(bridgeUrl: string): Promise<void> {
    const headers = { cookie: await passFor(bridgeUrl) };
    while (!this.#isOver) {
      const status = await this.#measure(() => visit(bridgeUrl, headers));
      if (status !== 200 && !this.#isOver) this.#isBridgeDeaf = true;
    }
  }

  async #measure<T>(question: () => Promise<T>): Promise<T> {
    const sinceMs = performance.now();
    const answer = await question();
    this.#answersMs.push(performance.now() - sinceMs);
    await pause(ASK_MS);
    return answer;
  }

  async #write(): Promise<void> {
    const writer = this.#client("writer");
    for (let index = 0; !this.#isOver && !writer.isClosed; index++) {
      const text = `bystander ${index} ${crypto.randomUUID()}`;
      const answer = await writer.post("lobby", text);
      if (answer?.type === "ok") this.#said.push(text);
      await pause(POST_MS);
    }
  }
}
