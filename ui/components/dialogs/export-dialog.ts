/**
 * Exports the room that was shown when the dialog opened, or the results of a search: asks for options, fetches, and
 * hands the file to the browser. Closing the dialog stops the fetching.
 */

import { html, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { CommandFailure } from "../../../protocol/bridge-events.ts";
import { download } from "../../browser/download.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import {
  type ExportEnd,
  ExportFetch,
  type ExportSource,
  type FetchedMessage,
  loadedMessages,
} from "../../export/export-fetch.ts";
import { type ExportFormat, exportFile, exportFormats } from "../../export/export-file.ts";
import { currentRoom, hasMemory, isOnline, isPrivate, roomKey, roomOf } from "../../store/model/state.ts";
import { localDay, startOfDay } from "../../store/text/local-day.ts";
import { button } from "../../styles/button.ts";
import { choiceStyles } from "../../styles/choices.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { field, shared } from "../../styles/shared.ts";
import { OverlayElement } from "../shared/overlay-element.ts";
import type { Searched } from "../shared/overlay-events.ts";
import { roomTitle } from "../shared/room-title.ts";
import { exportDialogStyles } from "./export-dialog.styles.ts";

/** Progress is read aloud once per this many messages, which is every few seconds. */
const spokenMessages = 5_000;

type Phase =
  | { is: "asking" }
  | { is: "fetching"; count: number }
  | { is: "failed"; refused: CommandFailure; count: number }
  /** `fullUpTo`: there are more messages after this moment (ISO 8601). */
  | { is: "saved"; file: string; count: number; fullUpTo?: string }
  | { is: "empty" };

@customElement("export-dialog")
export class ExportDialog extends OverlayElement {
  static override styles = [button, shared, field, choiceStyles, dialogStyles, exportDialogStyles];

  readonly #online = new SliceController(this, isOnline);
  readonly #memory = new SliceController(this, hasMemory);

