/** All emoji, by category or by search. Loaded when somebody opens it; emoji-popover decides where it goes. */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { loadEmoji } from "../../browser/emoji-data.ts";
import { isInputMethodKey } from "../../browser/input-method.ts";
import { MediaController } from "../../controllers/media-controller.ts";
import { type Emoji, searchEmoji } from "../../store/text/emoji.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { emojiPickerStyles } from "./emoji-picker.styles.ts";

/** Recently used emoji, which are offered first. */
const recentMax = 24;
const foundMax = 96;

/** The icon of each category; recently used emoji are a category too. */
const icons = ["😀", "👋", "🐻", "🍕", "🚗", "⚽", "💡", "❤️", "🏁"];
const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9];
const recentGroup = -1;

/** Somebody has chosen. */
export class TakeEmojiEvent extends Event {
  static readonly eventName = "take-emoji";
  readonly emoji: string;

  constructor(emoji: string) {
    super(TakeEmojiEvent.eventName);
    this.emoji = emoji;
  }
}

@customElement("emoji-picker")
export class EmojiPicker extends ChatElement {
  static override styles = [shared, emojiPickerStyles];

  readonly #touch = new MediaController(this, "(pointer: coarse)");
  @state() private all: readonly Emoji[] | undefined;
  @state() private isLost = false;
  @state() private group = 0;
  @state() private typed = "";
  /** The emoji under the pointer or with the focus. */
  @state() private preview: Emoji | undefined;
  @query("input") private input!: HTMLInputElement;

  /** On a touch screen, no keyboard opens unless asked for. */
  override async focus(): Promise<void> {
    await this.updateComplete;
    if (this.#touch.matches) this.renderRoot.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus();
    else this.input.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#recent.length > 0) this.group = recentGroup;
    void this.#load();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("group") || changed.has("typed")) this.renderRoot.querySelector(".grid")?.scrollTo(0, 0);
  }

  protected override render() {
    const { texts } = this.locale;
    const shown = this.#shown;
    const isSearch = this.typed.trim() !== "";
    return html`
      <div class="picker" role="dialog" aria-label=${texts.emoji}>
        <input
          type="search"
          class="search"
          dir="auto"
          aria-label=${texts.searchEmoji}
          placeholder=${texts.searchEmoji}
          autocomplete="off"
          @input=${() => this.#search()}
          @keydown=${this.#onSearchKey}
        />
        ${this.#renderTabs()}
        <div
          class="grid"
          role=${isSearch ? "group" : "tabpanel"}
          aria-label=${isSearch ? texts.results : this.#nameOf(this.group)}
          @keydown=${this.#onGridKey}
          @focusin=${this.#onPoint}
          @pointerover=${this.#onPoint}
        >
          ${shown.map((emoji, index) => this.#renderEmoji(emoji, index))}
          ${this.all && shown.length === 0 ? html`<p role="status">${texts.noSuchEmoji}</p>` : nothing}
          ${this.isLost ? html`<p role="alert">${texts.emojiNotLoaded}</p>` : nothing}
        </div>
        <p class="preview" aria-hidden="true">
          ${this.preview ? html`<b translate="no">${this.preview.emoji}</b> ${this.preview.label} <span translate="no">:${this.preview.shortcode}:</span>` : nothing}
        </p>
      </div>
    `;
  }

  #renderTabs() {
    const { texts } = this.locale;
    const tab = (group: number, icon: string) => {
      const isShown = group === this.group && this.typed.trim() === "";
      return html`
        <button
          type="button"
          role="tab"
          title=${this.#nameOf(group)}
          aria-label=${this.#nameOf(group)}
          aria-selected=${isShown ? "true" : "false"}
          tabindex=${group === this.group ? 0 : -1}
          @click=${() => this.#open(group)}
        >
          ${icon}
        </button>
      `;
    };
    return html`
      <div class="tabs" role="tablist" aria-label=${texts.emojiGroupsLabel} @keydown=${this.#onTabKey}>
        ${this.#recent.length > 0 ? tab(recentGroup, "🕘") : nothing}
        ${groups.map((group, index) => tab(group, icons[index] ?? ""))}
      </div>
    `;
  }

