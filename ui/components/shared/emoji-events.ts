/** The events between elements that want an emoji and the picker. */

/** Somebody wants an emoji. */
export class PickEmojiEvent extends Event {
  static readonly eventName = "pick-emoji";
  /** What the picker stands beside. */
  readonly anchor: HTMLElement;
  readonly take: (emoji: string) => void;
  /** Returns to where the person was, whether they took one or not. */
  readonly goBack: () => void;

  constructor(anchor: HTMLElement, take: (emoji: string) => void, goBack: () => void) {
    super(PickEmojiEvent.eventName, { bubbles: true, composed: true });
    this.anchor = anchor;
    this.take = take;
    this.goBack = goBack;
  }
}

declare global {
  interface HTMLElementEventMap {
    "pick-emoji": PickEmojiEvent;
  }
}
