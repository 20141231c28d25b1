/**
 * Wrong passwords, counted: for each account from each source, for each source, and for each account from everywhere.
 * Beyond a few, one has to wait, twice as long each time, up to a bound that nobody waits for long. An attempt counts
 * as wrong until it has proved right, so many at once are no better than one after the other.
 *
 * A source from which an account was entered before is known to it. It waits only for its own mistakes with that
 * account, so that neither somebody behind the same address nor many elsewhere can keep the owner out.
 */
import type { AttemptRule, ServerLimits } from "../limits.ts";

export type AttemptLimits = Pick<
  ServerLimits,
  "attemptsAtAccount" | "attemptsOfSource" | "attemptsAtAccountByAll" | "attemptsForgottenMs" | "attemptsMax"
>;

interface Tally {
  count: number;
  lastMs: number;
  untilMs: number;
}

/** The first wait, which is doubled each time. */
const FIRST_WAIT_MS = 1_000;

export class Attempts {
  readonly #limits: AttemptLimits;
  /** Ordered by last use. */
  readonly #tallies = new Map<string, Tally>();
  readonly #known = new Set<string>();

  constructor(limits: AttemptLimits) {
    this.#limits = limits;
  }

  /**
   * Counts an attempt, unless it comes too early.
   * @param account any text for the account, also of one that does not exist
   * @returns milliseconds to wait before the next attempt; 0 when this one may be made
   */
  begin(account: string, source: string, nowMs: number): number {
    const tallies = this.#rules(account, source).map(([key, rule]) => ({ key, rule, tally: this.#tally(key, nowMs) }));
    const waitMs = Math.max(...tallies.map(({ tally }) => tally.untilMs - nowMs));
    if (waitMs > 0) return waitMs;
    for (const { key, rule, tally } of tallies) {
      const count = tally.count + 1;
      const beyond = count - rule.free;
      const nextMs = beyond > 0 ? Math.min(rule.waitMsMax, FIRST_WAIT_MS * 2 ** Math.min(beyond - 1, 30)) : 0;
      this.#put(key, { count, lastMs: nowMs, untilMs: nowMs + nextMs });
    }
    return 0;
  }

  /** The attempt was right. Nothing that others did wrong is forgiven. */
  succeeded(account: string, source: string): void {
    const [[own] = [""], ...shared] = this.#rules(account, source);
    this.#tallies.delete(own);
    for (const [key, { free }] of shared) {
      const tally = this.#tallies.get(key);
      if (!tally) continue;
      tally.count -= 1;
      if (tally.count <= free) tally.untilMs = 0;
    }
    this.know(account, source);
  }

  /** Somebody from there has proved that the account is theirs, by whatever means. */
  know(account: string, source: string): void {
    const key = keyOf(account, source);
    this.#known.delete(key);
    this.#known.add(key);
    this.#trim(this.#known);
  }

  /** It could not be made after all. */
  undone(account: string, source: string): void {
    for (const [key] of this.#rules(account, source)) {
      const tally = this.#tallies.get(key);
      if (tally) tally.count -= 1;
    }
  }

  /** How many are counted. */
  get size(): number {
    return this.#tallies.size;
  }

  #rules(account: string, source: string): [key: string, rule: AttemptRule][] {
    const { attemptsAtAccount, attemptsOfSource, attemptsAtAccountByAll } = this.#limits;
    const own = keyOf(account, source);
    const each: [string, AttemptRule][] = [[own, attemptsAtAccount]];
    if (this.#known.has(own)) return each;
    return [...each, [`${source} `, attemptsOfSource], [` ${account}`, attemptsAtAccountByAll]];
  }

  #tally(key: string, nowMs: number): Tally {
    const tally = this.#tallies.get(key);
    // A clock that is set back forgets nothing, and does not make anybody wait for longer than the rules say.
    const isCurrent = tally && nowMs - tally.lastMs < this.#limits.attemptsForgottenMs;
    return isCurrent && nowMs >= tally.lastMs
      ? tally
      : { count: isCurrent ? tally.count : 0, lastMs: nowMs, untilMs: 0 };
  }

  #put(key: string, tally: Tally): void {
    this.#tallies.delete(key);
    this.#tallies.set(key, tally);
    this.#trim(this.#tallies);
  }

  #trim(all: { size: number; keys(): IterableIterator<string>; delete(key: string): boolean }): void {
    for (const oldest of all.keys()) {
      if (all.size <= this.#limits.attemptsMax) return;
      all.delete(oldest);
    }
  }
}

/** Sources contain no spaces. */
function keyOf(account: string, source: string): string {
  return `${source} ${account}`;
}
