/** Decides what fills the page: the join form or the chat. */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { markFavicon } from "../../browser/favicon.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { currentRoom, isPrivate } from "../../store/model/state.ts";
import { totalUnread } from "../../store/model/unread.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { named, sentence } from "../shared/sentence.ts";
import type { ChatRoom } from "./chat-room.ts";
import "./chat-room.ts";
import "./join-form.ts";
import type { ShowMessageEvent } from "../shared/message-events.ts";
import type { OpenOverlayEvent } from "../shared/overlay-events.ts";
import type { PageOverlays } from "./page-overlays.ts";
import "./page-overlays.ts";
import { isolated } from "../../locales/isolated.ts";
import { roomTitle } from "../shared/room-title.ts";

@customElement("current-view")
export class CurrentView extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        height: 100%;
      }

      @media print {
        :host {
          display: block;
          height: auto;
        }
      }
    `,
  ];

  readonly #joinState = new SliceController(this, (state) => state.joinState);
  readonly #room = new SliceController(this, (state) => currentRoom(state).name);
  readonly #unread = new SliceController(this, ({ rooms }) => totalUnread(rooms).messages);
  /** The room to be read aloud; not the first one, which the whole page announces. */
  @state() private announced: string | undefined;
  #shown: string | undefined;
  @query("chat-room") private room!: ChatRoom | null;
  @query("page-overlays") private overlays!: PageOverlays;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const room = this.#joinState.value === "in" ? this.#room.value : undefined;
    if (room === this.#shown) return;
    this.announced = this.#shown === undefined ? undefined : room;
    this.#shown = room;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const isIn = this.#joinState.value === "in";
    const unread = isIn ? this.#unread.value : 0;
    const title = isIn ? `${isolated(roomTitle(this.#room.value))} · Salotto` : "Salotto";
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
    markFavicon(unread > 0);
  }

  protected override render() {
    return html`
      ${this.#joinState.value === "in" ? html`<chat-room @open-overlay=${this.#open}></chat-room>` : html`<join-form></join-form>`}
      <p class="spoken" role="status">${this.announced === undefined ? nothing : sentence(this.#sayWhere(this.announced))}</p>
      <page-overlays
        @overlay-closed=${this.#onClosed}
        @show-message=${({ wanted }: ShowMessageEvent) => void this.room?.showMessage(wanted)}
      ></page-overlays>
    `;
  }

  #sayWhere(room: string): string {
    const { texts } = this.locale;
    return isPrivate(room) ? texts.nowWith(named(roomTitle(room))) : texts.nowIn(named(room));
  }

  #open({ overlay, about }: OpenOverlayEvent): void {
    void this.overlays.open(overlay, about);
  }

  /** What had the focus before may be gone, such as the composer of another room. */
  #onClosed(): void {
    if (document.activeElement === document.body) this.room?.focus();
  }
}
