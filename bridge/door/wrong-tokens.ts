/** Counts wrong tokens by address: whoever guesses is told to stop, which must not lock out who has the right one. */
import type { BridgeLimits } from "../limits.ts";

type Limits = Pick<BridgeLimits, "wrongTokensMax" | "wrongTokensMs" | "wrongAddressesMax">;

export class WrongTokens {
  readonly #limits: Limits;
  readonly #byAddress = new Map<string, { count: number; untilMs: number }>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @returns milliseconds until this address may try again; 0 while it has not tried too often */
  add(address: string, nowMs: number): number {
    const { wrongTokensMax, wrongTokensMs, wrongAddressesMax } = this.#limits;
    const known = this.#byAddress.get(address);
    const counted = known && known.untilMs > nowMs ? known : { count: 0, untilMs: nowMs + wrongTokensMs };
    counted.count += 1;
    // The latest is last, so that the first is the one to forget.
    this.#byAddress.delete(address);
    this.#byAddress.set(address, counted);
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > wrongAddressesMax && oldest !== undefined) this.#byAddress.delete(oldest);
    return counted.count > wrongTokensMax ? counted.untilMs - nowMs : 0;
  }
}
