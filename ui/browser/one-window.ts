/**
 * Lets only one of a browser's windows do what several are about to do: the first to ask takes a lock that the others
 * cannot get while it matters. A hidden window may be a minute late.
 */
import type { WindowLocks } from "../store/persistence/kept-outbox.ts";

/** Locks a window holds, for the last things it did. */
export const heldMax = 20;

export class OneWindow {
  readonly #locks: WindowLocks;
  readonly #releases: (() => void)[] = [];

  constructor(locks: WindowLocks) {
    this.#locks = locks;
  }

  /** @returns whether this window is the one; without locks, every window is */
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
