/**
 * One of the account's forms: registering the name, changing the password, ending the account. What is typed stays in
 * the fields until the server has it, and is in no field afterwards.
 */
import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ClearIsMeant, CommandFailure } from "../../../protocol/bridge-events.ts";
import { passwordProblem } from "../../../protocol/password.ts";
import { button } from "../../styles/button.ts";
import { field, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { ClearWarning } from "../shared/clear-warning.ts";
import { PasswordField, passwordFieldStyles } from "../shared/password-field.ts";
import { named, sentence } from "../shared/sentence.ts";
import { WaitNote } from "../shared/wait-note.ts";
import { accountStyles } from "./account-dialog.styles.ts";

export type AccountAction = "register" | "password" | "end";

/** The form is over: `isDone` when the server did what was asked. */
export class AccountFormEvent extends Event {
  static readonly eventName = "account-form";
  readonly isDone: boolean;

  constructor(isDone: boolean) {
    super(AccountFormEvent.eventName);
    this.isDone = isDone;
  }
}

@customElement("account-form")
export class AccountForm extends ChatElement {
  static override styles = [button, shared, field, passwordFieldStyles, ClearWarning.styles, accountStyles];

  @property() action: AccountAction = "register";
  @property() name = "";

  @state() private isBusy = false;
  @state() private isInClear = false;
  /** What is wrong, and with which of the passwords. */
  @state() private problem: { about: "present" | "fresh"; said: string } | undefined;
  @state() private retryAtMs: number | undefined;
  readonly #present = new PasswordField(this, "present");
  readonly #fresh = new PasswordField(this, "fresh");
  readonly #wait = new WaitNote(this);
  readonly #warning = new ClearWarning(this, {
    sendAnyway: () => void this.#send({ clearIsMeant: true }),
    dontSend: () => this.#end(false),
  });

  override focus(): void {
    if (this.isInClear) this.#warning.focus();
    else if (this.action === "register" || this.problem?.about === "fresh") this.#fresh.focus();
    else this.#present.focus();
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override willUpdate(): void {
    this.#wait.until(this.retryAtMs);
  }

  protected override render() {
    const { account, cancel } = this.locale.texts;
    const [title, label] = {
      register: [account.protect, account.protectIt],
      password: [account.changePassword, account.change],
      end: [account.end, account.endIt],
    }[this.action];
    return html`
      <form @submit=${this.#submit} novalidate>
        <h3>${title}</h3>
        ${this.action === "end" ? html`<p>${sentence(account.endQuestion(named(this.name)))}</p>` : nothing}
        <div ?hidden=${this.isInClear}>${this.#renderFields()}</div>
        ${this.isInClear ? this.#warning.render(this.locale) : nothing}
        <div class="ways" ?hidden=${this.isInClear}>
          <button
            class="button ${this.action === "end" ? "strong" : "brand"}"
            type="submit"
            aria-busy=${this.isBusy ? "true" : "false"}
            ?disabled=${this.#wait.isWaiting}
          >
            ${label}
          </button>
          <button class="button outlined" type="button" @click=${() => this.#end(false)}>${cancel}</button>
        </div>
      </form>
    `;
  }

  #renderFields() {
    const { account } = this.locale.texts;
    const present = () => html`
      <div>
        ${this.#present.render(
          {
            label: this.action === "end" ? account.passwordOf(this.name) : account.presentPassword,
            ...{ autocomplete: "current-password", about: "about-present", isReadonly: this.isBusy },
            isInvalid: this.problem?.about === "present",
          },
          this.locale,
        )}
        <p id="about-present" class="hint problem" aria-live="polite">${this.#problemOf("present")}</p>
      </div>
    `;
    const fresh = () => html`
      <div>
        ${this.#fresh.render(
          {
            label: this.action === "password" ? account.newPassword : account.choosePassword,
            ...{ autocomplete: "new-password", about: "about-fresh", isReadonly: this.isBusy },
            isInvalid: this.problem?.about === "fresh",
          },
          this.locale,
        )}
        <p id="about-fresh" class="hint ${this.problem?.about === "fresh" ? "problem" : "quiet"}" aria-live="polite">
          ${this.#problemOf("fresh") ?? account.passwordHint}
        </p>
      </div>
    `;
    return html`
      <input type="text" autocomplete="username" .value=${this.name} hidden readonly />
      ${this.action === "register" ? nothing : present()}
      ${this.action === "end" ? nothing : fresh()}
      ${this.#wait.render(this.locale)}
    `;
  }

  #problemOf(field: "present" | "fresh"): string | undefined {
    return this.problem?.about === field ? this.problem.said : undefined;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.isBusy || this.#wait.isWaiting) return;
    this.problem = this.#problem();
    if (this.problem) this.focus();
    else void this.#send();
  }

  #problem(): typeof this.problem {
    const { account } = this.locale.texts;
    if (this.action !== "register" && this.#present.value === "")
      return { about: "present", said: account.nothingTyped };
    if (this.action === "end") return undefined;
    const problem = passwordProblem(this.#fresh.value);
    return problem && { about: "fresh", said: account.problems[problem] };
  }

  async #send(more: ClearIsMeant = {}): Promise<void> {
    this.isBusy = true;
    const answer = await this.#ask(more);
    this.isBusy = false;
    if (answer.ok) return this.#end(true);
    this.isInClear = answer.code === "clear-password";
    if (!this.isInClear) this.#refused(answer);
    await this.updateComplete;
    this.focus();
  }

  #ask(more: ClearIsMeant) {
    const { account } = this.store;
    switch (this.action) {
      case "register":
        return account.register(this.#fresh.value, more);
      case "password":
        return account.changePassword(this.#present.value, this.#fresh.value, more);
      case "end":
        return account.unregister(this.#present.value, more);
    }
  }

  #refused({ code, message, retryInMs }: CommandFailure): void {
    const { account, failures } = this.locale.texts;
    const isWrong = code === "wrong-password";
    if (isWrong) this.#present.clear();
    const isWait = retryInMs !== undefined;
    const said = isWrong ? account.wrongPassword : isWait ? account.tooManyAttempts : (failures[code] ?? message);
    this.problem = { about: this.action === "register" ? "fresh" : "present", said };
    this.retryAtMs = retryInMs === undefined ? undefined : Date.now() + retryInMs;
  }

  #end(isDone: boolean): void {
    this.#present.clear();
    this.#fresh.clear();
    this.dispatchEvent(new AccountFormEvent(isDone));
  }
}

declare global {
  interface HTMLElementEventMap {
    "account-form": AccountFormEvent;
  }
}
