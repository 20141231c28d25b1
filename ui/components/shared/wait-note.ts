/** Says for how long something cannot be tried again, and counts down. */
import { html, type LitElement, nothing } from "lit";
import { ClockController } from "../../controllers/clock-controller.ts";
import type { Locale } from "../../locales/locale.ts";

export class WaitNote {
  readonly #clock: ClockController;
  #untilMs: number | undefined;

  constructor(host: LitElement) {
    this.#clock = new ClockController(host);
  }

  get isWaiting(): boolean {
    return this.#secondsLeft > 0;
  }

  /** @param untilMs a moment of this page's clock; undefined when there is nothing to wait for */
  until(untilMs: number | undefined): void {
    this.#untilMs = untilMs;
    this.#clock.tick(this.isWaiting ? 1_000 : 0);
  }

  /** The seconds are not read aloud one by one, but only that it is over. */
  render({ texts: { account } }: Locale) {
    if (this.#untilMs === undefined) return nothing;
    const seconds = this.#secondsLeft;
    return html`
      <p class="hint quiet" role="timer">${seconds > 0 ? account.tryAgainIn(seconds) : nothing}</p>
      <p class="hint quiet" role="status">${seconds > 0 ? nothing : account.tryAgainNow}</p>
    `;
  }

  get #secondsLeft(): number {
    return this.#untilMs === undefined ? 0 : Math.max(0, Math.ceil((this.#untilMs - this.#clock.nowMs) / 1_000));
  }
}
