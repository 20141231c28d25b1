/**
 * The log of one room: days, groups of messages, the lines between, and what is missing; follows what is new unless the
 * reader has scrolled up. What a group looks like is message-group's business.
 */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { ClockController } from "../controllers/clock-controller.ts";
import { type ReadingPlace, ReadingPlaceController } from "../controllers/reading-place-controller.ts";
import { SliceController } from "../controllers/slice-controller.ts";
import { earlierOf } from "../store/earlier.ts";
import { type LogGap, type LogItem, type LogMessage, logItems } from "../store/log-items.ts";
import { hasMemory, isOnline, isPrivate, roomKey, roomOf } from "../store/state.ts";
import type { Asked } from "../store/timeline.ts";
import { button } from "../styles/button.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { armchairIcon, downIcon } from "./icons.ts";
import type { ShowMessageEvent, Target } from "./message-events.ts";
import "./log-line.ts";
import type { MessageGroup } from "./message-group.ts";
import "./message-group.ts";
import { messageListStyles } from "./message-list.styles.ts";

/** Today becomes yesterday within this time, in ms, of midnight. */
const dayTickMs = 60_000;

/** Earlier messages are fetched when the reader is closer to the first one than this, in CSS pixels. */
const earlierMarginPx = 300;

/** How far below the top the first unread message is shown, in CSS pixels. */
const unreadTopPx = 64;

/** How far below the top a message that was jumped to is shown, as a part of the height. */
const jumpTopPart = 0.3;

@customElement("message-list")
export class MessageList extends ChatElement {
  static override styles = [button, shared, messageListStyles];

  /** The key of the room. Another room has another list. */
  @property() room = "";
  /** Where the reader was in each room, by its key. */
  @property({ attribute: false }) places = new Map<string, ReadingPlace>();

  readonly #room = new SliceController(this, (state) => roomOf(state, this.room));
  readonly #outbox = new SliceController(this, (state) => state.outbox);
  readonly #name = new SliceController(this, (state) => state.name);
  readonly #online = new SliceController(this, isOnline);
  readonly #memory = new SliceController(this, hasMemory);
  readonly #clock = new ClockController(this);
  readonly #place = new ReadingPlaceController(
    this,
    () => this.scroller ?? undefined,
    () => (this.#hasUnread() ? { key: "unread", topPx: unreadTopPx } : this.places.get(this.room)),
  );

  @state() private loading = false;
  /** Why messages of the past did not come; cleared by the next attempt. */
  @state() private problem: string | undefined;
  /** The message that was to be shown is nowhere; until something else is. */
  @state() private isMissing = false;
  /** The key of the message that the Tab key leads to; undefined for the last one. */
  @state() private tabStop: string | undefined;
  @query(".scroller") private scroller!: HTMLElement | null;

