/** Units that are spent and come back with time: a token bucket. It may go below nothing, and is a debt then. */

export class Budget {
  readonly #burst: number;
  readonly #perSecond: number;
  #units: number;
  #filledAtMs: number;

  /** @param units how many there are to begin with */
  constructor(burst: number, perSecond: number, nowMs: number, units = burst) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#units = Math.min(units, burst);
    this.#filledAtMs = nowMs;
  }

  /** What can be spent now; negative when more was spent than there was. */
  left(nowMs: number): number {
    const refill = ((nowMs - this.#filledAtMs) / 1_000) * this.#perSecond;
    this.#units = Math.min(this.#burst, this.#units + refill);
    this.#filledAtMs = nowMs;
    return this.#units;
  }

  spend(units: number, nowMs: number): void {
    this.#units = this.left(nowMs) - units;
  }

  /** Adds what comes from elsewhere. */
  add(units: number): void {
    this.#units += units;
  }

  /** Milliseconds until nothing is owed any more, 0 when that is so now. */
  debtMs(nowMs: number): number {
    return Math.max(0, (-this.left(nowMs) / this.#perSecond) * 1_000);
  }

  /** Milliseconds until it is as full as it can be. */
  fullMs(nowMs: number): number {
    return ((this.#burst - this.left(nowMs)) / this.#perSecond) * 1_000;
  }
}
