/** Asks how long a mute or a ban lasts, whom a ban is of, and why. */
import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { wireLimits } from "../../../protocol/limits.ts";
import { type Lasting, lastingMs } from "../../store/selectors/person-actions.ts";
import { button } from "../../styles/button.ts";
import { choiceStyles } from "../../styles/choices.ts";
import { rightsStyles } from "../../styles/rights.ts";
import { field, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";

/** What a ban is of, besides the person: nothing, where they connect from, or instead of them names or addresses. */
export interface SanctionTarget {
  source?: boolean;
  pattern?: string;
  address?: string;
}

type Whom = "person" | "source" | "pattern" | "address";
const whoms: readonly Whom[] = ["person", "source", "pattern", "address"];
const lastings: readonly Lasting[] = ["ten", "hour", "day", "week", "forever"];

export class SanctionEvent extends Event {
  static readonly eventName = "sanction";
  /** ISO 8601; undefined for good. */
  readonly until: string | undefined;
  readonly reason: string;
  readonly whom: SanctionTarget;

  constructor(until: string | undefined, reason: string, whom: SanctionTarget) {
    super(SanctionEvent.eventName);
    this.until = until;
    this.reason = reason;
    this.whom = whom;
  }
}

/** The person does not want to, after all. */
class LeaveSanctionEvent extends Event {
  static readonly eventName = "leave-sanction";

  constructor() {
    super(LeaveSanctionEvent.eventName);
  }
}

@customElement("sanction-form")
export class SanctionForm extends ChatElement {
  static override styles = [button, shared, field, choiceStyles, rightsStyles];

  @property({ attribute: false }) sanction: "mute" | "kick" | "ban" = "kick";
  @property({ type: Boolean }) busy = false;
  @state() private lasting: Lasting = "hour";
  @state() private whom: Whom = "person";
  @state() private typed = "";
  @state() private reason = "";

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>("input:checked, .field")?.focus();
  }

  protected override render() {
    const { texts } = this.locale;
    const { rights } = texts;
    return html`
      <form @submit=${this.#submit} novalidate>
        <h3>${rights[this.sanction]}</h3>
        ${this.sanction === "ban" ? this.#renderWhom() : nothing}
        ${this.sanction === "kick" ? nothing : this.#renderLasting()}
        <label class="labelled">
          ${rights.reason}
          <input
            class="field"
            dir="auto"
            autocomplete="off"
            maxlength=${wireLimits.reasonCharsMax}
            .value=${this.reason}
            @input=${(event: Event) => {
              this.reason = (event.target as HTMLInputElement).value;
            }}
          />
          <span class="note">${rights.reasonHint}</span>
        </label>
        <div class="ways">
          <button class="button brand" type="submit" aria-busy=${this.busy} ?disabled=${this.busy}>${rights[this.sanction]}</button>
          <button class="button" type="button" @click=${() => this.dispatchEvent(new LeaveSanctionEvent())}>${texts.cancel}</button>
        </div>
      </form>
    `;
  }

  #renderLasting() {
    const { rights } = this.locale.texts;
    return this.#renderChoices("lasting", rights.how, lastings, rights.lasting, this.lasting, (lasting) => {
      this.lasting = lasting;
    });
  }

  #renderWhom() {
    const { rights } = this.locale.texts;
    const { whom } = this;
    const typed = html`
      <label class="labelled">
        ${rights.whoms[whom]}
        <input
          class="field"
          dir="auto"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          required
          .value=${this.typed}
          @input=${(event: Event) => {
            this.typed = (event.target as HTMLInputElement).value;
          }}
        />
        <span class="note">${whom === "pattern" ? rights.patternHint : rights.addressHint}</span>
      </label>
    `;
    return html`
      ${this.#renderChoices("whom", rights.whom, whoms, rights.whoms, whom, (chosen) => {
        this.whom = chosen;
      })}
      ${whom === "pattern" || whom === "address" ? typed : nothing}
    `;
  }

  #renderChoices<C extends string>(
    group: string,
    legend: string,
    choices: readonly C[],
    labels: Record<C, string>,
    chosen: C,
    choose: (choice: C) => void,
  ) {
    return html`
      <fieldset>
        <legend>${legend}</legend>
        <div class="choices">
          ${choices.map(
            (choice) => html`
              <label class="choice">
                <input type="radio" name=${group} .checked=${choice === chosen} @change=${() => choose(choice)} />
                <span>${labels[choice]}</span>
              </label>
            `,
          )}
        </div>
      </fieldset>
    `;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const { whom } = this;
    const typed = this.typed.trim();
    if ((whom === "pattern" || whom === "address") && typed === "") {
      this.renderRoot.querySelector<HTMLElement>("[required]")?.focus();
      return;
    }
    const targets: Record<Whom, SanctionTarget> = {
      person: {},
      source: { source: true },
      pattern: { pattern: typed },
      address: { address: typed },
    };
    const ms = lastingMs[this.lasting];
    const until = this.sanction === "kick" || ms === undefined ? undefined : new Date(Date.now() + ms).toISOString();
    this.dispatchEvent(new SanctionEvent(until, this.reason.trim(), this.sanction === "ban" ? targets[whom] : {}));
  }
}

declare global {
  interface HTMLElementEventMap {
    sanction: SanctionEvent;
    "leave-sanction": LeaveSanctionEvent;
  }
}
