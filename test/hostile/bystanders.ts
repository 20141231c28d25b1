/**
 * People who do nothing wrong while others attack: one writes, one reads, one reads at a terminal, and one asks all the
 * time how the server does.
 */
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "./client.ts";

/** Between two questions, and two messages. */
const PING_MS = 100;
const POST_MS = 250;

export class Bystanders {
  /** How long each answer took since it was emptied last, in milliseconds. */
  pings: number[] = [];
  /** Texts that were acknowledged. */
  readonly #said: string[] = [];
  readonly #heard = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #clients = new Map<string, Client>();
  #terminal: Socket | undefined;
  #terminalIsClosed = false;
  #isOver = false;

  static async enter(port: number): Promise<Bystanders> {
    const bystanders = new Bystanders();
    for (const name of ["writer", "reader", "asker"]) {
      const client = await Client.connect(port);
      await client.ask({ type: "login", name });
      bystanders.#clients.set(name, client);
    }
    bystanders.#client("reader").onEvent = ({ type, text }) => {
      if (type === "message") bystanders.#heard.add(String(text));
    };
    await bystanders.#listen(port);
    void bystanders.#ask();
    void bystanders.#write();
    return bystanders;
  }

  /** Those whose connection the server has ended. */
  get kicked(): string[] {
    const closed = [...this.#clients].filter(([, { isClosed }]) => isClosed).map(([name]) => name);
    return this.#terminalIsClosed ? [...closed, "listener"] : closed;
  }

  /** Messages that were acknowledged and do not arrive everywhere. */
  async undelivered(): Promise<string[]> {
    const said = [...this.#said];
    await Promise.all([...this.#clients.values()].map((client) => client.ask({ type: "ping" })));
    const missing = () => said.filter((text) => !this.#heard.has(text) || !this.#seen.has(text));
    // A terminal has no questions to ask: what was written to it arrives when it arrives.
    for (let waitedMs = 0; missing().length > 0 && waitedMs < 10_000; waitedMs += 100) await pause(100);
    return missing();
  }

  leave(): void {
    this.#isOver = true;
    for (const client of this.#clients.values()) client.close();
    this.#terminal?.destroy();
  }

  #client(name: string): Client {
    const client = this.#clients.get(name);
    if (!client) throw new Error(`no ${name}`);
    return client;
  }

  async #ask(): Promise<void> {
    const asker = this.#client("asker");
    while (!this.#isOver && !asker.isClosed) {
      const sinceMs = performance.now();
      await asker.ask({ type: "ping" });
      this.pings.push(performance.now() - sinceMs);
      await pause(PING_MS);
    }
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

  /** Reads plain text, line by line, as a terminal does. */
  async #listen(port: number): Promise<void> {
    const terminal = connect({ host: "127.0.0.1", port });
    this.#terminal = terminal;
    const { promise, resolve } = Promise.withResolvers<void>();
    let rest = "";
    terminal.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("writer: ")) this.#seen.add(line.slice("writer: ".length));
        if (line.includes(" here: ")) resolve();
      }
    });
    terminal.on("error", () => {});
    for (const end of ["end", "close"] as const) {
      terminal.on(end, () => {
        this.#terminalIsClosed = true;
      });
    }
    terminal.write("listener\n");
    await promise;
  }
}
