/** The toolbar of a message: react, reply, and for own messages edit and delete, which asks for confirmation. */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { copyToClipboard } from "../../browser/clipboard.ts";
import { isInputMethodKey } from "../../browser/input-method.ts";
import { pageAddress } from "../../controllers/linked-message-controller.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { isOwnReaction } from "../../store/model/reactions.ts";
import { hasRights, mayDo } from "../../store/model/rights.ts";
import { isPrivate, roomKey, roomOf } from "../../store/model/state.ts";
import type { LogMessage } from "../../store/selectors/log-items.ts";
import { messageHash } from "../../store/text/message-link.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import {
  binIcon,
  checkIcon,
  copyIcon,
  flagIcon,
  linkIcon,
  moreIcon,
  penIcon,
  personIcon,
  plusIcon,
  replyIcon,
  smileIcon,
} from "../shared/icons.ts";
import { type MessageAction, MessageActionEvent } from "../shared/message-events.ts";
import { OpenOverlayEvent, type Overlay, type OverlayAbout } from "../shared/overlay-events.ts";

/** The most common reactions. */
export const quickReactions = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

type Showing = "tools" | "reactions" | "more" | "confirmation";

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

      @media (hover: hover) {
        button:hover {
          background: var(--sunken);
        }
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

      .copy {
        display: flex;
        gap: var(--space-1);
        white-space: nowrap;
      }

      /* On a phone, not everything fits in a row. */
      :host([showing="more"]) .bar {
        flex-wrap: wrap;
        max-width: calc(100vw - 6.5rem);
      }

      /* A long name must not push the rest away. */
      .person bdi {
        max-width: 8rem;
        overflow: hidden;
        text-overflow: ellipsis;
      }

      .copy,
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
  /** The room's name as the server writes it. */
  @property() room = "";
  /** Reflected: the larger panels are placed differently. */
  @property({ reflect: true }) showing: Showing = "tools";

  /** What was copied last, or could not be. */
  @state() private copied: { what: "text" | "link"; ok: boolean } | undefined;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // The focus follows panels that the person opened, not a toolbar that appeared by itself.
    if (changed.has("showing") && this.#hasMoved) this.renderRoot.querySelector("button")?.focus();
  }

  readonly #place = new SliceController(this, (state) => roomOf(state, roomKey(this.room)));
  readonly #rights = new SliceController(this, hasRights);
  #hasMoved = false;

  /** Of what others said. */
  get #mayDelete(): boolean {
    return this.#place.value.may !== undefined && mayDo(this.#place.value, "delete");
  }

  protected override render() {
    const { texts } = this.locale;
    switch (this.showing) {
      case "reactions":
        return this.#renderBar(
          texts.react,
          html`${quickReactions.map((emoji) => this.#renderEmoji(emoji))}${this.#renderTool(texts.moreEmoji, plusIcon, () => this.#act("pick-emoji"))}`,
        );
      case "more":
        return this.#renderBar(texts.moreActions, this.#renderMore());
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
    const { own, action } = this.message;
    return html`
      ${this.#renderTool(texts.react, smileIcon, () => this.#show("reactions"))}
      ${this.#renderTool(texts.reply, replyIcon, () => this.#act("reply"))}
      ${own && !action ? this.#renderTool(texts.edit, penIcon, () => this.#act("edit")) : nothing}
      ${own || this.#mayDelete ? this.#renderTool(texts.delete, binIcon, () => this.#show("confirmation")) : nothing}
      ${this.#renderTool(texts.moreActions, moreIcon, () => this.#show("more"))}
    `;
  }

  #renderTool(label: string, icon: unknown, act: () => void) {
    return html`
      <button type="button" title=${label} @click=${act}><span class="spoken">${label}</span>${icon}</button>
    `;
  }

  #renderMore() {
    const { texts } = this.locale;
    const { text, msgid = "" } = this.message;
    const address = pageAddress() + messageHash(this.room, msgid);
    const said = this.copied === undefined ? "" : this.copied.ok ? texts.copied : texts.notCopied;
    return html`
      ${this.#renderCopy("text", texts.copyText, copyIcon, text)}
      ${isPrivate(this.room) ? nothing : this.#renderCopy("link", texts.copyLink, linkIcon, address)}
      ${this.message.own || !this.#rights.value ? nothing : this.#renderRights()}
      <span class="spoken" role="status">${said}</span>
    `;
  }

  /** What can be done about what somebody else said, and about them. */
  #renderRights() {
    const { rights } = this.locale.texts;
    const { message } = this;
    const open = (overlay: Overlay, about: OverlayAbout) => () => {
      this.#show("tools");
      this.dispatchEvent(new OpenOverlayEvent(overlay, about));
    };
    return html`
      <button type="button" class="copy" @click=${open("report", { message })}>${flagIcon}${rights.report}</button>
      <button type="button" class="copy person" @click=${open("person", { name: message.author })}>
        ${personIcon}<bdi translate="no">${message.author}</bdi>
      </button>
    `;
  }

  #renderCopy(what: "text" | "link", label: string, icon: unknown, text: string) {
    const isDone = this.copied?.what === what && this.copied.ok;
    const copy = async () => {
      this.copied = { what, ok: await copyToClipboard(text) };
    };
    return html`<button type="button" class="copy" @click=${copy}>${isDone ? checkIcon : icon}${label}</button>`;
  }

  #renderEmoji(emoji: string) {
    const isOn = isOwnReaction(this.message.reactions, emoji);
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
    this.copied = undefined;
    this.showing = showing;
  }

  #act(action: MessageAction): void {
    this.#show("tools");
    this.dispatchEvent(new MessageActionEvent(this.message, action));
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (isInputMethodKey(event)) return;
    // A key that was held down since before the question must not answer it.
    if (event.repeat && event.key === "Enter") event.preventDefault();
    if (event.key !== "Escape" || this.showing === "tools") return;
    event.stopPropagation();
    this.#show("tools");
  }
}
