/**
 * Who is served next: everything that connections ask for is done one thing at a time, each connection in turn, and only
 * so much in one turn of the event loop. What is left waits for the next, after everybody has been written to.
 */

/** Something that has things to do. */
export interface Worker {
  /** Does one thing. @returns what it cost, in units */
  work(): number;
  /** Whether there is more to do now. */
  isReady(): boolean;
}

export class Scheduler {
  readonly #turnUnits: number;
  readonly #wake: () => void;
  readonly #ready = new Set<Worker>();

  /**
   * @param turnUnits what one turn may cost; the thing that reaches it is the last
   * @param wake asks for `run` once, at the end of this turn of the event loop
   */
  constructor(turnUnits: number, wake: () => void) {
    this.#turnUnits = turnUnits;
    this.#wake = wake;
  }

  add(worker: Worker): void {
    this.#ready.add(worker);
    this.#wake();
  }

  delete(worker: Worker): void {
    this.#ready.delete(worker);
  }

  /** @returns whether there is more to do in the next turn */
  run(): boolean {
    let units = this.#turnUnits;
    // Who is added again while this goes on comes after all the others.
    for (const worker of this.#ready) {
      this.#ready.delete(worker);
      units -= worker.work();
      if (worker.isReady()) this.#ready.add(worker);
      if (units <= 0) break;
    }
    return this.#ready.size > 0;
  }
}
