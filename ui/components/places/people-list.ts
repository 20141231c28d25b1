/**
 * Who is in the current room, how many, and who is away; in the lobby also who was here before. Each name leads to a
 * private conversation.
 */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import type { Absentee } from "../../../protocol/events.ts";
import { lobby, privateRoom } from "../../../protocol/names.ts";
import { ClockController } from "../../controllers/clock-controller.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { membersOf, sortedPeople } from "../../store/model/people.ts";
import { hasRights } from "../../store/model/rights.ts";
import { currentRoom, isLoading, isOnline, isPrivate } from "../../store/model/state.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { menuIcon, verifiedIcon } from "../shared/icons.ts";
import "../shared/loading-skeleton.ts";
import { OpenOverlayEvent } from "../shared/overlay-events.ts";
import "../shared/person-avatar.ts";
import { named, sentence } from "../shared/sentence.ts";

/** Milliseconds between updates of how long ago somebody was here. */
const seenEveryMs = 60_000;

/** How many people who are not here are listed, the latest first. */
const absenteesShownMax = 20;

const none: readonly Absentee[] = [];

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
        --avatar-size: var(--avatar-size-s);
      }

      button.person {
        cursor: pointer;
      }

      @media (hover: hover) {
        button.person:hover {
          background: var(--sunken);
        }
      }

      @media (pointer: coarse) {
        .person {
          min-height: 2.75rem;
        }
      }

      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .called {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        min-width: 0;
      }

      .mark {
        display: flex;
        flex: none;
        color: var(--ink-quiet);
      }

      .mark .icon {
        width: 0.9375rem;
        height: 0.9375rem;
      }

      .avatar {
        position: relative;
        display: flex;
      }

      .avatar::after {
        content: "";
        position: absolute;
        inset-block-end: -0.0625rem;
        inset-inline-end: -0.0625rem;
        width: 0.625rem;
        height: 0.625rem;
        box-sizing: border-box;
        border: 2px solid var(--ground, var(--surface));
        border-radius: 50%;
        background: var(--good);
      }

      .idle .avatar::after {
        background: var(--ground, var(--surface));
        box-shadow: inset 0 0 0 2px var(--wait);
      }

      /* Without a connection, nobody knows who is there. */
      .unknown .avatar::after {
        background: var(--line-strong);
        box-shadow: none;
      }

      /* With forced colours, the two dots would look the same. */
      @media (forced-colors: active) {
        .avatar::after {
          border-color: Canvas;
          background: CanvasText;
          forced-color-adjust: none;
        }

        .idle .avatar::after {
          background: Canvas;
          box-shadow: inset 0 0 0 2px CanvasText;
        }
      }

      .absent .avatar::after {
        content: none;
      }

      .absent .avatar {
        filter: grayscale(0.7);
      }

      .absent .name,
      .idle .name,
      .seen {
        color: var(--ink-quiet);
      }

      h3 {
        margin: 0;
        padding: var(--space-4) var(--space-2) var(--space-2);
        color: var(--ink-quiet);
        font-size: var(--text-xs);
        font-weight: 600;
      }

      .who {
        display: grid;
        min-width: 0;
      }

      .seen {
        font-size: var(--text-xs);
      }

      .alone {
        margin-top: var(--space-3);
        padding: var(--space-3);
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius-m);
        color: var(--ink-quiet);
        font-size: var(--text-s);
        line-height: 1.4;
      }

      .alone b {
        display: block;
        color: var(--ink);
      }

      li {
        display: flex;
        align-items: center;
      }

      li > .person {
        flex: 1;
        min-width: 0;
      }

      .more {
        display: grid;
        flex: none;
        place-items: center;
        width: var(--target);
        height: var(--target);
        padding: 0;
        border: 0;
        border-radius: var(--radius-m);
        background: none;
        color: var(--ink-quiet);
        cursor: pointer;
      }

      @media (hover: hover) {
        .more {
          opacity: 0;
        }

        li:hover .more,
        .more:focus-visible {
          opacity: 1;
        }

        .more:hover {
          background: var(--sunken);
        }
      }

      .role {
        color: var(--ink-quiet);
        font-size: var(--text-xs);
      }

      .you {
        color: var(--ink-quiet);
        font-size: var(--text-s);
        white-space: nowrap;
      }
    `,
  ];

  // Not the whole room, which changes with every message.
  readonly #room = new SliceController(this, (state) => currentRoom(state).name);
  readonly #members = new SliceController(this, (state) => currentRoom(state).members);
  readonly #loading = new SliceController(this, isLoading);
  readonly #online = new SliceController(this, isOnline);
  readonly #name = new SliceController(this, (state) => state.name);
  readonly #private = new SliceController(this, ({ upstream }) => upstream?.lacks.includes("private") === false);

  readonly #roles = new SliceController(this, (state) => currentRoom(state).roles);
  readonly #rights = new SliceController(this, hasRights);

  readonly #idle = new SliceController(this, ({ idle }) => idle);
  readonly #registered = new SliceController(this, ({ registered }) => registered);
  readonly #absentees = new SliceController(this, (state) => (state.current === lobby ? state.absentees : none));
  readonly #clock = new ClockController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#clock.tick(seenEveryMs);
  }

  protected override render() {
    const { texts } = this.locale;
    if (this.#loading.value) return html`<loading-skeleton kind="people"></loading-skeleton>`;
    const people = sortedPeople(
      membersOf({ name: this.#room.value, members: this.#members.value }),
      this.#name.value,
      this.locale.tag,
    );
    return html`
      <h2>${texts.people}<span class="count" translate="no">${this.locale.number(people.length)}</span></h2>
      <ul class=${this.#online.value ? "" : "unknown"} role="list" aria-label=${texts.people}>
        ${repeat(
          people,
          (name) => name,
          (name) => html`<li>${this.#renderPerson(name)}${this.#renderMore(name)}</li>`,
        )}
      </ul>
      ${people.length === 1 && !isPrivate(this.#room.value) ? this.#renderAlone() : nothing}
      ${this.#renderAbsentees()}
    `;
  }

  #renderAlone() {
    const { texts } = this.locale;
    return html`<p class="alone"><b>${texts.aloneTitle}</b> ${texts.aloneText}</p>`;
  }

  #renderAbsentees() {
    const { texts } = this.locale;
    const absentees = this.#absentees.value.slice(0, absenteesShownMax);
    if (absentees.length === 0) return nothing;
    return html`
      <h3>${texts.absentees}</h3>
      <ul role="list" aria-label=${texts.absentees}>
        ${repeat(
          absentees,
          ({ name }) => name,
          ({ name, seen }) => html`<li>${this.#renderPerson(name, seen)}${this.#renderMore(name)}</li>`,
        )}
      </ul>
    `;
  }

  #renderMark() {
    const { registeredName } = this.locale.texts.account;
    return html`<span class="mark" title=${registeredName}>${verifiedIcon}<span class="spoken">, ${registeredName}</span></span>`;
  }

  /** What can be done about somebody. */
  #renderMore(name: string) {
    if (!this.#rights.value || !this.#online.value || name === this.#name.value) return nothing;
    const label = this.locale.texts.rights.aboutPerson(name);
    const open = () => this.dispatchEvent(new OpenOverlayEvent("person", { name }));
    return html`
      <button type="button" class="more" title=${label} @click=${open}>
        <span class="spoken">${sentence(this.locale.texts.rights.aboutPerson(named(name)))}</span>${menuIcon}
      </button>
    `;
  }

  /** @param seen when an absent person was last here, ISO 8601 */
  #renderPerson(name: string, seen?: string) {
    const { texts } = this.locale;
    const isReader = name === this.#name.value;
    const isIdle = this.#idle.value.has(name);
    const role = this.#roles.value.get(name);
    const shown = html`
      <span class="avatar"><person-avatar name=${name}></person-avatar></span>
      <span class="who">
        <span class="called">
          <span class="name" translate="no" dir="auto">${name}</span>
          ${this.#registered.value.has(name) ? this.#renderMark() : nothing}
        </span>
  }

        <span class="name" translate="no" dir="auto">${name}</span>
        ${seen === undefined && role !== undefined ? html`<span class="role">${texts.rights.roles[role] ?? role}</span>` : nothing}
        ${seen === undefined ? nothing : html`<span class="seen">${this.locale.ago(seen, this.#clock.nowMs)}</span>`}
      </span>
      ${isIdle ? html`<span class="spoken">, ${texts.idle}</span>` : nothing}
    `;
    const kind = classMap({ person: true, idle: isIdle, absent: seen !== undefined });
    if (isReader) return html`<div class=${kind}>${shown}<span class="you">(${texts.you})</span></div>`;
    if (!this.#private.value) return html`<div class=${kind}>${shown}</div>`;
    return html`
      <button
        type="button"
        class=${kind}
        title=${texts.writePrivately}
        @click=${() => this.store.asking.joinRoom(privateRoom(name))}
      >
        <span class="spoken">${texts.writeTo}</span>${shown}
      </button>
    `;
  }
}
