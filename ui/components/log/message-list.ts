/**
 * The log of one room: days, groups of messages, lines between, and gaps. It follows new messages unless the reader has
 * scrolled up. Only a part of a long log is drawn, and it moves with the reader.
 */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { isInputMethodKey } from "../../browser/input-method.ts";
import { PrintController } from "../../controllers/print-controller.ts";
import { ReadingPositionController } from "../../controllers/reading-position-controller.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { UnreadLineController } from "../../controllers/unread-line-controller.ts";
import type { Entries } from "../../store/model/entries.ts";
import { hasMemory, isOnline, roomKey, roomOf } from "../../store/model/state.ts";
import type { Asked } from "../../store/model/timeline.ts";
import { earlierOf, unreadBeyond } from "../../store/selectors/earlier.ts";
import { firstUnreadAt, type LogItem } from "../../store/selectors/log-items.ts";
import { around, type EntryRange, earlier, holding, later, windowOf } from "../../store/selectors/log-window.ts";
import { ShownLog } from "../../store/selectors/shown-log.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { CopyController } from "./copied-messages.ts";
import { DrawnMessages } from "./drawn-messages.ts";
import "./empty-log.ts";
import type { ShowMessageEvent, Target } from "../shared/message-events.ts";
import { jumpTopPart, type LeftPosition, unreadTopPx } from "./left-position.ts";
import type { LoadHistoryEvent } from "./log-break.ts";
import "../shared/loading-skeleton.ts";
import "./log-break.ts";
import type { JumpEvent } from "./log-jumps.ts";
import "./log-jumps.ts";
import "./log-line.ts";
import "./log-separator.ts";
import { MessageFocus } from "./message-focus.ts";
import "./message-group.ts";
import { messageListStyles } from "./message-list.styles.ts";

/** Earlier messages are fetched when the reader is closer to the first one than this, in CSS pixels. */
const earlierMarginPx = 300;

@customElement("message-list")
export class MessageList extends ChatElement {
  static override styles = [shared, messageListStyles];

  /** The key of the room. Each room has a list of its own. */
  @property() room = "";
  /** Where the reader was in each room, by room key. */
  @property({ attribute: false }) places = new Map<string, LeftPosition>();

