/** Units that are spent and come back over time: a token bucket. It may go below zero, into debt. */

export class Budget {
  #burst: number;
  #perSecond: number;
  #units: number;
  #filledAtMs: number;

  /** @param units the initial amount */
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

  /** From now on, there may be so many, and so many come back. */
  change(burst: number, perSecond: number, nowMs: number): void {
    this.#units = this.left(nowMs);
    this.#burst = burst;
    this.#perSecond = perSecond;
  }

  /** Adds units from elsewhere. */
  add(units: number): void {
    this.#units += units;
  }

  /** Milliseconds until the debt is gone; 0 when there is none. */
  debtMs(nowMs: number): number {
    return Math.max(0, (-this.left(nowMs) / this.#perSecond) * 1_000);
  }
}
