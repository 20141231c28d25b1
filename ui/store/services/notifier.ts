/**
 * Decides when somebody who does not look at the window is notified: a moment after a message, in which another window may
 * show to have it read; once, however much is caught up, after a connection was lost. It knows no browser.
 */

import { isOnline } from "../model/state.ts";
import { isQuiet, type Notice, noticeOf, type ToldUpTo, toldNow } from "../selectors/notices.ts";
import type { Clock } from "../service-context.ts";
import type { ChatStore } from "./chat-store.ts";
import { readGapMs } from "./read-marks.ts";

/** What another window shows is marked as read within this time, in ms. */
export const noticeDelayMs = readGapMs + 500;

/** After a lost connection, nothing new for so many ms means that everything was caught up. */
export const settledMs = 3_000;

/** In a room where people go on talking, catching up ends after so many ms nevertheless. */
export const settledMaxMs = 15_000;

/** How a person is notified. */
export interface NoticePorts {
  desktop: { show(notice: Notice): void };
  sound: { play(notice: Notice): void };
}

export class Notifier {
  readonly #store: Pick<ChatStore, "state" | "settings" | "subscribe">;
  readonly #clock: Clock;
  readonly #ports: NoticePorts;
  #told: ToldUpTo;
  /** How far everything was when it was looked at last. */
  #seen: ToldUpTo;
  /** What comes is of the time when there was no connection. */
  #isCatchingUp = true;
  #caughtUpByMs = 0;
  #wasOnline = false;
  #cancel: (() => void) | undefined;

  constructor(store: Pick<ChatStore, "state" | "settings" | "subscribe">, clock: Clock, ports: NoticePorts) {
    this.#store = store;
    this.#clock = clock;
    this.#ports = ports;
    this.#told = toldNow(store.state);
    this.#seen = this.#told;
    store.subscribe(() => this.#look());
    this.#look();
  }

  #look(): void {
    const { state } = this.#store;
    const online = isOnline(state);
    const isBack = online && !this.#wasOnline;
    this.#wasOnline = online;
    if (!online) this.#isCatchingUp = true;
    const now = toldNow(state);
    const isFresh = isFurther(now, this.#seen);
    this.#seen = now;
    // Who looks at the window needs no notification of what it shows, or of what it counts.
    if (state.attentive) this.#told = now;
    if (isBack) this.#caughtUpByMs = this.#clock.now() + settledMaxMs;
    if (online && this.#isCatchingUp && (isFresh || isBack)) {
      this.#wait(Math.min(settledMs, Math.max(this.#caughtUpByMs - this.#clock.now(), 0)));
    }
    if (online && !this.#isCatchingUp && isFresh && !state.attentive && !this.#cancel) this.#wait(noticeDelayMs);
  }

  #wait(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = this.#clock.after(delayMs, () => {
      this.#cancel = undefined;
      if (!isOnline(this.#store.state)) return;
      this.#isCatchingUp = false;
      this.#tell();
    });
  }

  #tell(): void {
    const { state, settings } = this.#store;
    const notice = noticeOf(state, this.#told, settings.value);
    this.#told = toldNow(state);
    if (!notice || state.attentive || isQuiet(settings.value, this.#clock.now())) return;
    if (settings.value.desktop) this.#ports.desktop.show(notice);
    if (settings.value.sound) this.#ports.sound.play(notice);
  }
}

function isFurther(now: ToldUpTo, before: ToldUpTo): boolean {
  return [...now].some(([room, newest]) => newest !== before.get(room));
}
