/** The bar at the top: the room and its topic, the state of the connection, and what a narrow page hides. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { lobby } from "../../../protocol/names.ts";
import { isMac } from "../../browser/keyboard.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { membersOf, sortedPeople } from "../../store/model/people.ts";
import { currentRoom, hasAccounts, hasMemory, hasRooms, isOnline, isPrivate } from "../../store/model/state.ts";
import { button } from "../../styles/button.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import "../connection/connection-status.ts";
import { totalUnread } from "../../store/model/unread.ts";
import { type RoomTool, roomTools } from "../../store/selectors/person-actions.ts";
import { keysOf, type ShortcutId, shortcuts } from "../../store/settings/shortcuts.ts";
import {
  armchairIcon,
  banIcon,
  exportIcon,
  flagIcon,
  goIcon,
  keyboardIcon,
  leaveIcon,
  listIcon,
  lockIcon,
  peopleIcon,
  personIcon,
  phoneIcon,
  quitIcon,
  roomsIcon,
  searchIcon,
  settingsIcon,
} from "../shared/icons.ts";
import { linkedText } from "../shared/link-text.ts";
import type { MenuItem } from "../shared/overflow-menu.ts";
import "../shared/overflow-menu.ts";
import { OpenOverlayEvent, type Overlay } from "../shared/overlay-events.ts";
import { roomTitle } from "../shared/room-title.ts";
import { chatHeaderStyles } from "./chat-header.styles.ts";

const toolIcons: Record<RoomTool, TemplateResult> = {
  room: lockIcon,
  rules: banIcon,
  reports: flagIcon,
  audit: listIcon,
};

/** The person wants to see who is here. */
export class ShowPeopleEvent extends Event {
  static readonly eventName = "show-people";

  constructor() {
    super(ShowPeopleEvent.eventName);
  }
}

/** The person wants to see the rooms. */
export class ShowRoomsEvent extends Event {
  static readonly eventName = "show-rooms";

  constructor() {
    super(ShowRoomsEvent.eventName);
  }
}

/** The person wants to start or finish searching. */
export class ToggleSearchEvent extends Event {
  static readonly eventName = "toggle-search";

  constructor() {
    super(ToggleSearchEvent.eventName);
  }
}

@customElement("chat-header")
export class ChatHeader extends ChatElement {
  static override styles = [button, shared, chatHeaderStyles];

  readonly #server = new SliceController(this, (state) => state.server);
  readonly #room = new SliceController(this, currentRoom);
  readonly #rooms = new SliceController(this, (state) => state.rooms);
  readonly #online = new SliceController(this, isOnline);
  readonly #name = new SliceController(this, (state) => state.name);
  readonly #hasRooms = new SliceController(this, hasRooms);
  readonly #mayInvite = new SliceController(this, ({ mayInvite }) => mayInvite);
  readonly #memory = new SliceController(this, hasMemory);
  readonly #accounts = new SliceController(this, hasAccounts);

  @property({ type: Boolean, attribute: "with-people-button" }) withPeopleButton = false;
  @property({ type: Boolean, attribute: "with-rooms-button" }) withRoomsButton = false;
  /** On a narrow page, what does not fit is in the menu. */
  @property({ type: Boolean }) narrow = false;
  @property({ type: Boolean }) searching = false;
  @query(".search") private searchButton!: HTMLButtonElement | null;
  @query(".people") private peopleButton!: HTMLButtonElement | null;
  @query(".rooms") private roomsButton!: HTMLButtonElement | null;

  focusPeopleButton(): void {
    this.peopleButton?.focus();
  }

  focusRoomsButton(): void {
    this.roomsButton?.focus();
  }

  focusSearchButton(): void {
    this.searchButton?.focus();
  }

  protected override render() {
    const { texts } = this.locale;
    const { name, topic } = this.#room.value;
    const about = isPrivate(name) ? texts.privateWith : topic || this.#server.value;
    return html`
      <header>
        ${this.withRoomsButton ? this.#renderRoomsButton() : html`<div class="mark">${armchairIcon}</div>`}
        <div class="room">
          <h1>${isPrivate(name) ? lockIcon : nothing}<bdi translate="no">${roomTitle(name)}</bdi></h1>
          <p title=${topic || nothing} dir="auto">${linkedText(about ?? "")}</p>
        </div>
        <connection-status></connection-status>
        ${this.#memory.value ? this.#renderSearchButton() : nothing}
        ${this.withPeopleButton ? this.#renderPeopleButton() : nothing}
        ${this.narrow ? nothing : this.#renderWaysOut(name)}
        <overflow-menu .items=${this.#menu(name)}></overflow-menu>
      </header>
    `;
  }

