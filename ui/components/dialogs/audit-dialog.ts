/** What those with a role did in a room, newest first, as far as the reader may see it. */
import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { ActInfo } from "../../../protocol/moderation-events.ts";
import { sayFailure } from "../../locales/failure.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { rightsStyles } from "../../styles/rights.ts";
import { shared } from "../../styles/shared.ts";
import { RightsDialog } from "../shared/rights-dialog.ts";

@customElement("audit-dialog")
export class AuditDialog extends RightsDialog {
  static override styles = [shared, dialogStyles, rightsStyles];

  /** Undefined until the server has answered. */
  @state() private acts: readonly ActInfo[] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override render() {
    const { rights } = this.locale.texts;
    const { acts } = this;
    const list = html`
      <ul class="list" role="list" aria-label=${rights.audit}>${acts?.map((act) => this.#renderAct(act))}</ul>
    `;
    return this.renderDialog(
      rights.audit,
      html`
        ${this.renderTitle(rights.audit)}
        <div class="inside">
          <p class="note">${rights.auditAbout}</p>
          ${this.renderOutcome()} ${acts?.length === 0 ? html`<p>${rights.noActs}</p>` : nothing}
          ${acts !== undefined && acts.length > 0 ? list : nothing}
        </div>
      `,
    );
  }

  #renderAct({ time, by, verb, name, what, until, reason }: ActInfo) {
    const { rights } = this.locale.texts;
    return html`
      <li>
        <p>
          <b translate="no" dir="auto">${by}</b> ${rights.acts[verb] ?? verb}
          ${name === undefined ? nothing : html`<b translate="no" dir="auto">${name}</b>`}
          ${what === undefined ? nothing : html`<span class="note" dir="auto">${this.#sayWhat(verb, what)}</span>`}
        </p>
        ${reason === undefined ? nothing : html`<p class="quoted" dir="auto">${reason}</p>`}
        <span class="note">
          ${this.locale.moment(time)}${until === undefined ? nothing : `, ${rights.ruleUntil(this.locale.moment(until))}`}
        </span>
      </li>
    `;
  }

  /** Settings and roles are told in the words of the protocol. */
  #sayWhat(verb: string, what: string): string {
    const { rights } = this.locale.texts;
    if (verb === "role") return rights.roles[what] ?? "";
    if (verb !== "room-settings") return what;
    const labels: Record<string, string> = rights.settingWords;
    const changes = what.split(", ").map((change) => {
      const [setting = "", value = ""] = change.split(": ");
      if (setting === "slowSeconds") return rights.slowMode(Number(value));
      return `${labels[setting] ?? setting}: ${value === "true" ? rights.on : rights.off}`;
    });
    return changes.join(", ");
  }

  async #load(): Promise<void> {
    const answer = await this.store.asking.moderate({ type: "audit", room: this.place.name });
    if (answer.ok) this.acts = answer.acts;
    else this.outcome = { ok: false, said: sayFailure(answer, this.locale) };
  }
}
