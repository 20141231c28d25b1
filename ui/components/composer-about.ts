/** Says above the composer which message is being answered or changed, and leads out of it. */
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { About } from "../store/composing.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { closeIcon, penIcon, replyIcon } from "./icons.ts";

/** The person wants to write something new instead. */
export class LeaveAboutEvent extends Event {
  static readonly eventName = "leave-about";

  constructor() {
    super(LeaveAboutEvent.eventName);
  }
}

@customElement("composer-about")
export class ComposerAbout extends ChatElement {
  static override styles = [
    shared,
    css`
      div {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding-inline-start: var(--space-2);
        border-radius: var(--radius-m);
        background: var(--sunken);
        font-size: var(--text-s);
      }

      .icon {
        flex: none;
        width: 1rem;
        height: 1rem;
        color: var(--accent);
      }

      p {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      b {
        font-weight: 600;
      }

      .text {
        color: var(--ink-quiet);
      }

      button {
        display: grid;
        flex: none;
        place-items: center;
        width: 2rem;
        height: 2rem;
        border: 0;
        border-radius: var(--radius-m);
        background: none;
        color: inherit;
        cursor: pointer;
      }

      button:hover {
        background: var(--line);
      }

      @media (pointer: coarse) {
        button {
          width: 2.75rem;
          height: 2.75rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) about: About | undefined;

  protected override render() {
    const { texts } = this.locale;
    if (!this.about) return nothing;
    const isReply = this.about.kind === "reply";
    const label = isReply ? texts.stopReplying : texts.stopEditing;
    return html`
      <div>
        ${isReply ? replyIcon : penIcon}
        <p>
          <b>${this.about.kind === "reply" ? texts.replyingTo(this.about.author) : texts.editing}</b>
          <span class="text">${this.about.text}</span>
        </p>
        <button type="button" title=${label} @click=${() => this.dispatchEvent(new LeaveAboutEvent())}>
          <span class="spoken">${label}</span>${closeIcon}
        </button>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementEventMap {
    "leave-about": LeaveAboutEvent;
  }
}
