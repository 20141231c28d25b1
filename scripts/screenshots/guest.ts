/** A guest who talks to the server as a program does, and waits for its answers. */
import type { WireClient } from "../../test/support/wire-client.ts";

export class Guest {
  readonly #wire: WireClient;
  #asked = 0;

  private constructor(wire: WireClient) {
    this.#wire = wire;
  }

  static async enter(wire: WireClient, name: string): Promise<Guest> {
    await wire.line();
    const guest = new Guest(wire);
    await guest.ask({ type: "login", name });
    return guest;
  }

  /** @returns the msgid */
  async say(room: string, text: string, more: { reply?: string; action?: boolean } = {}): Promise<string> {
    const { msgid } = await this.ask({ type: "post", room, id: crypto.randomUUID(), text, ...more });
    return String(msgid);
  }

  async react(room: string, msgid: string, emoji: string): Promise<void> {
    await this.ask({ type: "react", room, id: crypto.randomUUID(), msgid, emoji, on: true });
  }

  /** Has read everything said in a room so far. */
  async read(room: string): Promise<void> {
    const { messages } = await this.ask({ type: "history", room, limit: 1 });
    const [last] = messages as { seq: number }[];
    await this.ask({ type: "read", room, seq: last?.seq ?? 0 });
  }

  /** Sends any command of docs/protocol.md. @returns the server's answer */
  async ask(command: { type: string } & Record<string, unknown>): Promise<Record<string, unknown>> {
    this.#asked += 1;
    const label = String(this.#asked);
    this.#wire.sendJson({ ...command, label });
    for (;;) {
      const event = await this.#wire.json();
      if (event.label !== label) continue;
      if (event.type !== "ok") throw new Error(`${command.type}: ${event.message}`);
      return event;
    }
  }

  async leave(): Promise<void> {
    await this.ask({ type: "quit" });
  }
}
