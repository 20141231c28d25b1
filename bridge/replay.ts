/** Keeps the latest events of a session, numbered, for pages that return. Who gets them is not its concern. */
import type { KeptEvent, NumberedEvent, Snapshot } from "../protocol/bridge-events.ts";

/** An event, and the length of its JSON in characters. */
export interface KeptInReplay {
  numbered: NumberedEvent;
  chars: number;
}

export class Replay {
  readonly #eventsMax: number;
  readonly #charsMax: number;
  #events: KeptInReplay[] = [];
  #chars = 0;
  #last = 0;
  /** The name of the server's log just before the oldest kept event. */
  #logBefore: string | undefined;
  /** The same after the newest event. */
  #log: string | undefined;

  /** Beyond this many events or characters of JSON, the oldest are dropped first. */
  constructor(eventsMax: number, charsMax = Number.POSITIVE_INFINITY) {
    this.#eventsMax = eventsMax;
    this.#charsMax = charsMax;
  }

  /** The name of the server's log after the newest event. */
  get log(): string | undefined {
    return this.#log;
  }

  /** Numbers the event and keeps it. */
  add(event: KeptEvent): KeptInReplay {
    this.#last += 1;
    const kept = { numbered: { n: this.#last, event }, chars: JSON.stringify(event).length };
    this.#events.push(kept);
    this.#chars += kept.chars;
    this.#log = logAfter(event, this.#log);
    while (this.#events.length > this.#eventsMax || this.#chars > this.#charsMax) this.#drop();
    return kept;
  }

  /** The kept events with a number above `after`, oldest first, and the name of the log just before them. */
  since(after: number): Pick<Snapshot, "events" | "log"> {
    const all = this.#events.map(({ numbered }) => numbered);
    const before = all.filter(({ n }) => n <= after);
    const log = before.reduce((known, { event }) => logAfter(event, known), this.#logBefore);
    return { events: all.slice(before.length), ...(log === undefined ? {} : { log }) };
  }

  #drop(): void {
    const dropped = this.#events.shift();
    if (!dropped) return;
    this.#chars -= dropped.chars;
    this.#logBefore = logAfter(dropped.numbered.event, this.#logBefore);
  }
}

function logAfter(event: KeptEvent, before: string | undefined): string | undefined {
  return (event.type === "joined" ? event.log : undefined) ?? before;
}
