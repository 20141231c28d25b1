/**
 * Who is served next: everything that connections ask for is done one thing at a time, and only so much in one turn of the
 * event loop; what is left waits for the next, after everybody has been written to. Who has spent least comes first, so
 * somebody who types does not stand in a queue with those who flood; among equals each has one thing done in turn.
 */

/** Something that has things to do. */
export interface Worker {
  /** Does one thing. @returns what it cost, in units */
  work(): number;
  /** Whether there is more to do now. */
  isReady(): boolean;
  /** How much of its own it has left, from 0 to 1. */
  thrift(): number;
}

/** Degrees of thrift that are told apart. */
const LEVELS = 16;

export class Scheduler {
  readonly #turnUnits: number;
  readonly #wake: () => void;
  /** Those with something to do, the thriftiest in the last. */
  readonly #ready = Array.from({ length: LEVELS }, () => new Set<Worker>());

  /**
   * @param turnUnits what one turn may cost; the thing that reaches it is the last
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