  #renderEmoji({ emoji, label }: Emoji, index: number) {
    return html`
      <button
        type="button"
        data-index=${index}
        aria-label=${label}
        tabindex=${index === 0 ? 0 : -1}
        @click=${() => this.#take(emoji)}
      >
        ${emoji}
      </button>
    `;
  }

  get #recent(): readonly string[] {
    return this.store.keep.parsed<string[]>("emoji") ?? [];
  }

  get #shown(): readonly Emoji[] {
    const all = this.all ?? [];
    if (this.typed.trim() !== "") return searchEmoji(all, this.typed.trim(), foundMax);
    if (this.group !== recentGroup) return all.filter(({ group }) => group === this.group);
    const recent = this.#recent;
    return recent.flatMap((taken) => all.find(({ emoji }) => emoji === taken) ?? []);
  }

  #nameOf(group: number): string {
    const { texts } = this.locale;
    return group === recentGroup ? texts.recentEmoji : (texts.emojiGroups[groups.indexOf(group)] ?? "");
  }

  async #load(): Promise<void> {
    try {
      this.all = await loadEmoji(this.locale.language);
    } catch {
      this.isLost = true;
    }
  }

  #search(): void {
    this.typed = this.input.value;
    this.preview = undefined;
  }

  #open(group: number): void {
    this.input.value = "";
    this.typed = "";
    this.group = group;
  }

  #take(emoji: string): void {
    const recent = [emoji, ...this.#recent.filter((taken) => taken !== emoji)].slice(0, recentMax);
    this.store.keep.set("emoji", JSON.stringify(recent));
    this.dispatchEvent(new TakeEmojiEvent(emoji));
  }

  #onPoint({ target }: Event): void {
    const { index } = (target as HTMLElement).dataset;
    if (index !== undefined) this.preview = this.#shown[Number(index)];
  }

  #onSearchKey(event: KeyboardEvent): void {
    if (isInputMethodKey(event)) return;
    const [first] = this.#shown;
    if (event.key === "Enter" && first && this.typed.trim() !== "") this.#take(first.emoji);
    else if (event.key === "ArrowDown") this.#buttons[0]?.focus();
    else return;
    event.preventDefault();
  }

  async #onTabKey(event: KeyboardEvent): Promise<void> {
    if (isInputMethodKey(event)) return;
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>("[role=tab]")];
    const next = this.#step(event, tabs, { ArrowLeft: -1, ArrowRight: 1 });
    next?.click();
    if (event.key === "ArrowDown") this.#buttons[0]?.focus();
    if (next || event.key === "ArrowDown") event.preventDefault();
  }

  #onGridKey(event: KeyboardEvent): void {
    if (isInputMethodKey(event)) return;
    const buttons = this.#buttons;
    const grid = event.currentTarget as HTMLElement;
    const columns = getComputedStyle(grid).gridTemplateColumns.split(" ").length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = this.#step(event, buttons, steps);
    if (!next && event.key === "ArrowUp") this.input.focus();
  }

  /** Moves the focus as a key asks, as far as there are emoji. */
  #step(
    event: KeyboardEvent,
    elements: readonly HTMLElement[],
    steps: Record<string, number>,
  ): HTMLElement | undefined {
    const at = elements.indexOf(event.target as HTMLElement);
    const step = steps[event.key];
    const next = step === undefined || at === -1 ? undefined : elements[at + step];
    next?.focus();
    return next;
  }

  get #buttons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".grid button")];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "emoji-picker": EmojiPicker;
  }

  interface HTMLElementEventMap {
    "take-emoji": TakeEmojiEvent;
  }
}
