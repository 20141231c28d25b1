/** The reader's rooms and private conversations, with what is new in each, as links. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { lobby } from "../../../protocol/names.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { hasRooms, isPrivate, type RoomState, roomKey } from "../../store/model/state.ts";
import { unreadOf } from "../../store/model/unread.ts";
import { orderedRooms } from "../../store/selectors/room-order.ts";
import { roomButton, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { armchairIcon, lockIcon, roomsIcon } from "../shared/icons.ts";
import "./join-room.ts";
import { roomTitle } from "../shared/room-title.ts";

@customElement("rooms-list")
export class RoomsList extends ChatElement {
  static override styles = [
    shared,
    roomButton,
    css`
      h2 {
        padding: var(--space-1) var(--space-2) var(--space-3);
        font-size: var(--text-s);
        font-weight: 600;
      }

      ul {
        display: grid;
        gap: 0.125rem;
        margin-bottom: var(--space-4);
      }

      .room {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }

      .room[aria-current] {
        background: var(--accent-soft);
        color: var(--accent-soft-ink);
        font-weight: 600;
      }

      .room .icon {
        flex: none;
        width: 1.125rem;
        height: 1.125rem;
        opacity: 0.75;
      }

      .name {
        min-width: 0;
        /* In either direction, it starts beside its icon. */
        margin-right: auto;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .unread .name {
        font-weight: 600;
      }

      .badge {
        flex: none;
        padding: 0 0.4375rem;
        border-radius: 999px;
        background: var(--sunken);
        color: var(--ink);
        font-size: var(--text-xs);
        font-weight: 600;
        line-height: 1.6;
      }

      .room:hover .badge {
        background: var(--line);
      }

      .badge.mention {
        background: var(--accent);
        color: var(--accent-ink);
      }

      @media (forced-colors: active) {
        .room[aria-current] {
          outline: 2px solid Highlight;
        }

        .badge {
          border: 1px solid;
        }
      }

      @media (pointer: coarse) {
        .room {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  readonly #rooms = new SliceController(this, (state) => state.rooms);
  readonly #current = new SliceController(this, (state) => state.current);
  readonly #hasRooms = new SliceController(this, hasRooms);

  protected override render() {
    const { texts } = this.locale;
    const rooms = orderedRooms(this.#rooms.value.values(), this.locale.tag);
    return html`
      <nav aria-label=${texts.rooms}>
        <h2>${texts.rooms}</h2>
        <ul role="list" aria-label=${texts.rooms}>
          ${repeat(
            rooms,
            (room) => room.name,
            (room) => html`<li>${this.#renderRoom(room)}</li>`,
          )}
        </ul>
        ${this.#hasRooms.value ? html`<join-room></join-room>` : nothing}
      </nav>
    `;
  }

  #renderRoom(room: RoomState) {
    const { name } = room;
    const { messages, mentions } = unreadOf(room);
    const isCurrent = roomKey(name) === this.#current.value;
    return html`
      <button
        type="button"
        class=${messages > 0 ? "room unread" : "room"}
        aria-current=${isCurrent ? "true" : nothing}
        @click=${() => this.store.openRoom(name)}
      >
        ${name === lobby ? armchairIcon : isPrivate(name) ? lockIcon : roomsIcon}
        <span class="name" translate="no" dir="auto">${roomTitle(name)}</span>
        ${this.#renderBadges(messages, mentions)}
      </button>
    `;
  }

  #renderBadges(messages: number, mentions: number) {
    const { texts } = this.locale;
    const mention = html`
      <span class="badge mention" translate="no" aria-hidden="true">@${mentions}</span>
      <span class="spoken">${texts.mentions(mentions)}</span>
    `;
    const unread = html`
      <span class="badge" translate="no" aria-hidden="true">${messages}</span>
      <span class="spoken">${texts.unread(messages)}</span>
    `;
    return html`${mentions > 0 ? mention : nothing}${messages > 0 ? unread : nothing}`;
  }
}
