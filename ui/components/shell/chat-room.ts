/** The chat: header, messages and composer, with rooms and people beside them or, on narrow pages, in drawers. */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { pressedShortcut } from "../../browser/keyboard.ts";
import { LinkedMessageController } from "../../controllers/linked-message-controller.ts";
import { MediaController } from "../../controllers/media-controller.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { hasMemory, hasRooms, isLoading, isPrivate } from "../../store/model/state.ts";
import { button } from "../../styles/button.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import type { ChatHeader } from "./chat-header.ts";
import "./announcement-list.ts";
import "./chat-header.ts";
import type { EmojiPopover } from "../emoji/emoji-popover.ts";
import type { LeftPosition } from "../log/left-position.ts";
import type { PickEmojiEvent } from "../shared/emoji-events.ts";
import { closeIcon } from "../shared/icons.ts";
import { chatRoomStyles } from "./chat-room.styles.ts";
import "../connection/legacy-notice.ts";
import "../shared/loading-skeleton.ts";
import type { MessageComposer } from "../composer/message-composer.ts";
import type { MessageActionEvent, ShowDayEvent, ShowMessageEvent, Target } from "../shared/message-events.ts";
import "../composer/message-composer.ts";
import type { MessageList } from "../log/message-list.ts";
import "../log/message-list.ts";
import "../places/people-list.ts";
import "../places/rooms-list.ts";
import type { SearchPanel } from "../places/search-panel.ts";
import "../shared/side-drawer.ts";
import "../composer/typing-line.ts";

/** The panels beside the messages, or over them on a narrow page. */
type Beside = "people" | "rooms" | "search";

@customElement("chat-room")
export class ChatRoom extends ChatElement {
  static override styles = [button, shared, chatRoomStyles];

  readonly #wide = new MediaController(this, "(width >= 48rem)");
  readonly #widest = new MediaController(this, "(width >= 64rem)");
  readonly #current = new SliceController(this, (state) => state.current);
  readonly #withRooms = new SliceController(this, (state) => hasRooms(state) || state.rooms.size > 1);
  readonly #loading = new SliceController(this, isLoading);
  readonly #memory = new SliceController(this, hasMemory);
  readonly #places = new Map<string, LeftPosition>();

  /** The panel that is open, and the one that is closing by itself. */
  @state() private showing: Beside | undefined;
  @state() private hiding: Beside | undefined;
  #shown: string | undefined;
  /** Called when the drawer has closed that was in the way. */
  #wayIsFree: (() => void) | undefined;
  /** The room is changing for a message that will get the focus. */
  #isJumping = false;
  @query("chat-header") private header!: ChatHeader;
  @query("message-composer") private composer!: MessageComposer;
  @query("emoji-popover") private emoji!: EmojiPopover;
  @query("message-list") private list!: MessageList;
  @query("search-panel") private search!: SearchPanel | null;

  constructor() {
    super();
    new LinkedMessageController(
      this,
      () => this.store,
      (message) => void this.#showMessage(message),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#onKeyDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#onKeyDown);
  }

  override focus(): void {
    this.composer.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // A page that became wide enough shows beside the messages what was in a drawer.
    const isShown = { people: this.#wide.matches, rooms: this.#widest.matches, search: false };
    if (this.showing && isShown[this.showing]) {
      this.showing = undefined;
      void this.updateComplete.then(() => this.composer.focus());
    }
    // Somebody who has chosen a room or a person wants to see it.
    if (this.#shown === this.#current.value || this.#isBeside) return;
    this.hiding = this.showing;
    this.showing = undefined;
  }

  protected override async updated(changed: PropertyValues): Promise<void> {
    super.updated(changed);
    if (this.#shown === this.#current.value) return;
    this.#movePlace(this.#shown, this.#current.value);
    this.#shown = this.#current.value;
    if (this.#isBeside || this.#isJumping) return;
    await this.composer.updateComplete;
    this.composer.focus();
  }

  protected override render() {
    const room = this.#current.value;
    const withRooms = this.#withRooms.value;
    const withSearch = this.#memory.value;
    return html`
      <chat-header
        ?narrow=${!this.#wide.matches}
        ?with-people-button=${!this.#wide.matches && !this.#loading.value}
        ?with-rooms-button=${withRooms && !this.#widest.matches}
        ?searching=${this.showing === "search"}
        @show-people=${() => this.#show("people")}
        @show-rooms=${() => this.#show("rooms")}
        @toggle-search=${this.#toggleSearch}
      ></chat-header>
      ${withRooms && this.#widest.matches ? html`<div class="beside rooms"><rooms-list></rooms-list></div>` : nothing}
      <main @message-action=${this.#onAction} @pick-emoji=${this.#onPickEmoji}>
        <legacy-notice></legacy-notice>
        <announcement-list></announcement-list>
        ${this.#loading.value ? html`<loading-skeleton kind="log"></loading-skeleton>` : this.#renderMessages(room)}
        ${keyed(room, html`<typing-line .room=${room}></typing-line>`)}
        ${keyed(room, html`<message-composer .room=${room}></message-composer>`)}
        <emoji-popover></emoji-popover>
      </main>
      ${this.#wide.matches ? this.#renderAside() : this.#renderDrawer("people")}
      ${withSearch && !this.#wide.matches ? this.#renderDrawer("search") : nothing}
      ${withRooms && !this.#widest.matches ? this.#renderDrawer("rooms") : nothing}
    `;
  }

  /** A conversation that was renamed is drawn anew, and the reader stays where they were in it. */
  #movePlace(from: string | undefined, to: string): void {
    if (from === undefined || !isPrivate(to) || this.store.state.rooms.has(from)) return;
    const place = this.#places.get(from);
    this.#places.delete(from);
    if (place) this.#places.set(to, place);
  }

  #renderMessages(room: string) {
    return keyed(room, html`<message-list .room=${room} .places=${this.#places}></message-list>`);
  }

  /** The open panel stays beside the messages. */
  get #isBeside(): boolean {
    return this.showing === "search" && this.#wide.matches;
  }

  #renderAside() {
    return this.#isBeside
      ? html`<aside class="beside search">${this.#renderSearch()}</aside>`
      : html`<aside class="beside"><people-list></people-list></aside>`;
  }

  #renderSearch() {
    return html`
      <search-panel
        @close-search=${this.#toggleSearch}
        @show-message=${this.#onFound}
        @show-day=${this.#onDay}
      ></search-panel>
    `;
  }

