/** What is said about emoji between those who want one and whoever has them. */

/** Somebody wants an emoji. */
export class PickEmojiEvent extends Event {
  static readonly eventName = "pick-emoji";
  /** What the picker stands beside. */
  readonly anchor: HTMLElement;
  readonly take: (emoji: string) => void;
  /** Goes on where the person was, after they took one or none. */
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
