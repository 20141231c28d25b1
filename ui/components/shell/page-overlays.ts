/**
 * The page's overlays: settings, account, shortcuts, the switcher, exports, the invitation. Each is loaded when it is wanted. Global
 * shortcuts are handled here, except for the search, which belongs to the chat.
 */
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { pressedShortcut } from "../../browser/keyboard.ts";
import { hasRooms } from "../../store/model/state.ts";
import { neighbour } from "../../store/selectors/room-order.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { type Overlay, type OverlayAbout, OverlayClosedEvent } from "../shared/overlay-events.ts";

const loadAccount = () => import("../dialogs/account-dialog.ts");

const load: Record<Overlay, () => Promise<unknown>> = {
  settings: () => import("../dialogs/settings-dialog.ts"),
  sheet: () => import("../dialogs/shortcut-sheet.ts"),
  switch: () => import("../places/room-switcher.ts"),
  export: () => import("../dialogs/export-dialog.ts"),
  account: loadAccount,
  register: loadAccount,
  password: loadAccount,
  invite: () => import("../dialogs/invite-dialog.ts"),
  person: () => import("../dialogs/person-dialog.ts"),
  report: () => import("../dialogs/report-dialog.ts"),
  room: () => import("../dialogs/room-dialog.ts"),
  rules: () => import("../dialogs/rules-dialog.ts"),
  reports: () => import("../dialogs/reports-dialog.ts"),
  audit: () => import("../dialogs/audit-dialog.ts"),
};

@customElement("page-overlays")
export class PageOverlays extends ChatElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  @state() private shown: Overlay | undefined;
  #about: OverlayAbout = {};

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#onKeyDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#onKeyDown);
  }

  async open(overlay: Overlay, about: OverlayAbout = {}): Promise<void> {
    try {
      await load[overlay]();
      this.#about = about;
      this.shown = overlay;
    } catch {
      // The bridge is away, as the page says; this can be loaded when it is back.
    }
  }

  protected override render() {
    const { searched, name = "", action, message, room } = this.#about;
    switch (this.shown) {
      case "settings":
        return html`<settings-dialog @overlay-closed=${this.#close}></settings-dialog>`;
      case "sheet":
        return html`<shortcut-sheet @overlay-closed=${this.#close}></shortcut-sheet>`;
      case "switch":
        return html`<room-switcher @overlay-closed=${this.#close}></room-switcher>`;
      case "export":
        return html`<export-dialog .searched=${searched} @overlay-closed=${this.#close}></export-dialog>`;
      case "account":
      case "register":
      case "password":
        return html`<account-dialog .begin=${this.shown} @overlay-closed=${this.#close}></account-dialog>`;
      case "invite":
        return html`<invite-dialog @overlay-closed=${this.#close}></invite-dialog>`;
      case "person":
        return html`<person-dialog .name=${name} .action=${action} @overlay-closed=${this.#close}></person-dialog>`;
      case "report":
        return html`<report-dialog .message=${message} @overlay-closed=${this.#close}></report-dialog>`;
      case "room":
        return html`<room-dialog @overlay-closed=${this.#close}></room-dialog>`;
      case "rules":
        return html`<rules-dialog @overlay-closed=${this.#close}></rules-dialog>`;
      case "reports":
        return html`<reports-dialog .room=${room} @overlay-closed=${this.#close}></reports-dialog>`;
      case "audit":
        return html`<audit-dialog @overlay-closed=${this.#close}></audit-dialog>`;
      default:
        return nothing;
    }
  }

  #close(): void {
    this.shown = undefined;
    this.dispatchEvent(new OverlayClosedEvent());
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const shortcut = pressedShortcut(event);
    const isIn = this.store.state.joinState === "in";
    switch (shortcut) {
      case "settings":
      case "sheet":
        break;
      case "switch":
        if (!isIn || !hasRooms(this.store.state)) return;
        break;
      case "previousRoom":
      case "nextRoom":
      case "previousUnread":
      case "nextUnread":
        if (!isIn) return;
        event.preventDefault();
        this.#go(shortcut.startsWith("next") ? 1 : -1, shortcut.endsWith("Unread"));
        return;
      default:
        return;
    }
    event.preventDefault();
    void this.open(shortcut);
  };

  #go(step: 1 | -1, unreadOnly: boolean): void {
    const room = neighbour(this.store.state, step, unreadOnly, this.locale.tag);
    if (room) this.store.openRoom(room.name);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "page-overlays": PageOverlays;
  }
}
