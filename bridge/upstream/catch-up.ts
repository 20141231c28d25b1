/**
 * Puts what a person missed of one room where it belongs: after a lost connection, the messages of the meantime come
 * before those that are said now, each once; somebody who is new gets the last few. It asks the server's history and
 * tells events in order; it knows neither the wire nor the page nor other rooms.
 */
import type { EventOf, Message, PastMessage, RoomEvent } from "../../protocol/events.ts";
import type { BridgeLimits } from "../../protocol/limits.ts";

/** Messages, oldest first, and whether there are more after them; undefined when the server has no answer to that. */
export type History = { messages: readonly PastMessage[]; more: boolean } | undefined;

export interface CatchUpOptions {
  /** The seq of the last message that the person was told of each room, over all connections. */
  heard: Map<string, number>;
  limits: Pick<BridgeLimits, "missedMessagesMax">;
  /** The first messages after a seq; without one, the last messages of the room. */
  history: (room: string, after?: number) => Promise<History>;
  tell: (event: RoomEvent) => void;
}

export class CatchUp {
  readonly #room: string;
  readonly #options: CatchUpOptions;
  /** What is said while the history is asked for. Bounded by the wire's answer time, and by the server's flood gate. */
  #held: Message[] | undefined;
  /** Counts the times that something had to be caught up: an answer to an earlier time's question is too late. */
  #time = 0;

  constructor(room: string, options: CatchUpOptions) {
    this.#room = room;
    this.#options = options;
  }

  /** The person is in the room. What they missed follows; who else is there is told at once. */
  joined({ recent = [], ...joined }: EventOf<"joined">): void {
    const from = this.#beginning(joined.seq, recent);
    // What follows is told as messages, so the room stands where the first of them begins.
    this.#options.tell({ ...joined, seq: from });
    void this.#catchUp(from, joined.seq, recent);
  }

  /** Looks for what was missed of a conversation that nobody joins, because it is between two people. */
  async resume(): Promise<void> {
    this.#time += 1;
    const time = this.#time;
    this.#held ??= [];
    const last = await this.#options.history(this.#room);
    if (time !== this.#time) return;
    const messages = last?.messages ?? [];
    const seq = messages.at(-1)?.seq ?? 0;
    await this.#catchUp(this.#beginning(seq, messages), seq, messages);
  }

  /** Takes a message as the server sends it. */
  message(event: Message): void {
    if (this.#held) this.#held.push(event);
    else this.#say(event);
  }

  /** The connection is gone: nothing more is told. What was not told yet is missed, and asked for the next time. */
  stop(): void {
    this.#time += 1;
    this.#held = [];
  }

  /** The seq after which messages are told: what was heard last, or what somebody new is shown. */
  #beginning(seq: number, recent: readonly PastMessage[]): number {
    const heard = this.#options.heard.get(this.#room);
    // A server whose numbers have begun anew is a new one.
    if (heard === undefined || heard > seq) return (recent[0]?.seq ?? seq + 1) - 1;
    return Math.max(heard, seq - this.#options.limits.missedMessagesMax);
  }

  async #catchUp(from: number, upTo: number, recent: readonly PastMessage[]): Promise<void> {
    this.#time += 1;
    const time = this.#time;
    this.#options.heard.set(this.#room, from);
    const isContiguous = from + recent.filter(({ seq }) => seq > from).length === upTo;
    if (!isContiguous) {
      this.#held ??= [];
      for (let after = from, more = true; more && after < upTo; ) {
        const page = await this.#options.history(this.#room, after);
        if (time !== this.#time) return;
        this.#sayPast(page?.messages ?? []);
        after = page?.messages.at(-1)?.seq ?? upTo;
        more = page?.more ?? false;
      }
    }
    // All that there is to tell where the server has no history.
    this.#sayPast(recent);
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const each of held) if (!this.#isKnown(each)) this.#say(each);
  }

  #sayPast(messages: readonly PastMessage[]): void {
    for (const each of messages) {
      if (!this.#isKnown(each)) this.#say({ type: "message", room: this.#room, ...each });
    }
  }

  #isKnown({ seq }: PastMessage): boolean {
    return seq <= (this.#options.heard.get(this.#room) ?? 0);
  }

  #say(message: Message): void {
    this.#options.heard.set(this.#room, message.seq);
    this.#options.tell(message);
  }
}
