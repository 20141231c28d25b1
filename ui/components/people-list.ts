/** Who is in the room that is shown, with how many; each leads to the private conversation with them. */
import { css, html } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { privateRoom } from "../../protocol/names.ts";
import { SliceController } from "../controllers/slice-controller.ts";
import { membersOf, sortedPeople } from "../store/people.ts";
import { currentRoom } from "../store/state.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import "./person-avatar.ts";

@customElement("people-list")
export class PeopleList extends ChatElement {
  static override styles = [
    shared,
    css`
      h2 {
        display: flex;
        align-items: baseline;
        gap: var(--space-2);
        padding: var(--space-1) var(--space-2) var(--space-3);
        font-size: var(--text-s);
        font-weight: 600;
      }

      .count {
        padding: 0 0.5rem;
        border-radius: 999px;
        background: var(--sunken);
        color: var(--ink-quiet);
        font-size: var(--text-xs);
        line-height: 1.6;
      }

      .person {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        width: 100%;
        padding: var(--space-1) var(--space-2);
        border: 0;
        border-radius: var(--radius-m);
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        --avatar-size: 2rem;
      }

      button.person {
        cursor: pointer;
      }

      button.person:hover {
        background: var(--sunken);
      }

      @media (pointer: coarse) {
        button.person {
          min-height: 2.75rem;
        }
      }

      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .you {
        color: var(--ink-quiet);
        font-size: var(--text-s);
        white-space: nowrap;
      }
    `,
  ];

  // Not the room, which changes with every message in it.
  readonly #room = new SliceController(this, (state) => currentRoom(state).name);
  readonly #members = new SliceController(this, (state) => currentRoom(state).members);
  readonly #name = new SliceController(this, (state) => state.name);
  readonly #private = new SliceController(this, ({ upstream }) => upstream?.lacks.includes("private") === false);

  protected override render() {
    const { texts } = this.locale;
    const people = sortedPeople(
      membersOf({ name: this.#room.value, members: this.#members.value }),
      this.#name.value,
      this.locale.tag,
    );
    return html`
      <h2>${texts.people}<span class="count">${this.locale.number(people.length)}</span></h2>
      <ul role="list" aria-label=${texts.people}>
        ${repeat(
          people,
          (name) => name,
          (name) => html`<li>${this.#renderPerson(name)}</li>`,
        )}
      </ul>
    `;
  }

  #renderPerson(name: string) {
    const { texts } = this.locale;
    const isReader = name === this.#name.value;
    const shown = html`
      <person-avatar name=${name}></person-avatar>
      <span class="name">${name}</span>
    `;
    if (isReader) return html`<div class="person">${shown}<span class="you">(${texts.you})</span></div>`;
    if (!this.#private.value) return html`<div class="person">${shown}</div>`;
    return html`
      <button
        type="button"
        class="person"
        title=${texts.writePrivately}
        @click=${() => this.store.asking.joinRoom(privateRoom(name))}
      >
        <span class="spoken">${texts.writeTo}</span>${shown}
      </button>
    `;
  }
}
