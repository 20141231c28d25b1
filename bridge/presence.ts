/**
 * Whether the person is looking at any of their pages. After a while without looking they are away, and as soon as they
 * look again they are not. It knows pages only as keys.
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
   * @param awayAfterMs milliseconds without looking after which the person is away
   * @param tell called on every change
   */
  constructor(clock: Clock, awayAfterMs: number, tell: (away: boolean) => void) {
    this.#clock = clock;
    this.#awayAfterMs = awayAfterMs;
    this.#tell = tell;
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** A page reports whether it is being looked at. */
  attend(page: object, attentive: boolean): void {
    if (attentive) this.#attentive.add(page);
    else this.#attentive.delete(page);
    this.#cancel();
    if (this.#attentive.size > 0) this.#become(false);
    else this.#cancel = this.#clock.after(this.#awayAfterMs, () => this.#become(true));
  }

  /** The session is over, so nobody can be away. */
  stop(): void {
    this.#cancel();
  }

  #become(away: boolean): void {
    if (away === this.#isAway) return;
    this.#isAway = away;
    this.#tell(away);
  }
}
