/**
 * Keeps a log readable while something happens again and again: the first time is told at once, those after it as one line
 * with their count when a while has passed. It writes nothing itself.
 */

/** Nothing for the first time; afterwards how many more there were. */
export type More = { count?: number };

interface Repeated {
  count: number;
  /** As the last one would have told it. */
  tell: (more: More) => void;
  timer: NodeJS.Timeout;
}

export class Repeats {
  readonly #everyMs: number;
  readonly #repeated = new Map<string, Repeated>();

  /** @param everyMs milliseconds in which one thing is told once */
  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** @param what which thing it is: one of a few, of which none is chosen by whoever makes it happen */
  tell(what: string, tell: (more: More) => void): void {
    const known = this.#repeated.get(what);
    if (!known) {
      tell({});
      this.#begin(what, tell);
      return;
    }
    known.count += 1;
    known.tell = tell;
  }

  /** Tells what is left to tell. */
  close(): void {
    for (const { count, tell, timer } of this.#repeated.values()) {
      clearTimeout(timer);
      if (count > 0) tell({ count });
    }
    this.#repeated.clear();
  }

  #begin(what: string, tell: Repeated["tell"]): void {
    const timer = setTimeout(() => this.#summarise(what), this.#everyMs).unref();
    this.#repeated.set(what, { count: 0, tell, timer });
  }

  #summarise(what: string): void {
    const { count, tell } = this.#repeated.get(what) as Repeated;
    this.#repeated.delete(what);
    if (count === 0) return;
    tell({ count });
    // It may well go on.
    this.#begin(what, tell);
  }
}
