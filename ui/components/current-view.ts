/** Decides what fills the page: the door or the chat. */
import { css, html, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { SliceController } from "../controllers/slice-controller.ts";
import { currentRoom } from "../store/state.ts";
import { ChatElement } from "./chat-element.ts";
import "./chat-room.ts";
import "./join-form.ts";
import { roomTitle } from "./room-title.ts";

@customElement("current-view")
export class CurrentView extends ChatElement {
  static override styles = css`
    :host {
      display: grid;
      height: 100%;
    }
  `;

  readonly #presence = new SliceController(this, (state) => state.presence);
  readonly #room = new SliceController(this, (state) => currentRoom(state).name);

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    document.title = this.#presence.value === "in" ? `${roomTitle(this.#room.value)} · Salotto` : "Salotto";
  }

  protected override render() {
    return this.#presence.value === "in" ? html`<chat-room></chat-room>` : html`<join-form></join-form>`;
  }
}