  #items: LogItem[] = [];
  #tabStop = "";
  /** The last message the reader saw at the end; later ones are new. */
  #lastSeen: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#clock.tick(dayTickMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const { place } = this.#place;
    if (place) this.places.set(this.room, place);
    else this.places.delete(this.room);
  }

  /** Shows a message, loading what is around it when it is not there. */
  async show(target: Target): Promise<void> {
    await this.updateComplete;
    this.isMissing = false;
    let found = this.#find((message) => message.msgid === target.msgid);
    if (!found) {
      await this.#load({ around: target.msgid });
      found = this.#find((message) => message.msgid === target.msgid);
    }
    if (found) await this.#jumpTo(found);
    else this.isMissing = this.problem === undefined;
  }

  /** Shows the first message since a moment, ISO 8601; the last one when nothing was said since. */
  async showSince(since: string): Promise<void> {
    await this.#load({ since });
    if (this.problem !== undefined) return;
    const found = this.#find(({ time }) => time >= since) ?? messagesOf(this.#items).at(-1);
    if (found) await this.#jumpTo(found);
  }

  /** Says why something could not be shown. */
  complain({ code, message }: { code: string; message: string }): void {
    this.problem = this.locale.texts.notLoaded(this.locale.texts.failures[code] ?? message);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const ownBefore = lastOwn(this.#items);
    const outbox = this.#outbox.value.filter(({ room }) => roomKey(room) === this.room);
    this.#items = logItems(this.#room.value, outbox, this.#name.value ?? "");
    const own = lastOwn(this.#items);
    this.#tabStop = this.#find(({ key }) => key === this.tabStop)?.key ?? messagesOf(this.#items).at(-1)?.key ?? "";
    // Who writes wants to see it, and the answers.
    if (this.hasUpdated && own !== undefined && own !== ownBefore) this.#place.jumpToEnd();
    if (this.#place.atEnd) this.#lastSeen = messagesOf(this.#items).at(-1)?.key;
  }

  protected override render() {
    const trouble = this.isMissing ? this.locale.texts.notFound : this.problem;
    return html`
      <div
        class="scroller"
        role="log"
        aria-label=${this.locale.texts.messages}
        tabindex="0"
        @scroll=${this.#onScroll}
        @keydown=${this.#onKeyDown}
        @focusin=${this.#onFocus}
        @show-message=${this.#onShow}
      >
        <div class="content">
          ${messagesOf(this.#items).length === 0 ? this.#renderEmpty() : this.#renderHead()}
          ${repeat(
            this.#items,
            (item) => item.key,
            (item) => this.#renderItem(item),
          )}
        </div>
      </div>
      <div class="floating">
        <p class="trouble" role="status" ?hidden=${trouble === undefined}>${trouble}</p>
        ${this.#place.atEnd ? nothing : this.#renderJump()}
      </div>
    `;
  }

  #renderItem(item: LogItem) {
    const { texts } = this.locale;
    switch (item.kind) {
      case "group":
        return html`<message-group
          data-key=${item.key}
          room=${this.#room.value.name}
          own-name=${this.#name.value ?? ""}
          tab-stop=${item.messages.some(({ key }) => key === this.#tabStop) ? this.#tabStop : ""}
          ?with-actions=${this.#memory.value && this.#online.value}
          .messages=${item.messages}
        ></message-group>`;
      case "day":
        return html`<div class="day" data-key=${item.key}>
          <span>${this.locale.day(item.time, this.#clock.nowMs)}</span>
        </div>`;
      case "unread":
        return html`<div class="day unread" data-key=${item.key}><span>${texts.newFromHere}</span></div>`;
      case "gap":
        return this.#renderGap(item);
      default:
        return html`<log-line data-key=${item.key} .entry=${item}></log-line>`;
    }
  }

  #renderGap({ key, after, isForGood }: LogGap) {
    const { texts } = this.locale;
    return html`
      <div class="gap" data-key=${key}>
        <span>${isForGood ? texts.gapForGood : texts.gap}</span>
        ${isForGood || !this.#memory.value ? nothing : this.#renderLoad(texts.load, { after })}
      </div>
    `;
  }

  /** What stands above the first message. */
  #renderHead() {
    const { texts } = this.locale;
    const earlier = earlierOf(this.#room.value);
    if (earlier.kind === "none") return html`<p class="head">${texts.beginning}</p>`;
    if (earlier.kind === "beyond" || !this.#memory.value) return html`<p class="head">${texts.dropped}</p>`;
    return html`<div class="head">${this.#renderLoad(texts.earlier, { before: earlier.before })}</div>`;
  }

  #renderLoad(label: string, asked: Asked) {
    return html`
      <button
        class="button outlined small"
        ?disabled=${!this.#online.value}
        aria-busy=${this.loading}
        @click=${(event: Event) => this.#loadHere(event, asked)}
      >
        ${label}
      </button>
    `;
  }

  #renderEmpty() {
    const { texts } = this.locale;
    return html`
      <div class="empty">
        ${armchairIcon}
        <h2>${texts.emptyTitle}</h2>
        <p>${isPrivate(this.room) ? texts.emptyPrivate : texts.emptyText}</p>
      </div>
    `;
  }

  #renderJump() {
    const { texts } = this.locale;
    const messages = messagesOf(this.#items);
    const count = messages.length - 1 - messages.findLastIndex((message) => message.key === this.#lastSeen);
    const isNew = this.#lastSeen !== undefined && count > 0;
    return html`
      <button class="button ${isNew ? "brand" : "strong"} small pill" @click=${() => this.#place.jumpToEnd()}>
        ${isNew ? texts.newMessages(count) : texts.toTheEnd}${downIcon}
      </button>
    `;
  }

  #hasUnread(): boolean {
    return this.#items.some(({ kind }) => kind === "unread");
  }

  #onScroll(): void {
    this.#place.onScroll();
    const isNearTop = this.scroller !== null && this.scroller.scrollTop < earlierMarginPx;
    const earlier = earlierOf(this.#room.value);
    if (this.#place.atEnd || !isNearTop || earlier.kind !== "more" || this.problem !== undefined) return;
    if (this.#online.value && this.#memory.value) void this.#load({ before: earlier.before });
  }

  /** Arrow keys go from message to message. */
  #onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const focused = this.#groups.find((group) => group.focusedKey !== undefined)?.focusedKey;
    if (step === undefined || focused === undefined) return;
    const messages = messagesOf(this.#items);
    const next = messages[messages.findIndex(({ key }) => key === focused) + step];
    event.preventDefault();
    if (!next) return;
    void this.#groupOf(next)?.focusMessage(next.key);
    this.#groupOf(next)?.elementOf(next.key)?.scrollIntoView({ block: "nearest" });
  }

  #onFocus(): void {
    const focused = this.#groups.find((group) => group.focusedKey !== undefined)?.focusedKey;
    if (focused !== undefined) this.tabStop = focused;
  }

  #onShow({ wanted }: ShowMessageEvent): void {
    void this.show(wanted);
  }

  get #groups(): MessageGroup[] {
    return [...this.renderRoot.querySelectorAll<MessageGroup>("message-group")];
  }

  #groupOf(message: LogMessage): MessageGroup | undefined {
    return this.#groups.find(({ messages }) => messages.some(({ key }) => key === message.key));
  }

  #find(matches: (message: LogMessage) => boolean): LogMessage | undefined {
    return messagesOf(this.#items).find(matches);
  }

  async #jumpTo(message: LogMessage): Promise<void> {
    await this.updateComplete;
    const group = this.#groupOf(message);
    await group?.updateComplete;
    const element = group?.elementOf(message.key);
    if (!group || !element || !this.scroller) return;
    const intoGroupPx = element.getBoundingClientRect().top - group.getBoundingClientRect().top;
    this.#place.jumpTo(group, this.scroller.clientHeight * jumpTopPart - intoGroupPx);
    await group.pointOut(message.key);
  }

  /** What fills a gap stands below what the reader has read: that stays where it is. */
  #loadHere({ currentTarget }: Event, asked: Asked): Promise<void> {
    const above = (currentTarget as Element).closest(".gap")?.previousElementSibling;
    const load = () => this.#load(asked);
    return above instanceof HTMLElement ? this.#place.holdDuring(above, load) : load();
  }

  async #load(asked: Asked): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    this.problem = undefined;
    this.isMissing = false;
    const answer = await this.store.asking.loadPast(this.#room.value, asked);
    this.loading = false;
    if (!answer.ok && answer.code !== "no-such-message") this.complain(answer);
    await this.store.told();
    await this.updateComplete;
  }
}

function messagesOf(items: readonly LogItem[]): LogMessage[] {
  return items.flatMap((item) => (item.kind === "group" ? item.messages : []));
}

function lastOwn(items: readonly LogItem[]): string | undefined {
  return messagesOf(items).findLast((message) => message.own)?.key;
}
