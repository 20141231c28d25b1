/** The buttons that jump to something new: the first unread message, and the end. */
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { button } from "../../styles/button.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { downIcon, upIcon } from "../shared/icons.ts";

/** The person clicked one of the buttons. */
export class JumpEvent extends Event {
  static readonly eventName = "jump";
  readonly to: "unread" | "end";

  constructor(to: "unread" | "end") {
    super(JumpEvent.eventName);
    this.to = to;
  }
}

@customElement("log-jumps")
export class LogJumps extends ChatElement {
  static override styles = [
    button,
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-2);
      }

      .button {
        box-shadow: 0 0.25rem 1rem var(--shadow);
        pointer-events: auto;
      }

      .icon {
        width: 1rem;
        height: 1rem;
      }
    `,
  ];

  @property({ type: Boolean, attribute: "to-unread" }) toUnread = false;
  @property({ type: Boolean, attribute: "to-end" }) toEnd = false;
  /** Messages that arrived since the reader left the end. */
  @property({ type: Number, attribute: "new-count" }) newCount = 0;

  protected override render() {
    const { texts } = this.locale;
    const isNew = this.newCount > 0;
    return html`
      ${this.toUnread ? this.#renderWay("unread", true, html`${texts.toFirstUnread}${upIcon}`) : nothing}
      ${
        this.toEnd
          ? this.#renderWay("end", isNew, html`${isNew ? texts.newMessages(this.newCount) : texts.toTheEnd}${downIcon}`)
          : nothing
      }
    `;
  }

  #renderWay(to: JumpEvent["to"], isNew: boolean, content: unknown) {
    return html`
      <button
        class="button ${isNew ? "brand" : "strong"} small pill"
        type="button"
        @click=${() => this.dispatchEvent(new JumpEvent(to))}
      >
        ${content}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "log-jumps": LogJumps;
  }
  interface HTMLElementEventMap {
    jump: JumpEvent;
  }
}
