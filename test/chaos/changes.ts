/** Waits for conditions without polling: they are checked whenever something happens. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** Resolves as soon as the condition holds, which is checked now and whenever something has happened. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Something has happened. */
  tell(): void {
    for (const look of this.#waiting) look();
  }
}
