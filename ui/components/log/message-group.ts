/**
 * Consecutive messages of one person: the name is shown once, and read aloud before each message. Own messages show
 * their delivery and what can be done about it; every message shows its changes and offers actions.
 */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import type { CommandFailure } from "../../../protocol/bridge-events.ts";
import { peopleIn } from "../../store/model/known-people.ts";
import { nameHue } from "../../store/model/people.ts";
import { roomKey, roomOf } from "../../store/model/state.ts";
import { isEmojiOnly, type LogMessage, type RepliedTo } from "../../store/selectors/log-items.ts";
import { plainText } from "../../store/text/markup.ts";
import { type Mentionable, peopleMeant } from "../../store/text/mentions.ts";
import { button } from "../../styles/button.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { PickEmojiEvent } from "../shared/emoji-events.ts";
import { named, sentence } from "../shared/sentence.ts";
import "./message-actions.ts";
import { MessageActionEvent, ShowMessageEvent } from "../shared/message-events.ts";
import { messageGroupStyles } from "./message-group.styles.ts";
import "./message-reactions.ts";
import { messageTextStyles } from "./message-text.styles.ts";
import { messageText } from "./message-text.ts";
import "../shared/person-avatar.ts";

/** How long a message stands out after a jump, in ms. */
const standOutMs = 2_500;

@customElement("message-group")
export class MessageGroup extends ChatElement {
  static override styles = [button, shared, messageGroupStyles, messageTextStyles];

  @property({ attribute: false, hasChanged: differ }) messages: readonly LogMessage[] = [];
  /** The room's name as the server writes it. */
  @property() room = "";
  /** The key of the message that Tab reaches, when it is in this group. */
  @property({ attribute: "tab-stop" }) tabStop = "";
  /** Messages can be answered and changed now. */
  @property({ type: Boolean, attribute: "with-actions" }) withActions = false;

  /** The keys of the messages with the pointer and with the focus. */
  @state() private pointed: string | undefined;
  @state() private focused: string | undefined;
  /** What failed for which message, until something else is tried. */
  @state() private problem: { key: string; said: string } | undefined;

  /** The key of the message that has the focus. */
  get focusedKey(): string | undefined {
    return this.shadowRoot?.activeElement?.matches(".message") ? this.focused : undefined;
  }

  async focusMessage(key: string): Promise<void> {
    await this.updateComplete;
    this.elementOf(key)?.focus({ preventScroll: true });
  }

  elementOf(key: string): HTMLElement | undefined {
    const index = this.messages.findIndex((message) => message.key === key);
    return this.renderRoot.querySelectorAll<HTMLElement>(".message")[index];
  }

  /** Makes a message stand out for a moment. */
  async pointOut(key: string): Promise<void> {
    await this.focusMessage(key);
    const glow = "0 0 0 0.1875rem var(--accent)";
    this.elementOf(key)
      ?.querySelector(".bubble")
      ?.animate([{ boxShadow: glow }, { boxShadow: glow, offset: 0.7 }, { boxShadow: "0 0 0 0.1875rem transparent" }], {
        duration: standOutMs,
      });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.style.setProperty("--hue", String(nameHue(this.messages[0]?.author ?? "")));
  }

  protected override render() {
    const [first] = this.messages;
    if (!first) return nothing;
    const { author, own, action } = first;
    return html`
      <div class=${classMap({ group: true, own, action })} @message-action=${this.#onAction}>
        ${own || action ? nothing : html`<person-avatar name=${author}></person-avatar>`}
        <div class="messages">
          ${this.#renderHead(first)}
          ${repeat(
            this.messages,
            (message) => message.key,
            (message) => this.#renderMessage(message),
          )}
        </div>
      </div>
    `;
  }

