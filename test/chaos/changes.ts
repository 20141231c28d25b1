/** Waits for what becomes true when something happens. Nothing is asked again and again. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** Resolves as soon as the condition holds: it is looked at now, and whenever something has happened. */
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
