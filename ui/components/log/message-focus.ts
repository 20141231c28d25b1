/** Which message the Tab key leads to, and that the focus stays where it is while what is drawn changes around it. */
import type { LogMessage } from "../../store/selectors/log-items.ts";
import type { DrawnMessages } from "./drawn-messages.ts";

export class MessageFocus {
  /** The key of the message that the Tab key leads to: the one that had the focus, or else the last one. */
  tabStop = "";
  readonly #drawn: DrawnMessages;
  #messages: readonly LogMessage[] = [];
  #lastFocused: string | undefined;
  /** What had the focus before something was drawn. */
  #focused: Element | null = null;

  constructor(drawn: DrawnMessages) {
    this.#drawn = drawn;
  }

  /** To be called before something is drawn: between messages of one group the focus goes without a word to the list. */
  look(messages: readonly LogMessage[], focused: Element | null): void {
    this.#messages = messages;
    this.#focused = focused;
    this.#lastFocused = this.#drawn.focusedKey ?? this.#lastFocused;
    const stop = messages.find(({ key }) => key === this.#lastFocused) ?? messages.at(-1);
    this.tabStop = stop?.key ?? "";
  }

  /** To be called afterwards: of what was taken away, the message as it is drawn now gets the focus, or else the log. */
  restore(log: HTMLElement | null): void {
    if (!this.#focused || this.#focused.isConnected) return;
    if (this.tabStop === this.#lastFocused) void this.#drawn.focus(this.tabStop);
    else log?.focus({ preventScroll: true });
  }

  /** The message so many after another; undefined where it is not drawn. */
  next(key: string, step: number): string | undefined {
    return this.#messages[this.#messages.findIndex((message) => message.key === key) + step]?.key;
  }
}
