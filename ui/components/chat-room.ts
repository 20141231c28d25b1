/** The chat: header, messages, composer, and the people beside them or, where there is no room, in a drawer. */
import "@awesome.me/webawesome/dist/components/drawer/drawer.js";
import type WaDrawer from "@awesome.me/webawesome/dist/components/drawer/drawer.js";
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { MediaController } from "../controllers/media-controller.ts";
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

@customElement("chat-room")
export class ChatRoom extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto;
        min-height: 0;
      }

      chat-header {
        grid-column: 1 / -1;
      }

      main {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        min-height: 0;
      }

      main > * {
        min-width: 0;
      }

      message-list {
        grid-row: 2;
      }

      aside {
        width: 16rem;
        padding: var(--space-4) var(--space-3);
        border-left: 1px solid var(--line);
        overflow-y: auto;
      }

      wa-drawer {
        --size: min(20rem, 85vw);
        --spacing: var(--space-4);
      }

      wa-drawer wa-button {
        float: right;
      }
    `,
  ];

  readonly #wide = new MediaController(this, "(width >= 48rem)");

  @state() private showingPeople = false;
  @query("chat-header") private header!: ChatHeader;
  @query("message-composer") private composer!: MessageComposer;

  protected override async firstUpdated(): Promise<void> {
    await this.composer.updateComplete;
    this.composer.focus();
  }

  protected override render() {
    return html`
      <chat-header ?with-people-button=${!this.#wide.matches} @show-people=${this.#showPeople}></chat-header>
      <main>
        <legacy-notice></legacy-notice>
        <message-list></message-list>
        <message-composer></message-composer>
      </main>
      ${this.#wide.matches ? html`<aside><people-list></people-list></aside>` : this.#renderDrawer()}
    `;
  }

  #renderDrawer() {
    const { texts } = this.locale;
    return html`
      <wa-drawer
        without-header
        light-dismiss
        label=${texts.people}
        ?open=${this.showingPeople}
        @wa-after-hide=${this.#peopleHidden}
      >
        <wa-button appearance="plain" data-drawer="close">
          <span class="spoken">${texts.close}</span>${closeIcon}
        </wa-button>
        ${this.showingPeople ? html`<people-list></people-list>` : nothing}
      </wa-drawer>
    `;
  }

  #showPeople(): void {
    this.showingPeople = true;
  }

  #peopleHidden(event: Event): void {
    if ((event.target as WaDrawer).open) return;
    this.showingPeople = false;
    this.header.focusPeopleButton();
  }
}
