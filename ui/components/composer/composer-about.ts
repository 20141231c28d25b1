/** Shows above the composer which message is being replied to or edited, and offers to cancel. */
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { About } from "../../store/services/composing.ts";
import { plainText } from "../../store/text/markup.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { closeIcon, penIcon, replyIcon } from "../shared/icons.ts";
import { named, sentence } from "../shared/sentence.ts";

/** The person wants to write a new message instead. */
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
        display: flex;
        flex: 1;
        gap: 0.375em;
        min-width: 0;
      }

      b,
      .text {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      b {
        flex: none;
        max-width: 60%;
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
    if (!this.about) return nothing;
    const label = this.#label(this.about);
    return html`
      <div>
        ${this.about.kind === "edit" ? penIcon : replyIcon}
        <p role="status">${this.#renderAbout(this.about)}</p>
        <button type="button" title=${label} @click=${() => this.dispatchEvent(new LeaveAboutEvent())}>
          <span class="spoken">${label}</span>${closeIcon}
        </button>
      </div>
    `;
  }

  #label({ kind }: About): string {
    const { texts } = this.locale;
    if (kind === "gone") return texts.dismiss;
    return kind === "reply" ? texts.stopReplying : texts.stopEditing;
  }

  #renderAbout(about: About) {
    const { texts } = this.locale;
    if (about.kind === "gone") return html`<span>${texts.answeredIsGone}</span>`;
    const what = about.kind === "reply" ? texts.replyingTo(named(about.author)) : texts.editing;
    return html`<b>${sentence(what)}</b> <span class="text" dir="auto">${plainText(about.text)}</span>`;
  }
}

declare global {
  interface HTMLElementEventMap {
    "leave-about": LeaveAboutEvent;
  }
}