  readonly #room = new SliceController(this, (state) => roomOf(state, this.room));
  readonly #outbox = new SliceController(this, (state) => state.outbox);
  readonly #writtenId = new SliceController(this, ({ lastWritten }) =>
    roomKey(lastWritten?.room ?? "") === this.room ? lastWritten?.id : undefined,
  );
  readonly #name = new SliceController(this, (state) => state.name);
  readonly #online = new SliceController(this, isOnline);
  readonly #memory = new SliceController(this, hasMemory);
  readonly #place = new ReadingPositionController(this, {
    scroller: () => this.scroller ?? undefined,
    itemOf: (key) => this.#drawn.itemOf(key),
    isWhole: () => this.#log.isWhole,
    beginning: () => this.#beginning,
  });
  readonly #printing = new PrintController(this);
  readonly #log = new ShownLog();
  readonly #drawn = new DrawnMessages(() => this.renderRoot);
  readonly #focus = new MessageFocus(this.#drawn);
  readonly #unreadLine = new UnreadLineController(this, {
    key: () => this.#entries.at(firstUnreadAt(this.#room.value))?.key,
    element: () => this.#drawn.itemOf("unread"),
  });

  /** The history being loaded. */
  @state() private loading: Asked | undefined;
  /** New messages are read aloud: the reader was at the end when they arrived. */
  @state() private isLive = false;
  /** Why history could not be loaded; cleared by the next attempt. */
  @state() private problem: string | undefined;
  /** The wanted message was not found; set until another one is shown. */
  @state() private isMissing = false;
  @query(".scroller") private scroller!: HTMLElement | null;

  /**
   * The key of the first entry of the last drawing. After drawing another part, the reader's place is settled once this
   * resolves.
   */
  #firstDrawn: string | undefined;
  #settled: Promise<void> | undefined;

  constructor() {
    super();
    new CopyController(this, this.#drawn, () => this.locale);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const { place } = this.#place;
    if (place) this.places.set(this.room, { ...place, window: this.#log.window });
    else this.places.delete(this.room);
  }

  /** Shows a message, loading its surroundings when it is not here. */
  async show(target: Target): Promise<void> {
    await this.updateComplete;
    this.isMissing = false;
    if (!this.#entries.messageOf(target.msgid)) await this.#load({ around: target.msgid });
    const position = this.#entries.positionOf(target.msgid);
    if (position !== -1) await this.#jumpTo(position);
    else this.isMissing = this.problem === undefined;
  }

  /** Shows the first message since a moment, ISO 8601; the last one when nothing was said since. */
  async showSince(since: string): Promise<void> {
    await this.#load({ since });
    if (this.problem !== undefined) return;
    const before = this.#entries.lastMessageWhere(({ message }) => message.time < since);
    await this.#jumpTo(this.#entries.nextMessageFrom(before + 1) ?? before);
  }

  /** Says why something could not be shown. */
  complain({ code, message }: { code: string; message: string }): void {
    this.problem = this.locale.texts.notLoaded(this.locale.texts.failures[code] ?? message);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const outbox = this.#outbox.value.filter(({ room }) => roomKey(room) === this.room);
    // Somebody who writes wants to see their message and the answers.
    if (this.#log.takeNews(this.#room.value, this.#writtenId.value)) this.#place.jumpToEnd();
    const beginning = this.hasUpdated ? undefined : this.#beginning;
    if (beginning) this.#log.window = beginning.window;
    this.#log.isPrinted = this.#printing.isPrinting;
    this.#log.look(this.#room.value, outbox, this.#name.value ?? "", (beginning ?? this.#place.place)?.key);
    this.#focus.look(this.#log.messages, this.shadowRoot?.activeElement ?? null);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#focus.restore(this.scroller);
    const isMoved = this.#log.window.first !== this.#firstDrawn;
    if (isMoved) this.#settled = this.updateComplete.then(() => this.#place.keep());
    this.#firstDrawn = this.#log.window.first;
    if (changed.has("loading")) this.#place.keep();
    // What is drawn because the reader moved, or because it was loaded, is old: only what follows is news.
    void this.updateComplete.then(() => {
      this.isLive = this.#place.atEnd && this.loading === undefined;
    });
  }

  /** The groups draw their messages after the list has drawn the groups. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete();
    await this.#drawn.ready();
    return isDone;
  }

  /** Where the reader starts; undefined for the end. */
  get #beginning(): LeftPosition | undefined {
    const position = firstUnreadAt(this.#room.value);
    if (position === -1) return this.places.get(this.room);
    return { key: "unread", topPx: unreadTopPx, window: windowOf(this.#entries, around(this.#entries, position)) };
  }

  protected override render() {
    const trouble = this.isMissing ? this.locale.texts.notFound : this.problem;
    return html`
      <div
        class="scroller"
        role="log"
        aria-label=${this.locale.texts.messages}
        aria-live=${this.isLive && this.#place.atEnd && this.loading === undefined && !this.#log.isPrinted ? "polite" : "off"}
        tabindex="0"
        @scroll=${this.#onScroll}
        @keydown=${this.#onKeyDown}
        @focusin=${() => this.#drawn.focusedKey !== this.#focus.tabStop && this.requestUpdate()}
        @show-message=${({ wanted }: ShowMessageEvent) => this.show(wanted)}
      >
        <div class="content">
          ${this.#log.messages.length === 0 ? html`<empty-log .room=${this.room}></empty-log>` : this.#renderHead()}
          ${repeat(
            this.#log.items,
            (item) => item.key,
            (item) => this.#renderItem(item),
          )}
        </div>
      </div>
      <div class="floating">
        <p class="trouble" role="status" ?hidden=${trouble === undefined}>${trouble}</p>
        <log-jumps
          ?to-unread=${this.#unreadLine.isUnseen || this.#unreadToLoad !== undefined}
          ?to-end=${!this.#place.atEnd}
          new-count=${this.#log.newCount}
          @jump=${this.#jump}
        ></log-jumps>
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
          tab-stop=${item.messages.some(({ key }) => key === this.#focus.tabStop) ? this.#focus.tabStop : ""}
          ?with-actions=${this.#memory.value && this.#online.value}
          .messages=${item.messages}
        ></message-group>`;
      case "day":
      case "unread":
        return html`<log-separator data-key=${item.key} .item=${item}></log-separator>`;
      case "missing":
        return this.#renderBreak(texts.gapForGood, undefined, item.key);
      case "gap":
        return item.isForGood
          ? this.#renderBreak(texts.gapForGood, undefined, item.key)
          : this.#renderBreak(texts.gap, { after: item.after }, item.key);
      default:
        return html`<log-line data-key=${item.key} .entry=${item}></log-line>`;
    }
  }

  /** What stands above the first message. */
  #renderHead() {
    const { texts } = this.locale;
    if (this.#log.range.from > 0) return this.#log.isPrinted ? this.#renderBreak(texts.notPrinted) : nothing;
    const earlier = earlierOf(this.#room.value);
    if (earlier.kind !== "more" || !this.#memory.value)
      return this.#renderBreak(earlier.kind === "none" ? texts.beginning : texts.dropped);
    const isComing = this.loading !== undefined && "before" in this.loading;
    return html`${this.#renderBreak("", { before: earlier.before })}
      ${isComing ? html`<loading-skeleton kind="earlier"></loading-skeleton>` : nothing}`;
  }

  #renderBreak(said: string, asked?: Asked, key?: string) {
    return html`
      <log-break
        data-key=${key ?? nothing}
        said=${said}
        .asked=${this.#memory.value ? asked : undefined}
        ?busy=${this.loading !== undefined}
        ?disabled=${!this.#online.value}
        @load-history=${this.#loadHere}
      ></log-break>
    `;
  }

  /** The button itself may disappear, and the focus with it. */
  async #jump({ to }: JumpEvent): Promise<void> {
    this.scroller?.focus({ preventScroll: true });
    if (to === "end") return this.#place.jumpToEnd();
    if (this.#unreadToLoad !== undefined) await this.#load({ after: this.#unreadToLoad });
    await this.#goTo(firstUnreadAt(this.#room.value));
  }

  /** The `seq` after which the first unread message must be loaded, where that is possible. */
  get #unreadToLoad(): number | undefined {
    return this.#online.value && this.#memory.value ? unreadBeyond(this.#room.value) : undefined;
  }

  get #entries(): Entries {
    return this.#room.value.entries;
  }

  #onScroll(): void {
    this.#place.onScroll();
    this.#lookAround();
    const isAtTop = this.#log.range.from === 0 && this.scroller !== null && this.scroller.scrollTop < earlierMarginPx;
    if (!isAtTop || this.#place.atEnd || this.problem !== undefined || !this.#online.value || !this.#memory.value)
      return;
    const before = earlierOf(this.#room.value);
    if (before.kind === "more") void this.#load({ before: before.before });
  }

  #lookAround(): void {
    if (!this.scroller || this.#place.atEnd) return;
    const { range, isWhole } = this.#log;
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    // Within one screen of either end, more is drawn there.
    if (scrollTop < clientHeight && range.from > 0) void this.#draw(earlier(range));
    else if (scrollHeight - scrollTop < 2 * clientHeight && !isWhole) void this.#draw(later(this.#entries, range));
  }

  /** Arrow keys move between messages; Home and End go to either end of what is here, drawn or not. */
  #onKeyDown(event: KeyboardEvent): void {
    if (isInputMethodKey(event)) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const focused = this.#drawn.focusedKey;
    if (event.key === "End") this.#place.jumpToEnd();
    else if (event.key === "Home") void this.#goTo(0);
    else if (step !== undefined && focused !== undefined) void this.#step(focused, step);
    else return;
    event.preventDefault();
  }

  async #step(focused: string, step: number): Promise<void> {
    const { range } = this.#log;
    if (this.#focus.next(focused, step) === undefined) {
      this.#place.stayAt(focused);
      await this.#draw(step < 0 ? earlier(range) : later(this.#entries, range));
    }
    const key = this.#focus.next(focused, step);
    if (key === undefined) return;
    await this.#drawn.focus(key);
    this.#drawn.itemOf(key)?.scrollIntoView({ block: "nearest" });
  }

  /** Makes a message stand out that may not be drawn yet. */
  async #jumpTo(position: number): Promise<void> {
    const key = await this.#goTo(position);
    if (key !== undefined) await this.#drawn.groupOf(key)?.pointOut(key);
  }

  /** @returns the key of the item at that position */
  async #goTo(position: number): Promise<string | undefined> {
    const key = this.#entries.at(position)?.key;
    if (key === undefined || !this.scroller) return undefined;
    this.#place.jumpTo({ key, topPx: this.scroller.clientHeight * jumpTopPart });
    await this.#draw(holding(this.#entries, this.#log.range, position));
    this.#place.keep();
    return key;
  }

  async #draw(range: EntryRange): Promise<void> {
    this.#log.window = windowOf(this.#entries, range);
    this.requestUpdate();
    await this.updateComplete;
    await this.#settled;
  }

  /** What fills a gap appears below what the reader has read, which stays in place. */
  #loadHere({ currentTarget, asked }: LoadHistoryEvent): Promise<void> {
    const above = (currentTarget as Element).previousElementSibling;
    const load = () => this.#load(asked);
    return above instanceof HTMLElement ? this.#place.holdDuring(above, load) : load();
  }

  async #load(asked: Asked): Promise<void> {
    if (this.loading) return;
    this.loading = asked;
    this.problem = undefined;
    this.isMissing = false;
    const answer = await this.store.asking.loadHistory(this.#room.value, asked);
    if (!answer.ok && answer.code !== "no-such-message") this.complain(answer);
    await this.store.told();
    this.loading = undefined;
    await this.updateComplete;
    // A reader at the very top cannot scroll any further.
    this.#lookAround();
  }
}
