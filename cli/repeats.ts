/**
 * Keeps a log readable while something happens again and again: the first time is logged at once, later ones as a
 * single line with their count after a while. It writes nothing itself.
 */

/** Empty for the first time; afterwards, how many more there were. */
export type More = { count?: number };

interface Repeated {
  count: number;
  /** Logs it the way the last occurrence would have. */
  tell: (more: More) => void;
  timer: NodeJS.Timeout;
}

export class Repeats {
  readonly #everyMs: number;
  readonly #repeated = new Map<string, Repeated>();

  /** @param everyMs each thing is logged once in this many milliseconds */
  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** @param what the kind of event: one of a few, never chosen by whoever causes it */
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

  /** Logs what is left. */
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
    // It may well continue.
    this.#begin(what, tell);
  }
}
