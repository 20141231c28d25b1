/**
 * Decides who is served next: requests are handled one at a time, and only so much in one turn of the event loop; the
 * rest waits for the next turn, after everybody has been written to. Whoever has spent least comes first, so that
 * somebody who types does not queue behind a flood; among equals, each gets one request handled in turn.
 */

/** Something with work to do. */
export interface Worker {
  /** Does one thing. @returns its cost in units */
  work(): number;
  /** Whether there is more to do now. */
  isReady(): boolean;
  /** How much of its own it has left, from 0 to 1. */
  thrift(): number;
}

/** Levels of thrift. */
const LEVELS = 16;

export class Scheduler {
  readonly #turnUnits: number;
  readonly #wake: () => void;
  /** Workers with something to do, the thriftiest in the last set. */
  readonly #ready = Array.from({ length: LEVELS }, () => new Set<Worker>());

  /**
   * @param turnUnits what one turn may cost; whatever reaches it is the last
   * @param wake asks for `run` once, at the end of this turn of the event loop
   */
  constructor(turnUnits: number, wake: () => void) {
    this.#turnUnits = turnUnits;
    this.#wake = wake;
  }

  add(worker: Worker): void {
    this.#queue(worker);
    this.#wake();
  }

  delete(worker: Worker): void {
    for (const workers of this.#ready) workers.delete(worker);
  }

  /** @returns whether there is more to do in the next turn */
  run(): boolean {
    let units = this.#turnUnits;
    for (let worker = this.#next(); worker; worker = this.#next()) {
      if (units <= 0) return true;
      this.delete(worker);
      units -= worker.work();
      if (worker.isReady()) this.#queue(worker);
    }
    return false;
  }

  #next(): Worker | undefined {
    const [next] = this.#ready.findLast((workers) => workers.size > 0) ?? [];
    return next;
  }

  #queue(worker: Worker): void {
    if (this.#ready.some((workers) => workers.has(worker))) return;
    const level = Math.min(LEVELS - 1, Math.floor(Math.max(0, worker.thrift()) * LEVELS));
    this.#ready[level]?.add(worker);
  }
}
