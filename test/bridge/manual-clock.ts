/** A clock that the test sets. */
import type { Clock } from "../../bridge/clock.ts";

export class ManualClock implements Clock {
  #nowMs = 0;
  #due: { atMs: number; action: () => void }[] = [];

  /** Whether something is to happen later. */
  get isWaiting(): boolean {
    return this.#due.length > 0;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const entry = { atMs: this.#nowMs + delayMs, action };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  /** Lets that much time pass; whatever falls due happens in order, at its time. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const [next] = this.#due.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#nowMs = next.atMs;
      next.action();
    }
    this.#nowMs = untilMs;
  }
}
