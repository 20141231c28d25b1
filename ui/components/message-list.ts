/**
 * The log: days, groups of messages, and the lines between; follows what is new unless the reader has scrolled up. What
 * a group looks like is message-group's business.
 */
import "@awesome.me/webawesome/dist/components/button/button.js";
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, query } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import { ClockController } from "../controllers/clock-controller.ts";
import { SliceController } from "../controllers/slice-controller.ts";
import { StickToEndController } from "../controllers/stick-to-end-controller.ts";
import { type LogItem, type LogMessage, logItems } from "../store/log-items.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { armchairIcon, downIcon } from "./icons.ts";
import "./log-line.ts";
import "./message-group.ts";

/** Today becomes yesterday within this time, in ms, of midnight. */
const dayTickMs = 60_000;

@customElement("message-list")
export class MessageList extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        position: relative;
        min-height: 0;
      }

      .scroller {
        height: 100%;
        overflow: hidden auto;
        overscroll-behavior: contain;
        scrollbar-color: var(--line-strong) transparent;
        scrollbar-width: thin;
      }

      /* The browser's own anchoring would move the end away from a reader who follows it. */
      .following {
        overflow-anchor: none;
      }

      .scroller:focus-visible {
        outline-offset: -2px;
      }

      .content {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        min-height: 100%;
        max-width: 56rem;
        margin-inline: auto;
        padding: var(--space-4);
      }

      .content::before {
        /* Few messages stand at the bottom, next to where the next one is written. */
        content: "";
        margin-top: auto;
      }

      .day {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        margin-block: var(--space-2);
        color: var(--ink-quiet);
        font: 600 var(--text-s) / 1.4 var(--font-display);
      }

      .day::before,
      .day::after {
        content: "";
        flex: 1;
        border-top: 1px solid var(--line);
      }

      .empty {
        display: grid;
        justify-items: center;
        gap: var(--space-1);
        margin: auto;
        padding: var(--space-4);
        color: var(--ink-quiet);
        text-align: center;
      }

      .empty .icon {
        width: 4rem;
        height: 4rem;
        margin-bottom: var(--space-2);
        color: var(--accent);
        stroke-width: 1.1;
      }

      .empty h2 {
        color: var(--ink);
        font: 600 var(--text-l) / 1.3 var(--font-display);
        text-wrap: balance;
      }

      .jump {
        position: absolute;
        inset: auto 0 var(--space-3);
        display: flex;
        justify-content: center;
        pointer-events: none;
      }

      .jump wa-button {
        border-radius: 999px;
        box-shadow: 0 0.25rem 1rem var(--shadow);
        pointer-events: auto;
      }

      .jump .icon {
        width: 1rem;
        height: 1rem;
      }
    `,
  ];

  readonly #entries = new SliceController(this, (state) => state.entries);
  readonly #outbox = new SliceController(this, (state) => state.outbox);
  readonly #name = new SliceController(this, (state) => state.name);
  readonly #clock = new ClockController(this);
  readonly #end = new StickToEndController(this, () => this.scroller ?? undefined);

  @query(".scroller") private scroller!: HTMLElement | null;

  #items: LogItem[] = [];
  /** The last message the reader saw at the end; later ones are new. */
  #lastSeen: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#clock.tick(dayTickMs);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const ownBefore = lastOwn(this.#items);
    this.#items = logItems(this.#entries.value, this.#outbox.value, this.#name.value ?? "");
    const own = lastOwn(this.#items);
    // Who writes wants to see it, and the answers.
    if (this.hasUpdated && own !== undefined && own !== ownBefore) this.#end.jumpToEnd();
    if (this.#end.atEnd) this.#lastSeen = messagesOf(this.#items).at(-1)?.key;
  }

  protected override render() {
    return html`
      <div
        class=${classMap({ scroller: true, following: this.#end.atEnd })}
        role="log"
        aria-label=${this.locale.texts.messages}
        tabindex="0"
        @scroll=${this.#end.onScroll}
      >
        <div class="content">
          ${messagesOf(this.#items).length === 0 ? this.#renderEmpty() : nothing}
          ${repeat(
            this.#items,
            (item) => item.key,
            (item) => this.#renderItem(item),
          )}
        </div>
      </div>
      ${this.#end.atEnd ? nothing : this.#renderJump()}
    `;
  }

  #renderItem(item: LogItem) {
    switch (item.kind) {
      case "group":
        return html`<message-group .messages=${item.messages}></message-group>`;
      case "day":
        return html`<div class="day"><span>${this.locale.day(item.time, this.#clock.nowMs)}</span></div>`;
      default:
        return html`<log-line .entry=${item}></log-line>`;
    }
  }

  #renderEmpty() {
    const { texts } = this.locale;
    return html`
      <div class="empty">
        ${armchairIcon}
        <h2>${texts.emptyTitle}</h2>
        <p>${texts.emptyText}</p>
      </div>
    `;
  }

  #renderJump() {
    const { texts } = this.locale;
    const messages = messagesOf(this.#items);
    const count = messages.length - 1 - messages.findLastIndex((message) => message.key === this.#lastSeen);
    return html`
      <div class="jump">
        <wa-button pill size="s" variant=${count > 0 ? "brand" : "neutral"} @click=${() => this.#end.jumpToEnd()}>
          ${count > 0 ? texts.newMessages(count) : texts.toTheEnd}<span slot="end">${downIcon}</span>
        </wa-button>
      </div>
    `;
  }
}

function messagesOf(items: readonly LogItem[]): LogMessage[] {
  return items.flatMap((item) => (item.kind === "group" ? item.messages : []));
}

function lastOwn(items: readonly LogItem[]): string | undefined {
  return messagesOf(items).findLast((message) => message.own)?.key;
}