  /** The search whose results are exported; undefined for a room. */
  @property({ attribute: false }) searched: Searched | undefined;
  @state() private phase: Phase = { is: "asking" };
  @state() private format: ExportFormat = "text";
  /** From a day on, instead of everything. */
  @state() private isSince = false;
  /** `2026-11-21`; empty until chosen. */
  @state() private firstDay = "";
  @query("#first-day") private dayField!: HTMLInputElement | null;
  #room = "";
  #source!: ExportSource;
  #fetch: ExportFetch | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#room = currentRoom(this.store.state).name;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#fetch?.stop();
  }

  /** The focused element disappears with its phase. */
  protected override updated(): void {
    if (this.shadowRoot?.activeElement) return;
    this.renderRoot.querySelector<HTMLElement>("[autofocus]")?.focus();
  }

  protected override render() {
    const title = this.#title;
    return this.renderDialog(
      title,
      html`
        ${this.renderTitle(title)}
        <div class="inside">
          <div role="status">${this.#renderNews()}</div>
          ${this.phase.is === "asking" ? this.#renderForm() : this.#renderWork()}
        </div>
      `,
    );
  }

  get #title(): string {
    const texts = this.locale.texts.export;
    if (this.searched) return texts.search;
    return isPrivate(this.#room) ? texts.person(roomTitle(this.#room)) : texts.room(this.#room);
  }

  /** News that is also read aloud. */
  #renderNews() {
    const texts = this.locale.texts.export;
    const { phase } = this;
    switch (phase.is) {
      case "asking":
        return this.#isServed ? nothing : html`<p class="note">${this.#onlyLoaded}</p>`;
      case "fetching": {
        const count = phase.count - (phase.count % spokenMessages);
        return html`<p class="spoken">${count === 0 ? texts.fetching : texts.fetched(this.#messages(count))}</p>`;
      }
      case "failed": {
        const { code, message } = phase.refused;
        // A request without an answer can simply be repeated; nothing can have arrived by mistake.
        const reason = this.locale.texts.failures[code === "lost" ? "offline" : code] ?? message;
        return html`<p class="problem">${texts.failed(reason, this.#messages(phase.count))}</p>`;
      }
      case "empty":
        return html`<p>${texts.nothing}</p>`;
      case "saved":
        return html`
          <p class="file">${texts.saved(this.#messages(phase.count), phase.file)}</p>
          ${phase.fullUpTo === undefined ? nothing : html`<p>${this.#renderFull(phase.fullUpTo)}</p>`}
        `;
    }
  }

  #renderFull(upTo: string): string {
    const texts = this.locale.texts.export;
    return this.searched ? texts.fullSearch : texts.full(this.locale.date(upTo));
  }

  #renderForm() {
    const texts = this.locale.texts.export;
    return html`
      <form @submit=${this.#onSubmit} novalidate>
        ${this.#renderFormat()} ${this.searched ? nothing : this.#renderExtent()}
        <div class="ways"><button class="button brand" type="submit">${texts.start}</button></div>
      </form>
    `;
  }

  #renderFormat() {
    const texts = this.locale.texts.export;
    const choose = (format: ExportFormat) => () => {
      this.format = format;
    };
    return html`
      <fieldset>
        <legend>${texts.format}</legend>
        <div class="choices">
          ${exportFormats.map((each) => this.#renderChoice("format", texts.formats[each], each === this.format, choose(each)))}
        </div>
      </fieldset>
    `;
  }

  #renderExtent() {
    const texts = this.locale.texts.export;
    const choose = (isSince: boolean) => () => {
      this.isSince = isSince;
    };
    return html`
      <fieldset>
        <legend>${texts.extent}</legend>
        <div class="choices">
          ${this.#renderChoice("extent", texts.everything, !this.isSince, choose(false))}
          ${this.#renderChoice("extent", texts.since, this.isSince, choose(true))}
        </div>
      </fieldset>
      ${this.isSince ? this.#renderDay() : nothing}
    `;
  }

  /** The first choice is where the keyboard starts. */
  #renderChoice(name: string, label: string, isChosen: boolean, choose: () => void) {
    return html`
      <label class="choice">
        <input
          type="radio"
          name=${name}
          ?autofocus=${isChosen}
          .checked=${isChosen}
          @change=${choose}
        />
        <span>${label}</span>
      </label>
    `;
  }

  #renderDay() {
    const today = localDay(new Date());
    const choose = (event: Event) => {
      this.firstDay = (event.target as HTMLInputElement).value;
    };
    return html`
      <label class="day">
        ${this.locale.texts.export.day}
        <input class="field" id="first-day" type="date" required max=${today} .value=${this.firstDay} @input=${choose} />
      </label>
    `;
  }

  /** While it works, and afterwards. */
  #renderWork() {
    const { texts } = this.locale;
    switch (this.phase.is) {
      case "fetching":
        return html`
          <p class="count" aria-hidden="true">${texts.export.fetched(this.#messages(this.phase.count))}</p>
          <div class="ways">
            <button class="button outlined" type="button" autofocus @click=${this.#cancel}>${texts.cancel}</button>
          </div>
        `;
      case "failed":
        return html`
          <div class="ways">
            <button class="button brand" type="button" autofocus @click=${() => this.#run()}>${texts.export.goOn}</button>
            ${this.phase.count === 0 ? nothing : this.#renderSaveSome()}
            <button class="button" type="button" @click=${this.#cancel}>${texts.cancel}</button>
          </div>
        `;
      default:
        return html`
          <div class="ways">
            <button class="button brand" type="button" autofocus @click=${this.close}>${texts.close}</button>
          </div>
        `;
    }
  }

  #renderSaveSome() {
    return html`
      <button class="button outlined" type="button" @click=${() => this.#save(this.#fetched, false)}>
        ${this.locale.texts.export.saveSome}
      </button>
    `;
  }

  #messages(count: number): string {
    return this.locale.texts.export.messages(count, this.locale.number(count));
  }

  /** There is a server to ask. */
  get #isServed(): boolean {
    return this.#memory.value && this.#online.value;
  }

  get #onlyLoaded(): string {
    const texts = this.locale.texts.export.onlyLoaded;
    const messages = this.#messages(this.#loaded().length);
    return this.#online.value ? texts.forgetful(messages) : texts.offline(messages);
  }

  #loaded(since?: string): readonly FetchedMessage[] {
    if (this.searched) return this.searched.found.toReversed();
    return loadedMessages(roomOf(this.store.state, roomKey(this.#room)), since);
  }

  get #fetched(): readonly FetchedMessage[] {
    return this.#fetch?.messages ?? [];
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const since = this.isSince ? startOfDay(this.firstDay) : undefined;
    if (this.isSince && since === undefined) {
      this.dayField?.focus();
      return;
    }
    const room = { kind: "room" as const, room: this.#room, ...(since === undefined ? {} : { since }) };
    this.#source = this.searched ? { kind: "search", query: this.searched.query } : room;
    if (!this.#isServed) {
      this.#save(this.#loaded(since), false);
      return;
    }
    this.#fetch = new ExportFetch(this.store.asking, this.#source);
    void this.#run();
  }

  /** Starts, or continues after a failure. */
  async #run(): Promise<void> {
    const fetch = this.#fetch;
    if (!fetch) return;
    const show = () => {
      this.phase = { is: "fetching", count: fetch.count };
    };
    show();
    this.#end(await fetch.run(show), fetch.count);
  }

  #end(end: ExportEnd, count: number): void {
    if (end === "stopped") return;
    if (end === "whole" || end === "full") this.#save(this.#fetched, end === "whole", end === "full");
    else this.phase = { is: "failed", refused: end, count };
  }

  #cancel(): void {
    this.#fetch?.stop();
    this.phase = { is: "asking" };
  }

  #save(messages: readonly FetchedMessage[], isWhole: boolean, isFull = false): void {
    const last = messages.at(-1);
    if (!last) {
      this.phase = { is: "empty" };
      return;
    }
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    const head = { source: this.#source, server: this.store.state.server ?? "", exportedMs: Date.now(), zone, isWhole };
    const { name, parts } = exportFile(messages, this.format, head, this.locale);
    download(name, parts);
    const saved = { is: "saved" as const, file: name, count: messages.length };
    this.phase = isFull ? { ...saved, fullUpTo: last.time } : saved;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "export-dialog": ExportDialog;
  }
}
