/**
 * Decides who is served next: requests are handled one at a time, and only so much in one turn of the event loop; the
 * rest waits for the next turn, after everybody has been written to. Whoever has spent least comes first, so that
 * somebody who types does not queue behind a flood; among equals, each gets one request handled in turn.
 */

/** Something with work to do. */
export interface Task {
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
  /** Tasks with something to do, the thriftiest in the last set. */
  readonly #ready = Array.from({ length: LEVELS }, () => new Set<Task>());

  /**
   * @param turnUnits what one turn may cost; whatever reaches it is the last
   * @param wake asks for `run` once, at the end of this turn of the event loop
   */
  constructor(turnUnits: number, wake: () => void) {
    this.#turnUnits = turnUnits;
    this.#wake = wake;
  }

  add(task: Task): void {
    this.#queue(task);
    this.#wake();
  }

  delete(task: Task): void {
    for (const tasks of this.#ready) tasks.delete(task);
  }

  /** How many tasks have something to do. */
  get size(): number {
    return this.#ready.reduce((sum, tasks) => sum + tasks.size, 0);
  }

  /** @returns whether there is more to do in the next turn */
  run(): boolean {
    let units = this.#turnUnits;
    for (let task = this.#next(); task; task = this.#next()) {
      if (units <= 0) return true;
      this.delete(task);
      units -= task.work();
      if (task.isReady()) this.#queue(task);
    }
    return false;
  }

  #next(): Task | undefined {
    const [next] = this.#ready.findLast((tasks) => tasks.size > 0) ?? [];
    return next;
  }

  #queue(task: Task): void {
    if (this.#ready.some((tasks) => tasks.has(task))) return;
    const level = Math.min(LEVELS - 1, Math.floor(Math.max(0, task.thrift()) * LEVELS));
    this.#ready[level]?.add(task);
  }
}
