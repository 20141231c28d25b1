/** The small toolbar at a message: react, answer, and with own ones change or delete, which is asked twice. */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { LogMessage } from "../store/log-items.ts";
import { isSamePerson } from "../store/people.ts";
import { isReactionOf } from "../store/reactions.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { binIcon, penIcon, replyIcon, smileIcon } from "./icons.ts";
import { type MessageAction, MessageActionEvent } from "./message-events.ts";

/** What people answer with most; any other emoji can be sent as a message. */
export const quickReactions = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

type Showing = "tools" | "reactions" | "confirmation";

@customElement("message-actions")
export class MessageActions extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        width: max-content;
        padding-inline: 0.1875rem;
      }

      .bar {
        display: flex;
        align-items: center;
        padding: 0.125rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface);
        box-shadow: 0 0.25rem 1rem var(--shadow);
        color: var(--ink);
        font-size: var(--text-s);
        font-style: normal;
      }

      button {
        display: grid;
        place-items: center;
        min-width: 2rem;
        height: 2rem;
        padding: 0 var(--space-1);
        border: 0;
        border-radius: calc(var(--radius-m) - 0.1875rem);
        background: none;
        color: inherit;
        font: inherit;
        cursor: pointer;
      }

      button:hover {
        background: var(--sunken);
      }

      button:focus-visible {
        outline-offset: -2px;
      }

      .emoji {
        font-size: 1.125rem;
        line-height: 1;
      }

      .emoji[aria-pressed="true"] {
        background: var(--accent-soft);
      }

      .question {
        padding-inline: var(--space-2);
        white-space: nowrap;
      }

      .danger,
      .cancel {
        padding-inline: var(--space-2);
        font-weight: 600;
      }

      .danger {
        color: var(--bad);
      }

      .icon {
        width: 1.125rem;
        height: 1.125rem;
      }

      @media (pointer: coarse) {
        button {
          min-width: 2.75rem;
          height: 2.75rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) message!: LogMessage;
  @property({ attribute: "own-name" }) ownName = "";
  /** Reflected: what needs more room is placed elsewhere. */
  @property({ reflect: true }) showing: Showing = "tools";

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // Who opened something goes on in it; what opens first is a toolbar that nobody asked for.
    if (changed.has("showing") && this.#hasMoved) this.renderRoot.querySelector("button")?.focus();
  }

  #hasMoved = false;

  protected override render() {
    const { texts } = this.locale;
    switch (this.showing) {
      case "reactions":
        return this.#renderBar(
          texts.react,
          quickReactions.map((emoji) => this.#renderEmoji(emoji)),
        );
      case "confirmation":
        return this.#renderBar(
          texts.deleteQuestion,
          html`
            <span class="question" aria-hidden="true">${texts.deleteQuestion}</span>
            <button type="button" class="danger" @click=${() => this.#act("delete")}>${texts.delete}</button>
            <button type="button" class="cancel" @click=${() => this.#show("tools")}>${texts.cancel}</button>
          `,
        );
      case "tools":
        return this.#renderBar(texts.actions, this.#renderTools());
    }
  }

  #renderBar(label: string, content: unknown) {
    return html`<div class="bar" role="group" aria-label=${label} @keydown=${this.#onKeyDown}>${content}</div>`;
  }

  #renderTools() {
    const { texts } = this.locale;
    const { author, action } = this.message;
    // Who took another name left what they had said to the former one.
    const isTheirs = isSamePerson(author, this.ownName);
    const tool = (label: string, icon: unknown, act: () => void) => html`
      <button type="button" title=${label} @click=${act}><span class="spoken">${label}</span>${icon}</button>
    `;
    return html`
      ${tool(texts.react, smileIcon, () => this.#show("reactions"))}
      ${tool(texts.reply, replyIcon, () => this.#act("reply"))}
      ${isTheirs && !action ? tool(texts.edit, penIcon, () => this.#act("edit")) : nothing}
      ${isTheirs ? tool(texts.delete, binIcon, () => this.#show("confirmation")) : nothing}
    `;
  }

  #renderEmoji(emoji: string) {
    const isOn = isReactionOf(this.message.reactions, emoji, this.ownName);
    return html`
      <button
        type="button"
        class="emoji"
        aria-pressed=${isOn ? "true" : "false"}
        @click=${() => this.#act({ emoji, on: !isOn })}
      >
        ${emoji}
      </button>
    `;
  }

  #show(showing: Showing): void {
    this.#hasMoved = true;
    this.showing = showing;
  }

  #act(action: MessageAction): void {
    this.#show("tools");
    this.dispatchEvent(new MessageActionEvent(this.message, action));
  }

  #onKeyDown(event: KeyboardEvent): void {
    // A key that is held answers no question: it was pressed before that was asked.
    if (event.repeat && event.key === "Enter") event.preventDefault();
    if (event.key !== "Escape" || this.showing === "tools") return;
    event.stopPropagation();
    this.#show("tools");
  }
}
