/** The quick way to anywhere: a field, and below it the rooms and people whose names match. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { lobby } from "../../../protocol/names.ts";
import { isInputMethodKey } from "../../browser/input-method.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { isPrivate } from "../../store/model/state.ts";
import { type Destination, destinationsFor } from "../../store/selectors/destinations.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { field, roomButton, shared } from "../../styles/shared.ts";
import { armchairIcon, plusIcon, roomsIcon } from "../shared/icons.ts";
import { OverlayElement } from "../shared/overlay-element.ts";
import { named, sentence } from "../shared/sentence.ts";
import "../shared/person-avatar.ts";
import { roomTitle } from "../shared/room-title.ts";

@customElement("room-switcher")
export class RoomSwitcher extends OverlayElement {
  static override styles = [
    shared,
    field,
    roomButton,
    dialogStyles,
    css`
      dialog {
        margin-top: min(6rem, 10dvh);
        overflow: hidden;
      }

      .inside {
        grid-template-rows: auto minmax(0, 1fr);
        gap: var(--space-2);
        max-height: min(32rem, 80dvh);
        padding: var(--space-3);
      }

      .destinations {
        overflow-y: auto;
        scrollbar-width: thin;
      }

      .room {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 2.75rem;
        padding-block: 0;
      }

      .room .icon {
        flex: none;
        width: 1.125rem;
        height: 1.125rem;
        opacity: 0.75;
      }

      .room[aria-selected="true"] {
        background: var(--accent-soft);
        color: var(--accent-soft-ink);
      }

      @media (forced-colors: active) {
        .room[aria-selected="true"] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }

      .name,
      .about {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .name {
        flex: 1 1 auto;
        /* In either direction, it starts beside its icon. */
        text-align: left;
      }

      .unread .name {
        font-weight: 600;
      }

      person-avatar {
        --avatar-size: 1.75rem;
        margin-inline: -0.3125rem;
      }

      /* Without room for both, the name matters more. */
      .about {
        flex: 0 10 auto;
        color: var(--ink-quiet);
        font-size: var(--text-xs);
      }

      .room[aria-selected="true"] .about {
        color: inherit;
      }

      @media (width < 30rem) {
        dialog {
          width: calc(100vw - 1rem);
          margin: var(--space-2) auto auto;
          border-width: 1px;
          border-radius: var(--radius-l);
        }
      }

      .none {
        padding: var(--space-2);
        color: var(--ink-quiet);
      }
    `,
  ];

  readonly #state = new SliceController(this, (state) => state);
  @state() private typed = "";
  @state() private selected = 0;
  /** The existing rooms, once the server has answered. */
  @state() private listed: readonly string[] = [];
  @state() private problem: string | undefined;
  @query("input") private input!: HTMLInputElement;

  protected override firstUpdated(): void {
    super.firstUpdated();
    this.input.focus();
    void this.#list();
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  protected override render() {
    const texts = this.locale.texts.switcher;
    const destinations = this.#destinations;
    return this.renderDialog(
      texts.title,
      html`
        <div class="inside">
          <input
            class="field"
            role="combobox"
            dir="auto"
            aria-label=${texts.label}
            aria-expanded=${destinations.length > 0 ? "true" : "false"}
            aria-controls="places"
            aria-autocomplete="list"
            aria-activedescendant=${destinations.length > 0 ? `place-${this.#at}` : nothing}
            placeholder=${texts.label}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="go"
            @input=${this.#onInput}
            @keydown=${this.#onKeyDown}
          />
          <div class="places">
            <ul
              role="listbox"
              id="places"
              aria-label=${texts.places}
              ?hidden=${destinations.length === 0}
              @mousedown=${this.#keepFocus}
            >
              ${destinations.map((destination, index) => this.#renderDestination(destination, index))}
            </ul>
            <p class="none" role="status" ?hidden=${destinations.length > 0 && this.problem === undefined}>
              ${this.problem ?? (destinations.length > 0 ? nothing : texts.none)}
            </p>
          </div>
        </div>
      `,
    );
  }

  #renderDestination(destination: Destination, index: number) {
    const { texts } = this.locale;
    const { kind, room, unread } = destination;
    const about = { open: "", person: texts.switcher.person, join: texts.switcher.join, create: "" }[kind];
    return html`
      <li
        class=${unread.messages > 0 ? "room unread" : "room"}
        role="option"
        id="place-${index}"
        aria-selected=${index === this.#at ? "true" : "false"}
        @click=${() => this.#go(destination)}
      >
        ${this.#renderSign(destination)}
        <span class="name" dir="auto">${sentence(kind === "create" ? texts.switcher.create(named(room)) : named(roomTitle(room)))}</span>
        <span class="about">${unread.messages > 0 ? texts.unread(unread.messages) : about}</span>
      </li>
    `;
  }

  #renderSign({ kind, room }: Destination) {
    if (isPrivate(room)) return html`<person-avatar name=${roomTitle(room)}></person-avatar>`;
    if (kind === "create") return plusIcon;
    return room === lobby ? armchairIcon : roomsIcon;
  }

  get #destinations(): Destination[] {
    return destinationsFor(this.#state.value, this.typed, this.listed, this.locale.tag);
  }

  /** The selected position, within a list that may have become shorter. */
  get #at(): number {
    return Math.min(this.selected, this.#destinations.length - 1);
  }

  async #list(): Promise<void> {
    const answer = await this.store.asking.listRooms();
    if (answer.ok) this.listed = answer.rooms.map(({ room }) => room);
  }

  #onInput(): void {
    this.typed = this.input.value;
    this.selected = 0;
    this.problem = undefined;
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (isInputMethodKey(event)) return;
    const destinations = this.#destinations;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter") {
      event.preventDefault();
      const destination = destinations[this.#at];
      if (destination) void this.#go(destination);
    } else if (step !== undefined && destinations.length > 0) {
      event.preventDefault();
      this.selected = (this.#at + step + destinations.length) % destinations.length;
    }
  }

  /** A click chooses; the focus stays in the field for the keyboard. */
  #keepFocus(event: MouseEvent): void {
    event.preventDefault();
  }

  async #go({ kind, room }: Destination): Promise<void> {
    // Opening a room the person is in cannot fail; the room takes the focus when this closes.
    if (kind === "open") this.close();
    const answer = await this.store.asking.joinRoom(room);
    if (answer.ok) this.close();
    else this.problem = this.locale.texts.failures[answer.code] ?? answer.message;
  }
}
