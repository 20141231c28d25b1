/** Reports a message to the moderators of its room; a private one, to the administrators. */
import { html } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { wireLimits } from "../../../protocol/limits.ts";
import { isPrivate } from "../../store/model/state.ts";
import type { LogMessage } from "../../store/selectors/log-items.ts";
import { plainText } from "../../store/text/markup.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { rightsStyles } from "../../styles/rights.ts";
import { field, shared } from "../../styles/shared.ts";
import { RightsDialog } from "../shared/rights-dialog.ts";

@customElement("report-dialog")
export class ReportDialog extends RightsDialog {
  static override styles = [shared, field, dialogStyles, rightsStyles];

  @property({ attribute: false }) message: LogMessage | undefined;
  @state() private isReported = false;
  @query(".field") private reason!: HTMLInputElement | null;

  protected override firstUpdated(): void {
    super.firstUpdated();
    this.reason?.focus();
  }

  protected override render() {
    const { texts } = this.locale;
    const { rights } = texts;
    const close = html`<div class="ways"><button class="button brand" type="button" @click=${this.close}>${texts.close}</button></div>`;
    return this.renderDialog(
      rights.reportTitle,
      html`
        ${this.renderTitle(rights.reportTitle)}
        <div class="inside">${this.renderOutcome()}${this.isReported ? close : this.#renderForm()}</div>
      `,
    );
  }

  #renderForm() {
    const { texts } = this.locale;
    const { rights } = texts;
    const { author = "", text = "" } = this.message ?? {};
    return html`
      <form @submit=${this.#submit} novalidate>
        <p class="quoted"><b translate="no" dir="auto">${author}</b> <span dir="auto">${plainText(text)}</span></p>
        <p class="note">${isPrivate(this.place.name) ? rights.reportPrivateAbout : rights.reportAbout}</p>
        <label class="labelled">
          ${rights.reportReason}
          <input class="field" dir="auto" autocomplete="off" maxlength=${wireLimits.reasonCharsMax} />
        </label>
        <div class="ways">
          <button class="button brand" type="submit" ?disabled=${this.isAsking}>${rights.report}</button>
          <button class="button" type="button" @click=${this.close}>${texts.cancel}</button>
        </div>
      </form>
    `;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { msgid = "" } = this.message ?? {};
    const reason = this.reason?.value.trim() ?? "";
    const because = reason === "" ? {} : { reason };
    this.isReported = await this.ask(
      { type: "report", room: this.place.name, msgid, ...because },
      this.locale.texts.rights.done.report,
    );
  }
}
