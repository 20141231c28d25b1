/** Who is here, with how many. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { SliceController } from "../controllers/slice-controller.ts";
import { sortedPeople } from "../store/people.ts";
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

      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-1) var(--space-2);
        --avatar-size: 2rem;
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

  readonly #members = new SliceController(this, (state) => state.members);
  readonly #name = new SliceController(this, (state) => state.name);

  protected override render() {
    const { texts } = this.locale;
    const people = sortedPeople(this.#members.value, this.#name.value, this.locale.tag);
    return html`
      <h2>${texts.people}<span class="count">${this.locale.number(people.length)}</span></h2>
      <ul role="list" aria-label=${texts.people}>
        ${repeat(
          people,
          (name) => name,
          (name) => html`
            <li>
              <person-avatar name=${name}></person-avatar>
              <span class="name">${name}</span>
              ${name === this.#name.value ? html`<span class="you">(${texts.you})</span>` : nothing}
            </li>
          `,
        )}
      </ul>
    `;
  }
}
