/** Who is kept out of a room or silenced there, by whom, until when and why; each can be lifted. */
import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { RuleInfo } from "../../../protocol/moderation-events.ts";
import { sayFailure } from "../../locales/failure.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { rightsStyles } from "../../styles/rights.ts";
import { field, shared } from "../../styles/shared.ts";
import { RightsDialog } from "../shared/rights-dialog.ts";
import { named, sentence } from "../shared/sentence.ts";

@customElement("rules-dialog")
export class RulesDialog extends RightsDialog {
  static override styles = [shared, field, dialogStyles, rightsStyles];

  /** Undefined until the server has answered. */
  @state() private rules: { bans: readonly RuleInfo[]; mutes: readonly RuleInfo[] } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override render() {
    const { rights } = this.locale.texts;
    const { bans = [], mutes = [] } = this.rules ?? {};
    const isNone = this.rules !== undefined && bans.length === 0 && mutes.length === 0;
    return this.renderDialog(
      rights.rules,
      html`
        ${this.renderTitle(rights.rules)}
        <div class="inside">
          ${this.renderOutcome()} ${isNone ? html`<p>${rights.noRules}</p>` : nothing}
          ${this.#renderRules(rights.bans, bans, (rule) => this.#unban(rule))}
          ${this.#renderRules(rights.mutes, mutes, (rule) => this.#unmute(rule))}
        </div>
      `,
    );
  }

  #renderRules(title: string, rules: readonly RuleInfo[], lift: (rule: RuleInfo) => Promise<void>) {
    if (rules.length === 0) return nothing;
    return html`
      <section>
        <h3>${title}</h3>
        <ul class="list" role="list" aria-label=${title}>${rules.map((rule) => this.#renderRule(rule, lift))}</ul>
      </section>
    `;
  }

  #renderRule(rule: RuleInfo, lift: (rule: RuleInfo) => Promise<void>) {
    const { rights } = this.locale.texts;
    const { until, reason, by, time, source } = rule;
    return html`
      <li>
        <b translate="no" dir="auto">${whomOf(rule)}</b>
        ${source ? html`<span class="note">${rights.withSource}</span>` : nothing}
        ${reason === undefined ? nothing : html`<span class="quoted" dir="auto">${reason}</span>`}
        <span class="note">
          ${sentence(rights.ruleBy(named(by), this.locale.moment(time)))}${until === undefined ? nothing : `, ${rights.ruleUntil(this.locale.moment(until))}`}
        </span>
        <div class="ways">
          <button class="button outlined small" type="button" ?disabled=${this.isAsking} @click=${() => lift(rule)}>
            ${rights.lift}<span class="spoken">${whomOf(rule)}</span>
          </button>
        </div>
      </li>
    `;
  }

  async #unban({ id }: RuleInfo): Promise<void> {
    await this.ask({ type: "unban", room: this.place.name, id }, "");
    await this.#load();
  }

  async #unmute({ name = "" }: RuleInfo): Promise<void> {
    const { done } = this.locale.texts.rights;
    await this.ask({ type: "unmute", room: this.place.name, name }, done.unmute(named(name)));
    await this.#load();
  }

  async #load(): Promise<void> {
    const answer = await this.store.asking.moderate({ type: "bans", room: this.place.name });
    if (answer.ok) this.rules = answer;
    else this.outcome = { ok: false, said: sayFailure(answer, this.locale) };
  }
}

function whomOf({ name, pattern, address }: RuleInfo): string {
  return name ?? pattern ?? address ?? "";
}
