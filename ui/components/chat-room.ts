/** The chat: header, messages, composer, with the rooms and the people beside them or, on narrow pages, in drawers. */
import "@awesome.me/webawesome/dist/components/drawer/drawer.js";
import type WaDrawer from "@awesome.me/webawesome/dist/components/drawer/drawer.js";
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { MediaController } from "../controllers/media-controller.ts";
import type { ReadingPlace } from "../controllers/reading-place-controller.ts";
import { SliceController } from "../controllers/slice-controller.ts";
import { hasRooms } from "../store/state.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import type { ChatHeader } from "./chat-header.ts";
import "./chat-header.ts";
import { closeIcon } from "./icons.ts";
import "./legacy-notice.ts";
import type { MessageComposer } from "./message-composer.ts";
import "./message-composer.ts";
import "./message-list.ts";
import "./people-list.ts";
import "./rooms-list.ts";

@customElement("chat-room")
export class ChatRoom extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / auto minmax(0, 1fr) auto;
        min-height: 0;
      }

      chat-header {
        grid-column: 1 / -1;
      }

      main {
        display: grid;
        grid-column: 2;
        grid-template-rows: auto minmax(0, 1fr) auto;
        min-height: 0;
      }

      main > * {
        min-width: 0;
      }

      message-list {
        grid-row: 2;
      }

      .beside {
        width: 15rem;
        padding: var(--space-4) var(--space-3);
        overflow-y: auto;
      }

      aside {
        grid-column: 3;
        border-left: 1px solid var(--line);
      }

      .rooms {
        border-right: 1px solid var(--line);
      }

      wa-drawer {
        --size: min(20rem, 85vw);
        --spacing: var(--space-4);
      }

      wa-drawer wa-button {
        position: absolute;
        inset-block-start: var(--space-2);
        inset-inline-end: var(--space-2);
      }
    `,
  ];

  readonly #wide = new MediaController(this, "(width >= 48rem)");
  readonly #widest = new MediaController(this, "(width >= 64rem)");
  readonly #current = new SliceController(this, (state) => state.current);
  readonly #withRooms = new SliceController(this, (state) => hasRooms(state) || state.rooms.size > 1);
  readonly #places = new Map<string, ReadingPlace>();

  /** The drawer that is open, and the one that closes by itself. */
  @state() private showing: "people" | "rooms" | undefined;
  @state() private hiding: "people" | "rooms" | undefined;
  #shown: string | undefined;
  @query("chat-header") private header!: ChatHeader;
  @query("message-composer") private composer!: MessageComposer;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Who has chosen a room, or a person, wants to see it.
    if (this.#shown === this.#current.value) return;
    this.hiding = this.showing;
    this.showing = undefined;
  }

  protected override async updated(changed: PropertyValues): Promise<void> {
    super.updated(changed);
    if (this.#shown === this.#current.value) return;
    this.#shown = this.#current.value;
    await this.composer.updateComplete;
    this.composer.focus();
  }

  protected override render() {
    const room = this.#current.value;
    const withRooms = this.#withRooms.value;
    return html`
      <chat-header
        ?with-people-button=${!this.#wide.matches}
        ?with-rooms-button=${withRooms && !this.#widest.matches}
        @show-people=${() => this.#show("people")}
        @show-rooms=${() => this.#show("rooms")}
      ></chat-header>
      ${withRooms && this.#widest.matches ? html`<div class="beside rooms"><rooms-list></rooms-list></div>` : nothing}
      <main>
        <legacy-notice></legacy-notice>
        ${keyed(room, html`<message-list .room=${room} .places=${this.#places}></message-list>`)}
        ${keyed(room, html`<message-composer .room=${room}></message-composer>`)}
      </main>
      ${this.#wide.matches ? html`<aside class="beside"><people-list></people-list></aside>` : this.#renderDrawer("people")}
      ${withRooms && !this.#widest.matches ? this.#renderDrawer("rooms") : nothing}
    `;
  }

  #renderDrawer(what: "people" | "rooms") {
    const { texts } = this.locale;
    const list = what === "people" ? html`<people-list></people-list>` : html`<rooms-list></rooms-list>`;
    const isOpen = this.showing === what;
    return html`
      <wa-drawer
        without-header
        light-dismiss
        label=${texts[what]}
        placement=${what === "people" ? "end" : "start"}
        ?open=${isOpen}
        @wa-after-hide=${(event: Event) => this.#hidden(event, what)}
      >
        <wa-button appearance="plain" data-drawer="close">
          <span class="spoken">${texts.close}</span>${closeIcon}
        </wa-button>
        ${isOpen || this.hiding === what ? list : nothing}
      </wa-drawer>
    `;
  }

  #show(what: "people" | "rooms"): void {
    this.showing = what;
  }

  #hidden(event: Event, what: "people" | "rooms"): void {
    if ((event.target as WaDrawer).open) return;
    const hidItself = this.hiding === what;
    this.showing = undefined;
    this.hiding = undefined;
    // The drawer has the focus until now.
    if (hidItself) this.composer.focus();
    else if (what === "people") this.header.focusPeopleButton();
    else this.header.focusRoomsButton();
  }
}
