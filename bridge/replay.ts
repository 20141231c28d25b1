/** The last events of a session, numbered, for a page that comes back. It keeps them; who gets them is not its concern. */
import type { KeptEvent, NumberedEvent } from "../protocol/bridge-events.ts";

export class Replay {
  readonly #eventsMax: number;
  #events: NumberedEvent[] = [];
  #last = 0;

  /** @param eventsMax events kept; the oldest are dropped first */
  constructor(eventsMax: number) {
    this.#eventsMax = eventsMax;
  }

  /** Numbers the event and keeps it. */
  add(event: KeptEvent): NumberedEvent {
    this.#last += 1;
    const numbered = { n: this.#last, event };
    this.#events.push(numbered);
    if (this.#events.length > this.#eventsMax) this.#events.shift();
    return numbered;
  }

  /** The events kept whose number is greater than `after`, oldest first. */
  since(after: number): NumberedEvent[] {
    return this.#events.filter(({ n }) => n > after);
  }
}
