/**
 * Lets one of a browser's windows do what several are about to do: the first to ask holds a lock, which nobody else gets for
 * as long as that counts. A hidden window may be late by a minute.
 */
import type { WindowLocks } from "../store/persistence/kept-outbox.ts";

/** Locks that a window holds, those of what it did last. */
export const heldMax = 20;

export class OneWindow {
  readonly #locks: WindowLocks;
  readonly #releases: (() => void)[] = [];

  constructor(locks: WindowLocks) {
    this.#locks = locks;
  }

  /** @returns whether this window is the one; where the browser has no locks, each is */
  isFirst(toDo: string): Promise<boolean> {
    return new Promise((answer) => {
      const hold = (lock: unknown): Promise<void> | void => {
        answer(lock !== null);
        if (lock === null) return;
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#releases.push(resolve);
        if (this.#releases.length > heldMax) this.#releases.shift()?.();
        return promise;
      };
      this.#locks.request(`salotto.first ${toDo}`, { ifAvailable: true }, hold).catch(() => answer(true));
    });
  }
}
