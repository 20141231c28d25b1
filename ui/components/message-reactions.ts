/** The reactions to a message: each with how many, who they are, and a way to join them or step back. */
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Reaction } from "../../protocol/events.ts";
import { isolated } from "../locales/isolated.ts";
import type { LogMessage } from "../store/log-items.ts";
import { isReactionOf } from "../store/reactions.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { MessageActionEvent } from "./message-events.ts";

@customElement("message-reactions")
export class MessageReactions extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }

      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
      }

      button {
        display: inline-flex;
        align-items: center;
        gap: 0.3125rem;
        max-width: 100%;
        height: 1.625rem;
        padding: 0 0.5rem;
        border: 1px solid var(--line);
        border-radius: 999px;
        background: var(--surface);
        color: var(--ink-quiet);
        font: 600 var(--text-xs) / 1 var(--font);
        font-variant-numeric: tabular-nums;
        cursor: pointer;
      }

      button:hover {
        border-color: var(--line-strong);
      }

      button[aria-pressed="true"] {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent-soft-ink);
      }

      button:disabled {
        cursor: default;
      }

      .emoji {
        overflow: hidden;
        line-height: 1.4;
        font-size: 0.9375rem;
      }

      @media (pointer: coarse) {
        button {
          height: 2.25rem;
          padding-inline: 0.75rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) message!: LogMessage;
  @property({ attribute: "own-name" }) ownName = "";
  @property({ type: Boolean }) disabled = false;

  protected override render() {
    return html`
      <div role="group" aria-label=${this.locale.texts.reactions}>
        ${repeat(
          this.message.reactions,
          ({ emoji }) => emoji,
          (reaction) => this.#renderReaction(reaction),
        )}
      </div>
    `;
  }

  #renderReaction({ emoji, from }: Reaction) {
    const isOn = isReactionOf(this.message.reactions, emoji, this.ownName);
    const who = this.locale.list(from.map(isolated));
    return html`
      <button
        type="button"
        translate="no"
        title=${who}
        aria-label=${`${emoji} ${this.locale.number(from.length)}: ${who}`}
        aria-pressed=${isOn ? "true" : "false"}
        ?disabled=${this.disabled}
        @click=${() => this.dispatchEvent(new MessageActionEvent(this.message, { emoji, on: !isOn }))}
      >
        <span class="emoji">${emoji}</span>${this.locale.number(from.length)}
      </button>
    `;
  }
}
