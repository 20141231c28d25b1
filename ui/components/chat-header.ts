/** The line on top: which room this is, how the connection is, who else is here on a narrow page, and the way out. */
import "@awesome.me/webawesome/dist/components/button/button.js";
import type WaButton from "@awesome.me/webawesome/dist/components/button/button.js";
import { css, html, nothing } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { lobby } from "../../protocol/names.ts";
import { SliceController } from "../controllers/slice-controller.ts";
import { sortedPeople } from "../store/people.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import "./connection-status.ts";
import { armchairIcon, peopleIcon } from "./icons.ts";

/** The person asked to see who is here. */
export class ShowPeopleEvent extends Event {
  static readonly eventName = "show-people";

  constructor() {
    super(ShowPeopleEvent.eventName);
  }
}

@customElement("chat-header")
export class ChatHeader extends ChatElement {
  static override styles = [
    shared,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        padding: var(--space-2) var(--space-4);
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }

      .mark {
        display: grid;
        place-items: center;
        flex: none;
        width: 2.25rem;
        height: 2.25rem;
        border-radius: var(--radius-m);
        background: var(--accent);
        color: var(--accent-ink);
      }

      .room {
        flex: 1;
        min-width: 0;
      }

      h1 {
        overflow: hidden;
        font: 600 var(--text-l) / 1.2 var(--font-display);
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .room p {
        overflow: hidden;
        color: var(--ink-quiet);
        font-size: var(--text-xs);
        line-height: 1.35;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      /* Trouble gets a line of its own: it has more to say. */
      connection-status:not([tone="good"]) {
        order: 1;
        flex: none;
        width: calc(100% + 2 * var(--space-4));
        margin: 0 calc(-1 * var(--space-4)) calc(-1 * var(--space-2));
        padding: var(--space-1) var(--space-4);
        background: var(--sunken);
      }

      wa-button {
        --wa-form-control-height: 2.25rem;
      }

      @media (pointer: coarse) {
        wa-button {
          --wa-form-control-height: 2.75rem;
        }
      }

      .people {
        --wa-form-control-padding-inline: 0.625rem;
      }

      .people .count {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
      }

      @media (width < 48rem) {
        header {
          padding-inline: var(--space-3);
          column-gap: var(--space-2);
        }

        connection-status:not([tone="good"]) {
          width: calc(100% + 2 * var(--space-3));
          margin-inline: calc(-1 * var(--space-3));
          padding-inline: var(--space-3);
        }
      }
    `,
  ];

  readonly #server = new SliceController(this, (state) => state.server);
  readonly #members = new SliceController(this, (state) => state.members);
  readonly #name = new SliceController(this, (state) => state.name);

  @property({ type: Boolean, attribute: "with-people-button" }) withPeopleButton = false;
  @query(".people") private peopleButton!: WaButton | null;

  focusPeopleButton(): void {
    this.peopleButton?.focus();
  }

  protected override render() {
    const { texts } = this.locale;
    return html`
      <header>
        <div class="mark">${armchairIcon}</div>
        <div class="room">
          <h1>${lobby}</h1>
          <p>${this.#server.value ?? ""}</p>
        </div>
        <connection-status></connection-status>
        ${this.withPeopleButton ? this.#renderPeopleButton() : nothing}
        <wa-button appearance="outlined" size="s" @click=${() => this.store.quit()}>${texts.quit}</wa-button>
      </header>
    `;
  }

  #renderPeopleButton() {
    const count = sortedPeople(this.#members.value, this.#name.value, this.locale.tag).length;
    return html`
      <wa-button class="people" appearance="plain" size="s" @click=${() => this.dispatchEvent(new ShowPeopleEvent())}>
        <span class="count">
          ${peopleIcon}<span aria-hidden="true">${this.locale.number(count)}</span>
          <span class="spoken">${this.locale.texts.showPeople(count)}</span>
        </span>
      </wa-button>
    `;
  }
}

declare global {
  interface HTMLElementEventMap {
    "show-people": ShowPeopleEvent;
  }
}
