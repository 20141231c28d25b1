/** The last events of a session, numbered, for a page that comes back. It keeps them; who gets them is not its concern. */
import type { KeptEvent, NumberedEvent } from "../protocol/bridge-events.ts";

/** An event, and how many characters of JSON it takes. */
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

  /** Of more events, or more characters of JSON, the oldest are dropped first. */
  constructor(eventsMax: number, charsMax = Number.POSITIVE_INFINITY) {
    this.#eventsMax = eventsMax;
    this.#charsMax = charsMax;
  }

  /** Numbers the event and keeps it. */
  add(event: KeptEvent): KeptInReplay {
    this.#last += 1;
    const kept = { numbered: { n: this.#last, event }, chars: JSON.stringify(event).length };
    this.#events.push(kept);
    this.#chars += kept.chars;
    while (this.#events.length > this.#eventsMax || this.#chars > this.#charsMax) {
      this.#chars -= this.#events.shift()?.chars ?? 0;
    }
    return kept;
  }

  /** The events kept whose number is greater than `after`, oldest first. */
  since(after: number): NumberedEvent[] {
    return this.#events.map(({ numbered }) => numbered).filter(({ n }) => n > after);
  }
}
