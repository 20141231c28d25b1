/** Notices when the bridge is no longer used: pages were open, all are closed, and none returned in time. */
import type { Clock } from "./clock.ts";

export class Usage {
  readonly #clock: Clock;
  readonly #pageGraceMs: number;
  readonly #unused: () => void;
  #pages = 0;
  #cancel = () => {};

  /** @param unused called each time the last page has been gone for `pageGraceMs` */
  constructor(clock: Clock, pageGraceMs: number, unused: () => void) {
    this.#clock = clock;
    this.#pageGraceMs = pageGraceMs;
    this.#unused = unused;
  }

  opened(): void {
    this.#pages += 1;
    this.#cancel();
  }

  closed(): void {
    this.#pages -= 1;
    if (this.#pages === 0) this.#cancel = this.#clock.after(this.#pageGraceMs, this.#unused);
  }

  stop(): void {
    this.#cancel();
  }
}
