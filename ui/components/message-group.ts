/**
 * What one person said without a pause: the name once for the eyes, before each message for the ears. Own messages carry
 * how their delivery went, and what can be done about it.
 */
import "@awesome.me/webawesome/dist/components/button/button.js";
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import { isEmojiOnly, type LogMessage } from "../store/log-items.ts";
import { nameHue } from "../store/people.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { messageGroupStyles } from "./message-group.styles.ts";
import { messageText } from "./message-text.ts";
import "./person-avatar.ts";

@customElement("message-group")
export class MessageGroup extends ChatElement {
  static override styles = [shared, messageGroupStyles];

  @property({ attribute: false, hasChanged: differ })
  messages: readonly LogMessage[] = [];

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.style.setProperty("--hue", String(nameHue(this.messages[0]?.author ?? "")));
  }

  protected override render() {
    const [first] = this.messages;
    if (!first) return nothing;
    const { author, own, action } = first;
    return html`
      <div class=${classMap({ group: true, own, action })}>
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

  /** The name is read with each message; here it is only shown. */
  #renderHead({ author, own, action }: LogMessage) {
    if (own || action) return nothing;
    return html`<div class="head"><span class="author" aria-hidden="true">${author}</span></div>`;
  }

  #renderMessage(message: LogMessage) {
    const { author, text, action, time, shown } = message;
    const large = !action && isEmojiOnly(text);
    const said = action
      ? html`<span class="author">${author}</span> ${messageText(text)}`
      : html`<span class="spoken">${author}: </span><span>${messageText(text)}</span>`;
    return html`
      <div class=${classMap({ message: true, large, [shown.state]: true })}>
        <div class="bubble"><span class="text">${said}</span>
          <span class="meta">
            <time datetime=${time} title=${this.locale.fullDate(time)}>${this.locale.time(time)}</time>
            ${this.#renderMark(message)}
          </span>
        </div>
        ${this.#renderFailure(message)}
      </div>
    `;
  }

  #renderMark({ shown }: LogMessage) {
    const { texts } = this.locale;
    if (shown.state === "pending") return html`<span class="mark">${texts.pending}</span>`;
    if (shown.state === "unconfirmed") {
      return html`<span class="mark" title=${texts.unconfirmed}
        ><span aria-hidden="true">?</span><span class="spoken">${texts.unconfirmed}</span></span
      >`;
    }
    return nothing;
  }

  #renderFailure({ key, shown }: LogMessage) {
    if (shown.state !== "failed") return nothing;
    const { texts } = this.locale;
    return html`
      <div class="failure">
        <span class="reason">${texts.notSent(texts.failures[shown.code] ?? shown.message)}</span>
        <wa-button size="s" appearance="outlined" @click=${() => this.store.retry(key)}>${texts.retry}</wa-button>
        <wa-button size="s" appearance="plain" @click=${() => this.store.discard(key)}>${texts.discard}</wa-button>
      </div>
    `;
  }
}

/** The list is made anew with every event; a group is drawn anew only when one of its own messages changed. */
function differ(now: readonly LogMessage[], before: readonly LogMessage[] | undefined): boolean {
  if (now.length !== before?.length) return true;
  return now.some((message, index) => {
    const other = before[index];
    return other?.key !== message.key || other.shown.state !== message.shown.state || other.time !== message.time;
  });
}