  #renderDrawer(what: Beside) {
    const { texts } = this.locale;
    const isOpen = this.showing === what;
    const close = html`
      <button class="button" type="button" @click=${() => this.#hide()}>
        <span class="spoken">${texts.close}</span>${closeIcon}
      </button>
    `;
    return html`
      <side-drawer
        label=${texts[what]}
        side=${what === "rooms" ? "start" : "end"}
        ?open=${isOpen}
        @drawer-closed=${() => this.#hidden(what)}
      >
        ${what === "search" ? nothing : close}
        ${isOpen || this.hiding === what ? this.#renderList(what) : nothing}
      </side-drawer>
    `;
  }

  #renderList(what: Beside) {
    if (what === "search") return this.#renderSearch();
    return what === "people" ? html`<people-list></people-list>` : html`<rooms-list></rooms-list>`;
  }

  #show(what: Beside): void {
    this.showing = what;
  }

  #hide(): void {
    this.showing = undefined;
  }

  #hidden(what: Beside): void {
    if (this.showing !== undefined && this.showing !== what) return;
    const hidItself = this.hiding === what;
    this.showing = undefined;
    this.hiding = undefined;
    // Until now, the drawer has had the focus.
    if (this.#wayIsFree) this.#wayIsFree();
    else if (hidItself) this.composer.focus();
    else if (what === "people") this.header.focusPeopleButton();
    else if (what === "rooms") this.header.focusRoomsButton();
    else this.header.focusSearchButton();
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (pressedShortcut(event) !== "search" || !this.#memory.value) return;
    event.preventDefault();
    this.#toggleSearch();
  };

  async #toggleSearch(): Promise<void> {
    if (this.showing === "search") {
      this.showing = undefined;
      this.header.focusSearchButton();
      return;
    }
    this.showing = "search";
    try {
      await import("../places/search-panel.ts");
    } catch {
      // The bridge is away, as the header says; without it there is nothing to search either.
      this.showing = undefined;
      return;
    }
    await this.updateComplete;
    await this.search?.focus();
  }

  /** An overlay has found a message. */
  showMessage(wanted: Target): Promise<void> {
    return this.#showMessage(wanted);
  }

  #onFound({ wanted }: ShowMessageEvent): void {
    void this.#showMessage(wanted);
  }

  async #showMessage(wanted: Target): Promise<void> {
    await this.#makeWay();
    this.#isJumping = true;
    const answer = await this.store.asking.joinRoom(wanted.room ?? this.#current.value);
    await this.store.told();
    await this.updateComplete;
    this.#isJumping = false;
    if (answer.ok) await this.list.show(wanted);
    else this.list.complain(answer);
  }

  async #onDay({ since }: ShowDayEvent): Promise<void> {
    await this.#makeWay();
    await this.list.showSince(since);
  }

  /** A drawer closes before what is behind it is shown and focused. */
  async #makeWay(): Promise<void> {
    if (this.#isBeside || this.showing === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wayIsFree = resolve;
    this.hiding = this.showing;
    this.showing = undefined;
    await promise;
    this.#wayIsFree = undefined;
  }

  async #onPickEmoji(event: PickEmojiEvent): Promise<void> {
    try {
      await import("../emoji/emoji-popover.ts");
    } catch {
      // The bridge is away, as the header says.
      return;
    }
    await this.emoji.open(event);
  }

  /** Actions on messages that the composer handles. */
  #onAction({ action, message }: MessageActionEvent): void {
    if (action === "reply" || action === "edit") void this.composer.compose(action, message);
  }
}
