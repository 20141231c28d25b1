/**
 * Asks somebody who was refused for what the server wants besides their name: a password, a new one, the code of an
 * invitation, or whether a password may be read by others. Whatever is typed stays in its field until it is used.
 */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { JoinCredentials } from "../../../protocol/bridge-events.ts";
import { passwordProblem } from "../../../protocol/password.ts";
import { invitationIn } from "../../browser/invitation.ts";
import type { JoinQuestion, JoinTalk } from "../../store/model/join-question.ts";
import { button } from "../../styles/button.ts";
import { field, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { ClearWarning } from "../shared/clear-warning.ts";
import { PasswordField, passwordFieldStyles } from "../shared/password-field.ts";
import { named, sentence } from "../shared/sentence.ts";
import { WaitNote } from "../shared/wait-note.ts";
import { joinFormStyles } from "./join-form.styles.ts";

/** The person has answered the question. */
export class AnsweredEvent extends Event {
  static readonly eventName = "answered";
  readonly credentials: JoinCredentials;

  constructor(credentials: JoinCredentials) {
    super(AnsweredEvent.eventName);
    this.credentials = credentials;
  }
}

/** The person wants to give another name. */
export class AnotherNameEvent extends Event {
  static readonly eventName = "another-name";

  constructor() {
    super(AnotherNameEvent.eventName);
  }
}

/** Questions that are answered with a password that did not exist before. */
const newPasswords: readonly JoinQuestion[] = ["new-password", "account"];

@customElement("join-question")
export class JoinQuestionForm extends ChatElement {
  static override styles = [button, shared, field, passwordFieldStyles, ClearWarning.styles, joinFormStyles];

  @property({ attribute: false }) talk!: JoinTalk;
  @property() name = "";
  /** What the server said; an error unless `isCalm`. */
  @property({ attribute: false }) said: string | undefined;
  @property({ type: Boolean }) isCalm = false;
  /** When it may be tried again. */
  @property({ attribute: false }) retryAtMs: number | undefined;
  @property({ type: Boolean }) entering = false;

  /** What is wrong with what was typed; found before it is sent. */
  @state() private problem: string | undefined;
  @query("#code") private code!: HTMLInputElement | null;
  readonly #password = new PasswordField(this, "password");
  readonly #wait = new WaitNote(this);
  readonly #warning = new ClearWarning(this, {
    sendAnyway: () => this.dispatchEvent(new AnsweredEvent({ clearIsMeant: true })),
    dontSend: () => this.dispatchEvent(new AnotherNameEvent()),
  });

  /** Puts the focus where the answer goes. */
  override focus(): void {
    if (this.talk.isInClear) this.#warning.focus();
    else if (this.talk.question === "invitation") this.code?.focus();
    else this.#password.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has("talk")) this.problem = undefined;
    this.#wait.until(this.retryAtMs);
  }

  protected override render() {
    const { texts } = this.locale;
    const { question, isInClear } = this.talk;
    if (isInClear) return this.#warning.render(this.locale);
    return html`
      <form @submit=${this.#submit} novalidate>
        <p class="who">${sentence(texts.account.joinAs(named(this.name)))}</p>
        <input type="text" autocomplete="username" .value=${this.name} hidden readonly />
        <div>
          ${question === "invitation" ? this.#renderCode() : this.#renderPassword()}
          <p id="about" class="hint ${this.#isWrong ? "problem" : "quiet"}" aria-live="polite">${this.#about()}</p>
          ${this.#wait.render(this.locale)}
        </div>
        <button class="button brand" type="submit" ?disabled=${this.entering || this.#wait.isWaiting}>
          ${question === "account" ? texts.account.createAndJoin : texts.join}
        </button>
        ${this.entering ? nothing : this.#renderWayBack()}
      </form>
    `;
  }

  #renderPassword() {
    const { account } = this.locale.texts;
    const { question } = this.talk;
    const labels = {
      password: account.passwordOf(this.name),
      "chat-password": account.chatPassword,
      "new-password": account.newPassword,
      account: account.choosePassword,
    };
    const isNew = newPasswords.includes(question);
    return this.#password.render(
      {
        label: labels[question as keyof typeof labels],
        // A manager would take the chat's password for the person's own.
        autocomplete: question === "chat-password" ? "off" : isNew ? "new-password" : "current-password",
        about: "about",
        isInvalid: this.#isWrong,
        isReadonly: this.entering,
      },
      this.locale,
    );
  }

  #renderCode() {
    return html`
      <label for="code">${this.locale.texts.account.invitation}</label>
      <input
        class="field"
        id="code"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        translate="no"
        aria-invalid=${this.#isWrong ? "true" : "false"}
        aria-describedby="about"
        ?readonly=${this.entering}
      />
    `;
  }

  #renderWayBack() {
    const { account } = this.locale.texts;
    const label = this.talk.question === "account" ? account.haveAccount : account.anotherName;
    return html`
      <button class="button outlined" type="button" @click=${() => this.dispatchEvent(new AnotherNameEvent())}>
        ${label}
      </button>
    `;
  }

  get #isWrong(): boolean {
    return this.problem !== undefined || (this.said !== undefined && !this.isCalm);
  }

  /** What is wrong or asked, and what an answer looks like. */
  #about(): string {
    if (this.problem !== undefined) return this.problem;
    const { account } = this.locale.texts;
    const isNew = newPasswords.includes(this.talk.question);
    const hint = isNew
      ? account.passwordHint
      : this.talk.question === "invitation"
        ? account.invitationHint
        : undefined;
    // For how long stands below.
    const said = this.retryAtMs === undefined ? this.said : account.tooManyAttempts;
    return [said, hint].flatMap((part) => (part === undefined ? [] : [`${part}.`])).join(" ");
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.entering || this.#wait.isWaiting) return;
    const answer = this.#answer();
    if (answer) this.dispatchEvent(new AnsweredEvent(answer));
    else this.focus();
  }

  /** The answer, which is in no field any more; undefined when it cannot be one. */
  #answer(): JoinCredentials | undefined {
    const { account } = this.locale.texts;
    const { question } = this.talk;
    if (question === "invitation") {
      const typed = this.code?.value.trim() ?? "";
      this.problem = typed === "" ? account.noCode : undefined;
      return typed === "" ? undefined : { invitation: invitationIn(typed) ?? typed };
    }
    const password = this.#password.value;
    const problem = newPasswords.includes(question) ? passwordProblem(password) : undefined;
    this.problem = password === "" ? account.nothingTyped : problem && account.problems[problem];
    if (this.problem !== undefined) return undefined;
    this.#password.clear();
    if (question === "chat-password") return { chatPassword: password };
    if (question === "new-password") return { newPassword: password };
    return { password, ...(question === "account" ? { register: true } : {}) };
  }
}

declare global {
  interface HTMLElementEventMap {
    answered: AnsweredEvent;
    "another-name": AnotherNameEvent;
  }
}
