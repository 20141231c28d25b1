/**
 * Decides when somebody who is not looking is notified: shortly after a message, so that another window can mark it as
 * read first; and once after a lost connection, however much arrives. It knows no browser.
 */

import { isOnline } from "../model/state.ts";
import { isQuiet, type Notice, noticeOf, type ToldUpTo, toldNow } from "../selectors/notices.ts";
import type { Clock } from "../service-context.ts";
import type { ChatStore } from "./chat-store.ts";
import { readGapMs } from "./read-marks.ts";

/** Within this many ms, another window marks what it shows as read. */
export const noticeDelayMs = readGapMs + 500;

/** After a lost connection, this many ms without anything new mean that catching up is over. */
export const settledMs = 3_000;

/** Where people keep talking, catching up ends after this many ms in any case. */
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
  /** How far everything had come at the last look. */
  #seen: ToldUpTo;
  /** Arriving messages are from the time without a connection. */
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
    // Somebody looking at the window needs no notification of what it shows or counts.
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
  return [...now].some((newest) => !before.has(newest));
}
