/** How a room is run, who may come in, and its end: as much of it as the reader may decide. */
import { html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { wireLimits } from "../../../protocol/limits.ts";
import type { RoomSettings } from "../../../protocol/moderation-events.ts";
import { lobby } from "../../../protocol/names.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { addressees } from "../../store/model/people.ts";
import { mayDo } from "../../store/model/rights.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { rightsStyles } from "../../styles/rights.ts";
import { field, shared } from "../../styles/shared.ts";
import { switchStyles } from "../../styles/switch.ts";
import { RightsDialog } from "../shared/rights-dialog.ts";
import { named } from "../shared/sentence.ts";

type Switch = Exclude<keyof RoomSettings, "slowSeconds">;
const switches: readonly Switch[] = ["invitedOnly", "membersHistory", "hidden", "topicLocked"];
/** The lobby is for everybody. */
const lobbySwitches: readonly Switch[] = ["topicLocked"];

@customElement("room-dialog")
export class RoomDialog extends RightsDialog {
  static override styles = [shared, field, dialogStyles, rightsStyles, switchStyles];

  readonly #rooms = new SliceController(this, (state) => state.rooms);
  /** They want to remove the room, and are asked once more. */
  @state() private isRemoving = false;
  @query("#invited") private invited!: HTMLInputElement | null;

  protected override updated(): void {
    // The room is gone, and what can be done about it.
    if (!this.#rooms.value.has(this.place.name)) this.close();
  }

  protected override render() {
    const { rights } = this.locale.texts;
    const { place } = this;
    const title = rights.roomTitle(place.name);
    return this.renderDialog(
      title,
      html`
        ${this.renderTitle(title)}
        <div class="inside">
          ${this.renderOutcome()} ${mayDo(place, "invite") && place.name !== lobby ? this.#renderInvite() : nothing}
          ${mayDo(place, "room-settings") ? this.#renderSettings() : nothing}
          ${mayDo(place, "remove-room") && place.name !== lobby ? this.#renderRemoval() : nothing}
        </div>
      `,
    );
  }

  #renderInvite() {
    const { rights } = this.locale.texts;
    const { members } = this.place;
    const others = [...new Set(addressees(this.store.state))].filter((name) => !members.includes(name));
    return html`
      <section>
        <form @submit=${this.#invite} novalidate>
          <label class="labelled">
            ${rights.invite}
            <input class="field" id="invited" list="people" dir="auto" autocomplete="off" autocapitalize="off" spellcheck="false" />
          </label>
          <datalist id="people">${others.map((name) => html`<option value=${name}></option>`)}</datalist>
          <div class="ways">
            <button class="button brand" type="submit" ?disabled=${this.isAsking}>${rights.inviteButton}</button>
          </div>
        </form>
      </section>
    `;
  }

  #renderSettings() {
    const { rights } = this.locale.texts;
    const { name, settings } = this.place;
    return html`
      <section>
        ${(name === lobby ? lobbySwitches : switches).map(
          (setting) => html`
            <label class="switch">
              <input
                type="checkbox"
                .checked=${live(settings[setting] === true)}
                @change=${(event: Event) => this.#set({ [setting]: (event.target as HTMLInputElement).checked })}
              />
              <span>${rights.settings[setting]}</span>
            </label>
          `,
        )}
        <label class="labelled">
          ${rights.slowSeconds}
          <input
            class="field"
            type="number"
            inputmode="numeric"
            min="0"
            max=${wireLimits.slowSecondsMax}
            .value=${live(String(settings.slowSeconds ?? 0))}
            @change=${this.#setSlow}
          />
          <span class="note">${rights.slowHint}</span>
        </label>
      </section>
    `;
  }

  #renderRemoval() {
    const { texts } = this.locale;
    const { rights } = texts;
    const { name } = this.place;
    const ask = (isRemoving: boolean) => () => {
      this.isRemoving = isRemoving;
    };
    if (!this.isRemoving) {
      return html`
        <section>
          <div class="ways">
            <button class="button outlined danger" type="button" @click=${ask(true)}>${rights.removeRoom}…</button>
          </div>
        </section>
      `;
    }
    const remove = () => this.ask({ type: "remove-room", room: name }, "");
    return html`
      <section role="group" aria-label=${rights.removeRoom}>
        <p role="alert">${rights.removeQuestion(name)}</p>
        <div class="ways">
          <button class="button outlined danger" type="button" ?disabled=${this.isAsking} @click=${remove}>${rights.remove}</button>
          <button class="button" type="button" @click=${ask(false)}>${texts.cancel}</button>
        </div>
      </section>
    `;
  }

  async #invite(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { rights } = this.locale.texts;
    const name = this.invited?.value.trim() ?? "";
    if (name === "") {
      this.outcome = { ok: false, said: rights.inviteProblem };
      this.invited?.focus();
      return;
    }
    const isDone = await this.ask({ type: "invite", room: this.place.name, name }, rights.done.invite(named(name)));
    if (isDone && this.invited) this.invited.value = "";
  }

  #setSlow({ target }: Event): void {
    const slowSeconds = Math.round(Number((target as HTMLInputElement).value));
    if (slowSeconds >= 0 && slowSeconds <= wireLimits.slowSecondsMax) this.#set({ slowSeconds });
    else this.requestUpdate();
  }

  async #set(changes: RoomSettings): Promise<void> {
    await this.ask(
      { type: "room-settings", room: this.place.name, ...changes },
      this.locale.texts.rights.done.settings,
    );
  }
}
