/** What was reported in a room: moderators go to the message, act, and settle the report. */
import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ReportInfo } from "../../../protocol/moderation-events.ts";
import { sayFailure } from "../../locales/failure.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { rightsStyles } from "../../styles/rights.ts";
import { field, shared } from "../../styles/shared.ts";
import { ShowMessageEvent } from "../shared/message-events.ts";
import { RightsDialog } from "../shared/rights-dialog.ts";
import { named, sentence } from "../shared/sentence.ts";

@customElement("reports-dialog")
export class ReportsDialog extends RightsDialog {
  static override styles = [shared, field, dialogStyles, rightsStyles];

  /** When it is not the current one. */
  @property({ attribute: false }) room: string | undefined;
  /** Undefined until the server has answered. */
  @state() private reports: readonly ReportInfo[] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override render() {
    const { rights } = this.locale.texts;
    const { reports } = this;
    const list = html`
      <ul class="list" role="list" aria-label=${rights.reports}>${reports?.map((report) => this.#renderReport(report))}</ul>
    `;
    return this.renderDialog(
      rights.reports,
      html`
        ${this.renderTitle(rights.reports)}
        <div class="inside">
          ${this.renderOutcome()} ${reports?.length === 0 ? html`<p>${rights.noReports}</p>` : nothing}
          ${reports !== undefined && reports.length > 0 ? list : nothing}
        </div>
      `,
    );
  }

  #renderReport(report: ReportInfo) {
    const { texts } = this.locale;
    const { rights } = texts;
    const { id, by, reason, time, from, text = "", deleted = false, msgid, room } = report;
    const said = deleted ? html`<em>${texts.messageDeleted}</em>` : html`<span dir="auto">${text}</span>`;
    const show = () => {
      this.close();
      this.dispatchEvent(new ShowMessageEvent({ msgid, room }));
    };
    return html`
      <li>
        ${from === undefined ? html`<em>${rights.reportGone}</em>` : html`<p class="quoted"><b translate="no" dir="auto">${from}</b> ${said}</p>`}
        ${reason === undefined ? nothing : html`<p dir="auto">${reason}</p>`}
        <span class="note">${sentence(rights.reportBy(named(by), this.locale.moment(time)))}</span>
        <div class="ways">
          <button class="button brand small" type="button" ?disabled=${this.isAsking} @click=${() => this.#settle(id)}>${rights.settle}</button>
          ${
            from === undefined || report.private
              ? nothing
              : html`<button class="button outlined small" type="button" @click=${show}>${rights.goToMessage}</button>`
          }
        </div>
      </li>
    `;
  }

  async #settle(id: string): Promise<void> {
    await this.ask({ type: "settle-report", id }, "");
    await this.#load();
  }

  async #load(): Promise<void> {
    const answer = await this.store.asking.moderate({ type: "reports", room: this.room ?? this.place.name });
    if (answer.ok) this.reports = answer.reports;
    else this.outcome = { ok: false, said: sayFailure(answer, this.locale) };
  }
}
