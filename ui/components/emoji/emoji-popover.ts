/** The one place where emoji are picked, next to whatever asks for one. Loaded when somebody first does. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { ChatElement } from "../shared/chat-element.ts";
import type { PickEmojiEvent } from "../shared/emoji-events.ts";
import type { TakeEmojiEvent } from "./emoji-picker.ts";
import "./emoji-picker.ts";

/** The distance to what it stands beside, and to the page's edges, in CSS pixels. */
const gapPx = 6;

@customElement("emoji-popover")
export class EmojiPopover extends ChatElement {
  static override styles = css`
    emoji-picker {
      position: fixed;
      width: min(22rem, 100vw - 0.75rem);
      height: min(24rem, 70vh);
      margin: 0;
      padding: 0;
      overflow: hidden;
      border: 1px solid var(--line);
      border-radius: var(--radius-l);
      background: var(--surface);
      box-shadow: 0 0.75rem 2.5rem var(--shadow);
      color: var(--ink);
    }
  `;

  @state() private wanted: PickEmojiEvent | undefined;
  @query("emoji-picker") private picker!: HTMLElement | null;

  async open(wanted: PickEmojiEvent): Promise<void> {
    this.wanted = wanted;
    await this.updateComplete;
    this.picker?.showPopover();
    this.#place();
    this.picker?.focus();
  }

  protected override render() {
    if (!this.wanted) return nothing;
    return html`<emoji-picker popover @toggle=${this.#onToggle} @take-emoji=${this.#onTake}></emoji-picker>`;
  }

  /** Above its anchor where there is room, otherwise below. */
  #place(): void {
    if (!this.picker || !this.wanted) return;
    const anchor = this.wanted.anchor.getBoundingClientRect();
    const { offsetWidth, offsetHeight, style } = this.picker;
    const within = (px: number, sizePx: number, pagePx: number) =>
      Math.max(gapPx, Math.min(px, pagePx - sizePx - gapPx));
    const abovePx = anchor.top - offsetHeight - gapPx;
    const top = abovePx >= gapPx ? abovePx : anchor.bottom + gapPx;
    style.inset = "auto";
    style.left = `${within(anchor.right - offsetWidth, offsetWidth, innerWidth)}px`;
    style.top = `${within(top, offsetHeight, innerHeight)}px`;
  }

  #onTake({ emoji }: TakeEmojiEvent): void {
    this.wanted?.take(emoji);
    this.picker?.hidePopover();
  }

  #onToggle({ newState }: ToggleEvent): void {
    if (newState !== "closed") return;
    const { wanted } = this;
    this.wanted = undefined;
    // If the person has moved the focus elsewhere meanwhile, it stays there.
    if (document.activeElement === document.body || this.shadowRoot?.activeElement) wanted?.goBack();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "emoji-popover": EmojiPopover;
  }
}
