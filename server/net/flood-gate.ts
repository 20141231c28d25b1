/**
 * How much one connection may ask for in a stretch: a token bucket. It never drops anything; it says how long to stop
 * reading, and the sender's own TCP stream waits.
 */
import type { ServerLimits } from "../../protocol/limits.ts";

const LF = 0x0a;

export class FloodGate {
  readonly #limits: Pick<ServerLimits, "ownBurst" | "ownPerSecond">;
  #budget: number;
  #filledAtMs: number;

  constructor(limits: Pick<ServerLimits, "ownBurst" | "ownPerSecond">, nowMs: number) {
    this.#limits = limits;
    this.#budget = limits.ownBurst;
    this.#filledAtMs = nowMs;
  }

  /** Charges for what arrived. @returns for how many milliseconds to stop reading, 0 to go on */
  charge(bytes: Uint8Array, nowMs: number): number {
    const { ownBurst, ownPerSecond } = this.#limits;
    const refill = ((nowMs - this.#filledAtMs) / 1_000) * ownPerSecond;
    this.#budget = Math.min(ownBurst, this.#budget + refill) - cost(bytes);
    this.#filledAtMs = nowMs;
    return this.#budget >= 0 ? 0 : Math.ceil((-this.#budget / ownPerSecond) * 1_000);
  }
}

/** One for each message, and one for each KiB. */
function cost(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines++;
  return Math.max(lines, 1) + Math.floor(bytes.length / 1_024);
}