  #renderSearchButton() {
    const { texts } = this.locale;
    return html`
      <button
        class="button search small"
        type="button"
        title=${texts.searchKeys}
        aria-expanded=${this.searching ? "true" : "false"}
        @click=${() => this.dispatchEvent(new ToggleSearchEvent())}
      >
        <span class="sign">${searchIcon}</span><span class="words">${texts.search}</span>
      </button>
    `;
  }

  #renderWaysOut(name: string) {
    const { texts } = this.locale;
    const leave = html`
      <button
        class="button small"
        type="button"
        ?disabled=${!this.#online.value}
        @click=${() => this.store.asking.leaveRoom(name)}
      >
        ${this.#leaveLabel(name)}
      </button>
    `;
    return html`
      ${name === lobby ? nothing : leave}
      <button class="button outlined small" type="button" @click=${() => this.store.quit()}>${texts.quit}</button>
    `;
  }

  #leaveLabel(name: string): string {
    const { texts } = this.locale;
    return isPrivate(name) ? texts.closeConversation : texts.leave;
  }

  /** Actions without a button; on a narrow page also Quit and the like. */
  #menu(name: string): MenuItem[] {
    const { texts } = this.locale;
    const open = (overlay: Overlay) => () => this.dispatchEvent(new OpenOverlayEvent(overlay));
    const label = this.#leaveLabel(name);
    const leave = () => void this.store.asking.leaveRoom(name);
    return [
      ...(this.#hasRooms.value
        ? [{ label: texts.switcher.title, icon: goIcon, keys: this.#keys("switch"), run: open("switch") }]
        : []),
      ...(this.#accounts.value ? [{ label: texts.account.title, icon: personIcon, run: open("account") }] : []),
      ...(this.#mayInvite.value ? [{ label: texts.invite.title, icon: phoneIcon, run: open("invite") }] : []),
      ...roomTools(this.store.state, this.#room.value).map((tool) => ({
        label: tool === "room" ? texts.rights.roomMenu : texts.rights[tool],
        icon: toolIcons[tool],
        disabled: !this.#online.value,
        run: open(tool),
      })),
      { label: texts.export.menu, icon: exportIcon, run: open("export") },
      { label: texts.settings.title, icon: settingsIcon, keys: this.#keys("settings"), run: open("settings") },
      { label: texts.shortcuts.title, icon: keyboardIcon, keys: this.#keys("sheet"), run: open("sheet") },
      ...(this.narrow && name !== lobby ? [{ label, icon: leaveIcon, disabled: !this.#online.value, run: leave }] : []),
      ...(this.narrow ? [{ label: texts.quit, icon: quitIcon, run: () => this.store.quit() }] : []),
    ];
  }

  #keys(id: ShortcutId): string {
    const shortcut = shortcuts.find((each) => each.id === id);
    return shortcut ? keysOf(shortcut, isMac).join("+") : "";
  }

  #renderRoomsButton() {
    const { texts } = this.locale;
    const { messages } = totalUnread(this.#rooms.value);
    return html`
      <button class="button rooms small" type="button" @click=${() => this.dispatchEvent(new ShowRoomsEvent())}>
        <span class="count">
          ${roomsIcon}${messages > 0 ? html`<span class="badge" translate="no" aria-hidden="true">${messages}</span>` : nothing}
          <span class="spoken">${texts.showRooms(messages)}</span>
        </span>
      </button>
    `;
  }

  #renderPeopleButton() {
    const count = sortedPeople(membersOf(this.#room.value), this.#name.value, this.locale.tag).length;
    return html`
      <button class="button people small" type="button" @click=${() => this.dispatchEvent(new ShowPeopleEvent())}>
        <span class="count">
          ${peopleIcon}<span translate="no" aria-hidden="true">${this.locale.number(count)}</span>
          <span class="spoken">${this.locale.texts.showPeople(count)}</span>
        </span>
      </button>
    `;
  }
}

declare global {
  interface HTMLElementEventMap {
    "show-people": ShowPeopleEvent;
    "show-rooms": ShowRoomsEvent;
    "toggle-search": ToggleSearchEvent;
  }
}
