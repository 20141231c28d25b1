/** The current time for an element that shows something relative to it. It ticks only as often as asked, if at all. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export class ClockController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setInterval> | undefined;
  #everyMs = 0;
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get nowMs(): number {
    return Date.now();
  }

  /** Updates the element every so many ms from now on; 0 stops. */
  tick(everyMs: number): void {
    if (everyMs === this.#everyMs) return;
    this.#everyMs = everyMs;
    this.#restart();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#restart();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#restart();
  }

  #restart(): void {
    clearInterval(this.#timer);
    if (this.#connected && this.#everyMs > 0) {
      this.#timer = setInterval(() => this.#host.requestUpdate(), this.#everyMs);
    }
  }
}
