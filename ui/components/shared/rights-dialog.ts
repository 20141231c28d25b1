/**
 * The base of the dialogs about rights: each is about the room that was shown when it opened, asks the server, and says
 * what came of it.
 */
import { html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { sayFailure } from "../../locales/failure.ts";
import type { RightsCommand } from "../../store/model/rights.ts";
import { currentRoom, type RoomState, roomKey, roomOf } from "../../store/model/state.ts";
import { OverlayElement } from "./overlay-element.ts";
import { sentence } from "./sentence.ts";

export abstract class RightsDialog extends OverlayElement {
  /** What was done last, or why it was not. */
  @state() protected outcome: { ok: boolean; said: string } | undefined;
  @state() protected isAsking = false;
  #roomName = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.#roomName = currentRoom(this.store.state).name;
  }

  /** As it is now. */
  protected get place(): RoomState {
    return roomOf(this.store.state, roomKey(this.#roomName));
  }

  /** @param done what is said when the server agrees */
  protected async ask(command: RightsCommand, done: string): Promise<boolean> {
    this.isAsking = true;
    this.outcome = undefined;
    const answer = await this.store.asking.moderate(command);
    this.isAsking = false;
    this.outcome = { ok: answer.ok, said: answer.ok ? done : sayFailure(answer, this.locale) };
    return answer.ok;
  }

  protected renderOutcome() {
    const { outcome } = this;
    return html`<p class=${outcome?.ok === false ? "outcome problem" : "outcome"} role="status">${outcome ? sentence(outcome.said) : nothing}</p>`;
  }
}
