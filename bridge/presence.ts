/**
 * Whether the person looks at any of their pages. One who has looked at none for a while is away; who looks again is not,
 * at once. It knows pages as keys only.
 */
import type { Clock } from "./clock.ts";

export class Presence {
  readonly #clock: Clock;
  readonly #awayAfterMs: number;
  readonly #tell: (away: boolean) => void;
  readonly #attentive = new Set<object>();
  #isAway = false;
  #cancel = () => {};

  /**
   * @param awayAfterMs milliseconds without a page that is looked at, after which the person is away
   * @param tell told of every change
   */
  constructor(clock: Clock, awayAfterMs: number, tell: (away: boolean) => void) {
    this.#clock = clock;
    this.#awayAfterMs = awayAfterMs;
    this.#tell = tell;
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** A page says whether it is looked at. */
  attend(page: object, attentive: boolean): void {
    if (attentive) this.#attentive.add(page);
    else this.#attentive.delete(page);
    this.#cancel();
    if (this.#attentive.size > 0) this.#become(false);
    else this.#cancel = this.#clock.after(this.#awayAfterMs, () => this.#become(true));
  }

  /** Nobody is there any more to be away. */
  stop(): void {
    this.#cancel();
  }

  #become(away: boolean): void {
    if (away === this.#isAway) return;
    this.#isAway = away;
    this.#tell(away);
  }
}
