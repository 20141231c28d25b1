/**
 * Who is in the current room, how many, and who is away; in the lobby also who was here before. Each name leads to a
 * private conversation.
 */
import { html, nothing } from "lit";
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
import { peopleListStyles } from "./people-list.styles.ts";

/** Milliseconds between updates of how long ago somebody was here. */
const seenEveryMs = 60_000;

/** How many people who are not here are listed, the latest first. */
const absenteesShownMax = 20;

const none: readonly Absentee[] = [];

@customElement("people-list")
export class PeopleList extends ChatElement {
  static override styles = [shared, peopleListStyles];

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
