/**
 * The reactions to a message: how many of each, by whom, and a button to add or remove one's own. A message carries
 * only the first few names; on a closer look all of them are fetched, again after a change.
 */
import { css, html, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Reaction } from "../../../protocol/events.ts";
import type { LogMessage } from "../../store/selectors/log-items.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { MessageActionEvent } from "../shared/message-events.ts";

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
  /** The room's name, as the server calls it. */
  @property() room = "";
  @property({ type: Boolean }) disabled = false;

  /** Everybody who reacted, once it was asked for. */
  @state() private everybody: readonly Reaction[] | undefined;
  /** The reactions that `everybody` belongs to. */
  #askedOf: readonly Reaction[] | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#askedOf !== this.message.reactions) this.everybody = undefined;
  }

  protected override render() {
    return html`
      <div
        role="group"
        aria-label=${this.locale.texts.reactions}
        @pointermove=${this.#askForEverybody}
        @pointerleave=${this.#lookAway}
        @focusin=${this.#askForEverybody}
      >
        ${repeat(
          this.message.reactions,
          ({ emoji }) => emoji,
          (reaction) => this.#renderReaction(reaction),
        )}
      </div>
    `;
  }

  #renderReaction({ emoji, count, from, own: isOn = false }: Reaction) {
    const names = this.everybody?.find((reaction) => reaction.emoji === emoji)?.from ?? from;
    const others = count - names.length;
    const who = this.locale.list([...names, ...(others > 0 ? [this.locale.texts.otherPeople(others)] : [])]);
    return html`
      <button
        type="button"
        translate="no"
        title=${who}
        aria-label=${`${emoji} ${this.locale.number(count)}: ${who}`}
        aria-pressed=${isOn ? "true" : "false"}
        ?disabled=${this.disabled}
        @click=${() => this.dispatchEvent(new MessageActionEvent(this.message, { emoji, on: !isOn }))}
      >
        <span class="emoji">${emoji}</span>${this.locale.number(count)}
      </button>
    `;
  }

  async #askForEverybody(): Promise<void> {
    const { reactions, msgid } = this.message;
    const isWhole = reactions.every(({ count, from }) => count <= from.length);
    if (isWhole || this.disabled || msgid === undefined || this.#askedOf === reactions) return;
    this.#askedOf = reactions;
    const answer = await this.store.asking.listReactions(this.room, msgid);
    if (this.#askedOf !== this.message.reactions) return;
    if (answer.ok) this.everybody = answer.reactions;
  }

  /** If there was no answer, the next look asks again. */
  #lookAway(): void {
    if (!this.everybody) this.#askedOf = undefined;
  }
}
