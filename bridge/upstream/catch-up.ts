/**
 * Fetches what a person missed of one room, and tells it in order. After a lost connection, the missed entries
 * (messages and changes) come before the new ones, each once. A newcomer gets the last few messages and everything
 * since the first of them. It knows the server's history, but neither the wire nor the page nor other rooms.
 */
import type { PageEvent } from "../../protocol/bridge-events.ts";
import type { EntryEvent, EventOf, HistoryEntry } from "../../protocol/events.ts";
import type { BridgeLimits } from "../limits.ts";
import type { UpstreamMemory } from "./upstream-client.ts";

/** Entries, oldest first, and whether more follow; undefined when the server cannot answer. */
export type HistoryAnswer = { entries: readonly HistoryEntry[]; more: boolean } | undefined;

/** Shared by all rooms: how many more characters of JSON may be held back during catching up. */
export interface HoldBudget {
  leftChars: number;
}

export interface CatchUpOptions {
  /** How far the person was told each of their rooms, across connections. */
  memory: Pick<UpstreamMemory, "heard" | "log">;
  limits: Pick<BridgeLimits, "missedMessagesMax">;
  /** The first entries after a seq; without one, the room's last entries. */
  history: (room: string, after?: number) => Promise<HistoryAnswer>;
  tell: (event: PageEvent) => void;
  /** The server announces more but sends nothing new, so asking would never end. */
  stuck: () => void;
}

export class CatchUp {
  #room: string;
  readonly #options: CatchUpOptions;
  readonly #budget: HoldBudget;
  /** What happens while history is being fetched. What does not fit is missing afterwards, as the numbers show. */
  #held: EntryEvent[] | undefined;
  #heldChars = 0;
  /** Called once everything that has happened so far was told. */
  readonly #waiting: (() => void)[] = [];
  /** Counts the times something had to be caught up, so that an answer to an earlier request can be ignored. */
  #time = 0;

  constructor(room: string, options: CatchUpOptions, budget: HoldBudget) {
    this.#room = room;
    this.#options = options;
    this.#budget = budget;
  }

  /** The person is in the room. Who else is there is told at once; what they missed follows. */
  joined({ recent = [], ...joined }: EventOf<"joined">): void {
    const from = this.#beginning(joined.seq, recent);
    // What follows is told as events, so the room's number is set to where the first of them begins.
    this.#options.tell({ ...joined, seq: from, upTo: joined.seq });
    void this.#catchUp(from, joined.seq, recent);
  }

  /** The other person has another name, and so has what is said with them. */
  rename(room: string): void {
    this.#room = room;
  }

  /** Looks for missed entries of a private conversation, which nobody joins. @returns its name, once the server said it */
  async resume(): Promise<string> {
    this.#time += 1;
    const time = this.#time;
    this.#held ??= [];
    const last = await this.#options.history(this.#room);
    if (time !== this.#time) return this.#room;
    const entries = last?.entries ?? [];
    const seq = entries.at(-1)?.seq ?? 0;
    void this.#catchUp(this.#beginning(seq, entries), seq, entries);
    return this.#room;
  }

  /** Holds back what happens. @returns a function that tells it, unless something is being caught up with by then */
  hold(): () => void {
    this.#held ??= [];
    const time = this.#time;
    return () => {
      if (time === this.#time) this.#tellHeld();
    };
  }

  /** Calls back once everything that the server has sent so far was told, or the connection has ended. */
  whenTold(then: () => void): void {
    if (this.#held) this.#waiting.push(then);
    else then();
  }

  /** Takes an entry from the server. */
  entry(event: EntryEvent): void {
    if (!this.#held) return this.#tell(event);
    const chars = JSON.stringify(event).length;
    if (chars > this.#budget.leftChars) return;
    this.#budget.leftChars -= chars;
    this.#heldChars += chars;
    this.#held.push(event);
  }

  /** The connection is gone: nothing more is told. What was not told yet counts as missed, and is fetched next time. */
  stop(): void {
    this.#time += 1;
    this.#release();
    this.#held = [];
    this.#letGo();
  }

  /** The seq after which entries are told: the last one heard, or the start of what a newcomer is shown. */
  #beginning(seq: number, recent: readonly HistoryEntry[]): number {
    const heard = this.#options.memory.heard.get(this.#room);
    // A conversation that the server keeps nothing of does not show how far its numbers had got.
    const isNew = heard === undefined || heard > seq;
    const last = isNew ? (recent[0]?.seq ?? seq + 1) - 1 : heard;
    return Math.max(last, seq - this.#options.limits.missedMessagesMax);
  }

  async #catchUp(from: number, upTo: number, recent: readonly HistoryEntry[]): Promise<void> {
    this.#time += 1;
    const time = this.#time;
    this.#options.memory.heard.set(this.#room, from);
    const isContiguous = recent.filter(({ seq }) => seq > from && seq <= upTo).length === upTo - from;
    if (!isContiguous) {
      this.#held ??= [];
      for (let after = from, more = true; more && after < upTo; ) {
        const page = await this.#options.history(this.#room, after);
        if (time !== this.#time) return;
        this.#tellPast(page?.entries ?? []);
        more = page?.more ?? false;
        const last = page?.entries.at(-1)?.seq ?? after;
        if (more && last <= after) return this.#options.stuck();
        after = last;
      }
    }
    // This is everything there is when the server has no history.
    this.#tellPast(recent);
    this.#tellHeld();
  }

  #tellHeld(): void {
    for (const each of this.#release()) this.#tell(each);
    this.#held = undefined;
    this.#letGo();
  }

  #letGo(): void {
    for (const then of this.#waiting.splice(0)) then();
  }

  /** Takes out what was held back. */
  #release(): readonly EntryEvent[] {
    const held = this.#held ?? [];
    this.#budget.leftChars += this.#heldChars;
    this.#heldChars = 0;
    return held;
  }

  /** History lacks the id under which a message was posted; its echo, if held back, has it. */
  #tellPast(entries: readonly HistoryEntry[]): void {
    const ids = new Map(this.#held?.map((event) => [event.seq, event.type === "message" ? event.id : undefined]));
    for (const each of entries) {
      const id = ids.get(each.seq);
      this.#tell({ ...each, room: this.#room, ...(id === undefined ? {} : { id }) });
    }
  }

  /** Tells an entry, unless it was told before. */
  #tell(entry: EntryEvent): void {
    const { memory, tell } = this.#options;
    if (entry.seq <= (memory.heard.get(this.#room) ?? 0)) return;
    memory.heard.set(this.#room, entry.seq);
    // It may have waited while its conversation was renamed.
    tell({ ...entry, room: this.#room });
  }
}