  /** The name is read aloud with each message; this one is only shown. */
  #renderHead({ author, own, action }: LogMessage) {
    if (own || action) return nothing;
    return html`<div class="head"><span class="author" translate="no" dir="auto" aria-hidden="true">${author}</span></div>`;
  }

  #renderMessage(message: LogMessage) {
    const { key, text, action, deleted, reactions, shown, time, quote, meant } = message;
    const large = !action && isEmojiOnly(text);
    const mentioned = !deleted && meant?.own !== undefined;
    return html`
      <div
        class=${classMap({ message: true, large, deleted, mentioned, [shown.state]: true })}
        data-key=${key}
        role="article"
        tabindex=${key === this.tabStop ? 0 : -1}
        @pointerenter=${(event: PointerEvent) => this.#point(event, key)}
        @pointerleave=${(event: PointerEvent) => this.#point(event, undefined)}
        @focusin=${() => this.#onFocus(key)}
        @focusout=${(event: FocusEvent) => this.#onBlur(event, key)}
      >
        <div class="bubble">
          ${this.#renderActions(message)}${quote ? this.#renderQuote(quote) : nothing}<div class="text">${this.#renderText(message)}</div>
          <span class="meta">
            ${this.#renderMark(message)}
            <time translate="no" datetime=${time} title=${this.locale.fullDate(time)}>${this.locale.time(time)}</time>
          </span>
        </div>
        ${reactions.length > 0 ? this.#renderReactions(message) : nothing}
        ${message.away ? html`<p class="note">${sentence(this.locale.texts.willSeeLater(named(this.room.slice(1))))}</p>` : nothing}
        ${this.#renderFailure(message)}
      </div>
    `;
  }

  #renderText(message: LogMessage) {
    const { author, text, action, deleted } = message;
    const said = deleted
      ? html`<em class="tombstone">${this.#sayDeleted(message)}</em>`
      : html`<div class="said">${messageText(text, this.#peopleOf(message))}</div>`;
    if (action) return html`<bdi class="author" translate="no">${author}</bdi> ${said}`;
    return html`<span class="spoken" translate="no">${author}: </span>${said}`;
  }

  #sayDeleted({ deletedBy }: LogMessage): unknown {
    const { texts } = this.locale;
    return deletedBy === undefined ? texts.messageDeleted : sentence(texts.messageDeletedBy(named(deletedBy)));
  }

  /** Mentions in a pending message are not decided yet. */
  #peopleOf({ meant }: LogMessage): Mentionable {
    if (meant) return peopleMeant(meant);
    const { state } = this.store;
    return { ...peopleIn(state, roomOf(state, roomKey(this.room))), own: undefined };
  }

  #renderQuote({ msgid, author, text }: RepliedTo) {
    const { texts } = this.locale;
    const said = author === undefined ? texts.earlierMessage : text === "" ? texts.messageDeleted : plainText(text);
    return html`
      <button
        type="button"
        class="quote"
        title=${texts.showAnswered}
        @click=${() => this.dispatchEvent(new ShowMessageEvent({ msgid }))}
      >
        <span class="spoken">${texts.inReplyTo}</span>
        ${author === undefined ? nothing : html`<b translate="no" dir="auto">${author}</b> `}<span dir="auto">${said}</span>
      </button>
    `;
  }

  #renderActions(message: LogMessage) {
    const { key, msgid, deleted, former, shown } = message;
    if (!this.withActions || former || deleted || msgid === undefined || shown.state !== "sent") return nothing;
    if (key !== this.pointed && key !== this.focused) return nothing;
    return html`<message-actions .message=${message} room=${this.room}></message-actions>`;
  }

  #renderReactions(message: LogMessage) {
    return html`
      <message-reactions .message=${message} room=${this.room} ?disabled=${!this.withActions || message.former}></message-reactions>
    `;
  }

  #renderMark({ shown, edited }: LogMessage) {
    const { texts } = this.locale;
    switch (shown.state) {
      case "pending":
        return html`<span class="mark">${texts.pending}</span>`;
      case "waiting":
        return html`<span class="mark">${texts.waitsToBeSent}</span>`;
      case "unconfirmed":
        return html`<span class="mark" title=${texts.unconfirmed}
          ><span aria-hidden="true">?</span><span class="spoken">${texts.unconfirmed}</span></span
        >`;
      default:
        return edited ? html`<span class="mark">${texts.edited}</span>` : nothing;
    }
  }

  #renderFailure({ key, shown }: LogMessage) {
    const { texts } = this.locale;
    if (this.problem?.key === key) return html`<p class="failure reason" role="alert">${this.problem.said}</p>`;
    if (shown.state !== "failed") return nothing;
    return html`
      <div class="failure">
        <span class="reason">${texts.notSent(texts.failures[shown.code] ?? shown.message)}</span>
        <button class="button outlined small" type="button" @click=${() => this.store.sending.retry(key)}>${texts.retry}</button>
        <button class="button small" type="button" @click=${() => this.store.sending.discard(key)}>${texts.discard}</button>
      </div>
    `;
  }

  /** A finger leaves what it touches at once, so touch goes by focus instead. */
  #point({ pointerType }: PointerEvent, key: string | undefined): void {
    if (pointerType === "mouse") this.pointed = key;
  }

  #onFocus(key: string): void {
    this.focused = key;
  }

  /** While redrawing, the focus may be lost because the focused element disappears. */
  async #onBlur({ currentTarget }: FocusEvent, key: string): Promise<void> {
    await this.updateComplete;
    if (this.focused === key && !(currentTarget as HTMLElement).matches(":focus-within")) this.focused = undefined;
  }

  #onAction(event: MessageActionEvent): void {
    const { action, message } = event;
    if (action === "reply" || action === "edit" || message.msgid === undefined) return;
    event.stopPropagation();
    const { asking } = this.store;
    const { texts } = this.locale;
    if (action === "delete")
      void this.#try(message.key, asking.deleteMessage(this.room, message.msgid), texts.notDeleted);
    else if (action === "pick-emoji") this.#pickReaction(message);
    else {
      const { emoji, on } = action;
      void this.#try(message.key, asking.react(this.room, message.msgid, emoji, on), texts.noReaction);
    }
    void this.focusMessage(message.key);
  }

  #pickReaction(message: LogMessage): void {
    const goBack = () => void this.focusMessage(message.key);
    const take = (emoji: string) => this.#onAction(new MessageActionEvent(message, { emoji, on: true }));
    this.dispatchEvent(new PickEmojiEvent(this.elementOf(message.key) ?? this, take, goBack));
  }

  async #try(
    key: string,
    asked: Promise<{ ok: true } | CommandFailure>,
    say: (reason: string) => string,
  ): Promise<void> {
    this.problem = undefined;
    const answer = await asked;
    if (!answer.ok) this.problem = { key, said: say(this.locale.texts.failures[answer.code] ?? answer.message) };
  }
}

/** The list is rebuilt with every event; a group is redrawn only when one of its own messages has changed. */
function differ(now: readonly LogMessage[], before: readonly LogMessage[] | undefined): boolean {
  if (now.length !== before?.length) return true;
  return now.some((message, index) => isOther(message, before[index]));
}

function isOther(now: LogMessage, before: LogMessage | undefined): boolean {
  const { shown, quote, ...rest } = now;
  if (shown.state !== before?.shown.state) return true;
  if (quote?.author !== before.quote?.author || quote?.text !== before.quote?.text) return true;
  return (Object.keys(rest) as (keyof typeof rest)[]).some((field) => rest[field] !== before[field]);
}
