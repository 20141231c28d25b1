/** The settings of this browser: looks, language, notifications. Each choice applies at once. */
import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { playChime } from "../../browser/chime.ts";
import { type Desktop, desktop } from "../../browser/desktop.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { hasRights } from "../../store/model/rights.ts";
import { isPrivate, type RoomState, roomKey } from "../../store/model/state.ts";
import { noticesOf } from "../../store/selectors/notices.ts";
import { orderedRooms } from "../../store/selectors/room-order.ts";
import {
  densities,
  isTimeOfDay,
  languageChoices,
  type RoomNotices,
  roomNotices,
  type Settings,
  textSizes,
  themes,
} from "../../store/settings/settings.ts";
import { choiceStyles } from "../../styles/choices.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { field, shared } from "../../styles/shared.ts";
import { switchStyles } from "../../styles/switch.ts";
import { OverlayElement } from "../shared/overlay-element.ts";
import "./blocked-people.ts";
import { settingsDialogStyles } from "./settings-dialog.styles.ts";

@customElement("settings-dialog")
export class SettingsDialog extends OverlayElement {
  static override styles = [shared, field, choiceStyles, dialogStyles, switchStyles, settingsDialogStyles];

  /** Desktop notifications; tests replace them. */
  static desktop: Desktop = desktop;

  readonly #rooms = new SliceController(this, (state) => state.rooms);
  @state() private permission = SettingsDialog.desktop.permission;
  #unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.store.settings.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }

  get #settings(): Settings {
    return this.store.settings.value;
  }

  protected override render() {
    const texts = this.locale.texts.settings;
    return this.renderDialog(
      texts.title,
      html`
        ${this.renderTitle(texts.title)}
        <div class="inside">
          ${this.#renderChoice("theme", texts.theme, themes, texts.themes)}
          ${this.#renderChoice("textSize", texts.textSize, textSizes, texts.textSizes)}
          ${this.#renderChoice("density", texts.density, densities, texts.densities)}
          ${this.#renderLanguage()} ${this.#renderNotifications()}
          ${hasRights(this.store.state) ? html`<blocked-people></blocked-people>` : nothing}
        </div>
      `,
    );
  }

  #renderChoice<K extends "theme" | "density" | "textSize">(
    key: K,
    legend: string,
    choices: readonly Settings[K][],
    labels: Record<Settings[K], string>,
  ) {
    return html`
      <fieldset>
        <legend>${legend}</legend>
        <div class="choices">
          ${choices.map(
            (choice) => html`
              <label class="choice">
                <input
                  type="radio"
                  name=${key}
                  .checked=${live(this.#settings[key] === choice)}
                  @change=${() => this.store.settings.choose({ [key]: choice })}
                />
                <span>${labels[choice]}</span>
              </label>
            `,
          )}
        </div>
      </fieldset>
    `;
  }

  #renderLanguage() {
    const texts = this.locale.texts.settings;
    const choose = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      const language = languageChoices.find((choice) => choice === value);
      if (language) this.store.settings.choose({ language });
    };
    return html`
      <div class="row">
        <label for="language">${texts.language}</label>
        <select class="field" id="language" @change=${choose}>
          ${languageChoices.map(
            (choice) => html`
              <option value=${choice} ?selected=${choice === this.#settings.language}>${texts.languages[choice]}</option>
            `,
          )}
        </select>
      </div>
    `;
  }

  #renderNotifications() {
    const texts = this.locale.texts.settings;
    const rooms = orderedRooms(this.#rooms.value.values(), this.locale.tag).filter(({ name }) => !isPrivate(name));
    return html`
      <fieldset class="notifications">
        <legend>${texts.notifications}</legend>
        ${this.#renderSwitch(texts.desktop, this.#isDesktop, (on) => void this.#chooseDesktop(on))}
        <p class="note" role="status">${this.#renderDesktopNote()}</p>
        ${this.#renderSwitch(texts.sound, this.#settings.sound, (sound) => {
          this.store.settings.choose({ sound });
          if (sound) void playChime();
        })}
        ${this.#renderSwitch(texts.quiet, this.#settings.quiet, (quiet) => this.store.settings.choose({ quiet }))}
        ${this.#settings.quiet ? this.#renderHours() : nothing}
        <h3>${texts.rooms}</h3>
        ${rooms.map((room) => this.#renderRoom(room))}
        <p class="note">${texts.privateNotices}</p>
      </fieldset>
    `;
  }

  #renderSwitch(label: string, isOn: boolean, choose: (on: boolean) => void) {
    return html`
      <label class="switch">
        <input
          type="checkbox"
          .checked=${live(isOn)}
          @change=${(event: Event) => choose((event.target as HTMLInputElement).checked)}
        />
        <span>${label}</span>
      </label>
    `;
  }

  #renderDesktopNote() {
    const texts = this.locale.texts.settings;
    if (this.permission === "missing") return texts.desktopMissing;
    return this.permission === "denied" ? texts.desktopDenied : nothing;
  }

  #renderHours() {
    const texts = this.locale.texts.settings;
    const hour = (key: "quietFrom" | "quietTo", label: string) => {
      const choose = (event: Event) => {
        const { value } = event.target as HTMLInputElement;
        if (isTimeOfDay(value)) this.store.settings.choose({ [key]: value });
      };
      return html`
        <label>${label} <input class="field" type="time" required .value=${this.#settings[key]} @change=${choose} /></label>
      `;
    };
    return html`<div class="hours">${hour("quietFrom", texts.quietFrom)} ${hour("quietTo", texts.quietTo)}</div>`;
  }

  #renderRoom({ name }: RoomState) {
    const texts = this.locale.texts.settings;
    const chosen = noticesOf(this.#settings, name);
    const choose = (event: Event) => {
      const wanted = (event.target as HTMLSelectElement).value as RoomNotices;
      this.store.settings.choose({ rooms: { ...this.#settings.rooms, [roomKey(name)]: wanted } });
    };
    return html`
      <div class="row">
        <label for="room-${name}"><bdi translate="no">${name}</bdi></label>
        <select class="field" id="room-${name}" @change=${choose}>
          ${roomNotices.map(
            (notices) => html`
              <option value=${notices} ?selected=${notices === chosen}>${texts.roomNotices[notices]}</option>
            `,
          )}
        </select>
      </div>
    `;
  }

  /** What was chosen and is still allowed by the browser. */
  get #isDesktop(): boolean {
    return this.#settings.desktop && this.permission === "granted";
  }

  /** The browser asks the person, once, for this click. */
  async #chooseDesktop(on: boolean): Promise<void> {
    if (on) this.permission = await SettingsDialog.desktop.ask();
    this.store.settings.choose({ desktop: on && this.permission === "granted" });
  }
}
