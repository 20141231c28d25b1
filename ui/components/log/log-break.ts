/** A break in the log, at its top or at a gap: says what is known about the missing messages, and loads them. */
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Asked } from "../../store/model/timeline.ts";
import { button } from "../../styles/button.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";

/** The person wants to see what is missing. */
export class LoadHistoryEvent extends Event {
  static readonly eventName = "load-history";
  readonly asked: Asked;

  constructor(asked: Asked) {
    super(LoadHistoryEvent.eventName);
    this.asked = asked;
  }
}

@customElement("log-break")
export class LogBreak extends ChatElement {
  static override styles = [
    button,
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: var(--space-1) var(--space-3);
        color: var(--ink-quiet);
        font-size: var(--text-s);
        text-align: center;
      }

      :host([data-key]) {
        padding: var(--space-1) var(--space-3);
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius-m);
      }

      .button {
        --button-height: 2.25rem;
      }

      @media (pointer: coarse) {
        .button {
          --button-height: 2.75rem;
        }
      }
    `,
  ];

  /** What is known about it; empty when the button says everything. */
  @property() said = "";
  /** What to load; undefined when nothing can be. */
  @property({ attribute: false }) asked: Asked | undefined;
  /** Something is being loaded. */
  @property({ type: Boolean }) busy = false;
  /** Nothing can be loaded now. */
  @property({ type: Boolean }) disabled = false;

  protected override render() {
    return html`
      ${this.said === "" ? nothing : html`<span>${this.said}</span>`}
      ${this.asked ? this.#renderLoad(this.asked) : nothing}
    `;
  }

  #renderLoad(asked: Asked) {
    const { texts } = this.locale;
    return html`
      <button
        class="button outlined small"
        type="button"
        ?disabled=${this.disabled}
        aria-busy=${this.busy}
        @click=${() => this.dispatchEvent(new LoadHistoryEvent(asked))}
      >
        ${"before" in asked ? texts.earlier : texts.load}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementEventMap {
    "load-history": LoadHistoryEvent;
  }
}
