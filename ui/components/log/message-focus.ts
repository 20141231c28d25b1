/** Decides which message the Tab key reaches, and keeps the focus in place while the list is redrawn around it. */
import type { LogMessage } from "../../store/selectors/log-items.ts";
import type { DrawnMessages } from "./drawn-messages.ts";

export class MessageFocus {
  /** The key of the message that Tab reaches: the one that had the focus, or else the last one. */
  tabStop = "";
  readonly #drawn: DrawnMessages;
  #messages: readonly LogMessage[] = [];
  #lastFocused: string | undefined;
  /** The focused element before drawing. */
  #focused: Element | null = null;

  constructor(drawn: DrawnMessages) {
    this.#drawn = drawn;
  }

  /** Call before drawing: the list is not told when the focus moves between messages of one group. */
  look(messages: readonly LogMessage[], focused: Element | null): void {
    this.#messages = messages;
    this.#focused = focused;
    this.#lastFocused = this.#drawn.focusedKey ?? this.#lastFocused;
    const stop = messages.find(({ key }) => key === this.#lastFocused) ?? messages.at(-1);
    this.tabStop = stop?.key ?? "";
  }

  /**
   * Call after drawing: when the focused element is gone, focuses the same message as it is drawn now, or else the log.
   */
  restore(log: HTMLElement | null): void {
    if (!this.#focused || this.#focused.isConnected) return;
    if (this.tabStop === this.#lastFocused) void this.#drawn.focus(this.tabStop);
    else log?.focus({ preventScroll: true });
  }

  /** The key of the message that many steps further; undefined where it is not drawn. */
  next(key: string, step: number): string | undefined {
    return this.#messages[this.#messages.findIndex((message) => message.key === key) + step]?.key;
  }
}
