/**
 * Puts what a person missed where it belongs: after a lost connection, the messages of the meantime come before those
 * that are said now, each once; somebody who is new gets the last few. It asks the server's history and tells events in
 * order; it knows neither the wire nor the page.
 */
import type { EventOf, PastMessage, RoomEvent } from "../../protocol/events.ts";
import type { BridgeLimits } from "../../protocol/limits.ts";

/** Messages after a seq, oldest first, and whether there are more; undefined when the server has no answer to that. */
export type History = { messages: readonly PastMessage[]; more: boolean } | undefined;

export interface CatchUpOptions {
  /** The seq of the last message of the room that the person was told, over all connections; 0 for none. */
  heard: { seq: number };
  limits: Pick<BridgeLimits, "missedMessagesMax">;
  history: (room: string, after: number) => Promise<History>;
  tell: (event: RoomEvent) => void;
}

type Joined = EventOf<"joined">;

export class CatchUp {
  readonly #options: CatchUpOptions;
  /** What is said while the history is asked for. Bounded by the wire's answer time, and by the server's flood gate. */
  #held: RoomEvent[] | undefined;
  #stopped = false;

  constructor(options: CatchUpOptions) {
    this.#options = options;
  }

  /** Takes an event as the server sends it. */
  take(event: RoomEvent): void {
    if (event.type === "joined") void this.#joined(event);
    else if (this.#held) this.#held.push(event);
    else this.#tell(event);
  }

  /** The connection is gone: nothing more is told. What was not told yet is missed, and asked for the next time. */
  stop(): void {
    this.#stopped = true;
  }

  async #joined(event: Joined): Promise<void> {
    const { recent = [], ...joined } = event;
    this.#held = [];
    const past = await this.#past(joined, recent);
    if (this.#stopped) return;
    // What follows is told as messages, so the room stands where the first of them begins.
    this.#tell({ ...joined, seq: (past[0]?.seq ?? joined.seq + 1) - 1 });
    this.#options.heard.seq = Math.max(joined.seq, past.at(-1)?.seq ?? 0);
    const { room } = joined;
    for (const message of past) this.#options.tell({ type: "message", room, ...message });
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const each of held) if (!this.#isKnown(each, room)) this.#tell(each);
  }

  /** The messages to tell first: all that was missed, as far as it can be had, or what somebody new is shown. */
  async #past({ room, seq }: Joined, recent: readonly PastMessage[]): Promise<readonly PastMessage[]> {
    const heard = this.#options.heard.seq;
    // A server whose numbers have begun anew is a new one.
    if (heard === 0 || heard > seq) return recent;
    const missed = recent.filter((message) => message.seq > heard);
    const contiguous = heard + missed.length === seq;
    return contiguous
      ? missed
      : this.#ask(room, Math.max(heard, seq - this.#options.limits.missedMessagesMax), seq, missed);
  }

  async #ask(
    room: string,
    from: number,
    upTo: number,
    otherwise: readonly PastMessage[],
  ): Promise<readonly PastMessage[]> {
    const past: PastMessage[] = [];
    for (let after = from, more = true; more && after < upTo; ) {
      const page = await this.#options.history(room, after);
      const last = page?.messages.at(-1);
      if (!page || !last) return past.length > 0 ? past : otherwise;
      past.push(...page.messages);
      after = last.seq;
      more = page.more;
    }
    return past;
  }

  #isKnown(event: RoomEvent, room: string): boolean {
    return event.type === "message" && event.room === room && event.seq <= this.#options.heard.seq;
  }

  #tell(event: RoomEvent): void {
    if (event.type === "message" && !event.room.startsWith("@")) this.#options.heard.seq = event.seq;
    this.#options.tell(event);
  }
}
