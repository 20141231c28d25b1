/**
 * Finds messages: by their text, everywhere, or by day, in the current room. Whoever holds the panel shows what is
 * chosen. Loaded when somebody opens it.
 */
import { html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { FoundMessage } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { parseSearch } from "../../../protocol/search.ts";
import { isInputMethodKey } from "../../browser/input-method.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { nameHue } from "../../store/model/people.ts";
import { currentRoom, isOnline, isPrivate } from "../../store/model/state.ts";
import { highlight } from "../../store/text/highlight.ts";
import { localDay, startOfDay } from "../../store/text/local-day.ts";
import { plainText } from "../../store/text/markup.ts";
import { button } from "../../styles/button.ts";
import { empty } from "../../styles/empty.ts";
import { field, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { closeIcon, lockIcon, searchIcon } from "../shared/icons.ts";
import { ShowDayEvent, ShowMessageEvent } from "../shared/message-events.ts";
import { OpenOverlayEvent } from "../shared/overlay-events.ts";
import { roomTitle } from "../shared/room-title.ts";
import { named, sentence } from "../shared/sentence.ts";
import { searchPanelStyles } from "./search-panel.styles.ts";

/** The filters that the hint names, the same in every language. */
const narrowings = ["from:", "in:", "after:", "before:"];

/** The person has finished searching. */
export class CloseSearchEvent extends Event {
  static readonly eventName = "close-search";

  constructor() {
    super(CloseSearchEvent.eventName);
  }
}

@customElement("search-panel")
export class SearchPanel extends ChatElement {
  static override styles = [button, shared, field, empty, searchPanelStyles];

  readonly #online = new SliceController(this, isOnline);
  readonly #room = new SliceController(this, currentRoom);

  /** The results, newest first; undefined until the first search. */
  @state() private found: readonly FoundMessage[] | undefined;
  @state() private hasMore = false;
  @state() private isBusy = false;
  @state() private problem: string | undefined;
  @query("#query") private input!: HTMLInputElement | null;
  @query("#day") private day!: HTMLInputElement | null;
  /** The query that `found` answers. */
  #query = "";

  override async focus(): Promise<void> {
    await this.updateComplete;
    this.input?.focus();
  }

  protected override render() {
    const { texts } = this.locale;
    return html`
      <div class="title" @keydown=${this.#onKeyDown}>
        <h2>${texts.search}</h2>
        <button class="button small" type="button" @click=${this.#close}>
          <span class="spoken">${texts.closeSearch}</span>${closeIcon}
        </button>
      </div>
      <form role="search" @submit=${this.#onSubmit} @keydown=${this.#onKeyDown} novalidate>
        <label for="query">${texts.searchLabel}</label>
        <div class="row">
          <input
            class="field"
            id="query"
            dir="auto"
            type="search"
            autocomplete="off"
            enterkeyhint="search"
            maxlength=${wireLimits.searchCharsMax}
            aria-invalid=${this.problem === undefined ? "false" : "true"}
            aria-describedby="about"
            @input=${this.#edit}
          />
          <button class="button brand" type="submit" aria-busy=${this.isBusy} ?disabled=${!this.#online.value}>
            <span class="spoken">${texts.search}</span>${searchIcon}
          </button>
        </div>
        <div id="about" aria-live="polite">
          ${this.problem === undefined ? this.#renderHint() : html`<p class="problem">${this.problem}</p>`}
        </div>
      </form>
      <div @keydown=${this.#onKeyDown}>${this.#renderFound()}</div>
      <form class="day" @submit=${this.#onDay} @keydown=${this.#onKeyDown} novalidate>
        <label for="day">${sentence(texts.goToDay(named(roomTitle(this.#room.value.name))))}</label>
        <div class="row">
          <input class="field" id="day" type="date" max=${localDay(new Date())} />
          <button class="button outlined" type="submit" ?disabled=${!this.#online.value}>${texts.go}</button>
        </div>
      </form>
    `;
  }

  #renderHint() {
    const [before = "", after = ""] = this.locale.texts.searchHint.split("{}");
    const keys = narrowings.map((key, index) => html`${index > 0 ? " " : nothing}<code translate="no">${key}</code>`);
    return html`<p class="hint">${before}${keys}${after} <code translate="no">from:anna after:2026-11-01</code></p>`;
  }

  #renderFound() {
    const { texts } = this.locale;
    if (this.found === undefined) return this.#renderEmpty(texts.searchTitle, texts.searchText);
    if (this.found.length === 0) return this.#renderEmpty(texts.nothingFound, texts.nothingFoundText);
    return html`
      <ul class="results" role="list" aria-label=${texts.results}>
        ${this.found.map((message) => html`<li>${this.#renderResult(message)}</li>`)}
      </ul>
      <div class="ways">
        ${this.hasMore ? this.#renderMore() : nothing}
        <button class="button outlined small" type="button" @click=${() => this.#export()}>
          ${texts.export.search}
        </button>
      </div>
    `;
  }

  #renderEmpty(title: string, text: string) {
    return html`
      <div class="empty" role="status">
        ${searchIcon}
        <h3>${title}</h3>
        <p>${text}</p>
      </div>
    `;
  }

  #renderMore() {
    return html`
      <button class="button outlined small" type="button" aria-busy=${this.isBusy} @click=${() => this.#search(this.found)}>
        ${this.locale.texts.showMore}
      </button>
    `;
  }

  #renderResult(message: FoundMessage) {
    const { room, from, time, text } = message;
    const parts = highlight(plainText(text), this.#query);
    return html`
      <button type="button" class="result" @click=${() => this.#choose(message)}>
        <span class="where">
          <span class="author" translate="no" dir="auto" .style=${`--hue: ${nameHue(from)}`}>${from}</span>
          <span class="room">${isPrivate(room) ? lockIcon : nothing}<bdi translate="no">${roomTitle(room)}</bdi></span>
          <time translate="no" datetime=${time}>${this.locale.moment(time)}</time>
        </span>
        <span class="said" dir="auto">${parts.map(({ text, isHit }) => (isHit ? html`<mark>${text}</mark>` : text))}</span>
      </button>
    `;
  }

  #export(): void {
    this.dispatchEvent(new OpenOverlayEvent("export", { searched: { query: this.#query, found: this.found ?? [] } }));
  }

  #choose({ room, msgid }: FoundMessage): void {
    this.dispatchEvent(new ShowMessageEvent({ room, msgid }));
  }

  #edit(): void {
    this.problem = undefined;
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    this.#query = this.input?.value ?? "";
    void this.#search();
  }

  /** @param known the results so far, when more are wanted */
  async #search(known: readonly FoundMessage[] = []): Promise<void> {
    const { texts } = this.locale;
    const query = this.#query;
    const parsed = parseSearch(query);
    this.problem = undefined;
    if (!parsed.ok) this.problem = parsed.problem === "" ? texts.searchNothing : texts.searchProblem(parsed.problem);
    if (!parsed.ok || this.isBusy) return;
    this.isBusy = true;
    const answer = await this.store.asking.search(query, known.length);
    this.isBusy = false;
    if (!answer.ok) {
      this.problem = texts.notSearched(texts.failures[answer.code] ?? answer.message);
      return;
    }
    // New messages meanwhile have shifted the remaining results.
    const ids = new Set(known.map(({ msgid }) => msgid));
    this.found = [...known, ...answer.found.filter(({ msgid }) => !ids.has(msgid))];
    this.hasMore = answer.more;
    await this.updateComplete;
    // After asking for more, the focus goes to the first new result.
    if (known.length > 0) this.#results[known.length]?.focus();
  }

  #onDay(event: SubmitEvent): void {
    event.preventDefault();
    const since = startOfDay(this.day?.value ?? "");
    if (since === undefined) this.day?.focus();
    else this.dispatchEvent(new ShowDayEvent(since));
  }

  get #results(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".result")];
  }

  /** Arrow keys move from the field through the results; Escape closes. */
  #onKeyDown(event: KeyboardEvent): void {
    if (isInputMethodKey(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
      return;
    }
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const { activeElement } = this.shadowRoot ?? {};
    const at = this.#results.indexOf(activeElement as HTMLElement);
    if (step === undefined || (at === -1 && activeElement !== this.input)) return;
    event.preventDefault();
    const next = at + step < 0 ? this.input : this.#results[at + step];
    next?.focus();
  }

  #close(): void {
    this.dispatchEvent(new CloseSearchEvent());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "search-panel": SearchPanel;
  }

  interface HTMLElementEventMap {
    "close-search": CloseSearchEvent;
  }
}
