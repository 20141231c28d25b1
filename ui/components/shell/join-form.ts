/**
 * The join form: asks for a name, then for what the server wants besides, and says why somebody has to wait or was
 * refused. What a name may be is decided in protocol/names.ts, and what is asked next in model/join-question.ts.
 */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { Dropped } from "../../../protocol/characters.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { type NameProblem, parseName } from "../../../protocol/names.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { afterRefusal, ask, firstQuestion, isOnlyAsked, type JoinTalk } from "../../store/model/join-question.ts";
import type { ServerHop } from "../../store/model/state.ts";
import { button } from "../../styles/button.ts";
import { centredCard } from "../../styles/centred-card.ts";
import { field, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { named, sentence } from "../shared/sentence.ts";
import "../connection/connection-status.ts";
import { sayDropped } from "../composer/typed-problem.ts";
import { armchairIcon } from "../shared/icons.ts";
import { joinFormStyles } from "./join-form.styles.ts";
import type { AnsweredEvent, JoinQuestionForm } from "./join-question.ts";

@customElement("join-form")
export class JoinForm extends ChatElement {
  static override styles = [button, shared, centredCard, field, joinFormStyles];

  readonly #joinState = new SliceController(this, (state) => state.joinState);
  readonly #connection = new SliceController(this, (state) => state.connection);
  readonly #bridge = new SliceController(this, (state) => state.bridge);
  readonly #server = new SliceController(this, (state) => state.server);
  readonly #goodbye = new SliceController(this, (state) => state.goodbye);

  @state() private problem: NameProblem | undefined;
  /** The server's refusal no longer concerns the field once it holds another name. */
  @state() private edited = false;
  /** What will be removed from the name. */
  @state() private dropped: readonly Dropped[] | undefined;
  @state() private talk: JoinTalk = firstQuestion;
  /** The state of the connection that the talk has taken into account. */
  #heard: ServerHop | undefined;
  @query("#name") private input!: HTMLInputElement | null;
  @query("join-question") private questions!: JoinQuestionForm | null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const connection = this.#connection.value;
    if (connection === this.#heard) return;
    this.#heard = connection;
    if (connection.phase !== "idle") return;
    const { refusal } = connection;
    // Whoever gives up, or leaves, starts anew.
    this.talk = refusal === undefined ? firstQuestion : afterRefusal(this.talk, refusal.code);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const isEntering = this.#joinState.value === "entering";
    // A reloaded window may be waiting under a name that the bridge has yet to tell this page.
    if (isEntering && this.input) this.input.value = this.#name;
    if (changed.has("talk") && !isEntering) void this.#focusField();
  }

  protected override render() {
    const { texts } = this.locale;
    return html`
      <main>
        <div class="card">
          <div class="mark">${armchairIcon}</div>
          <div>
            <h1 translate="no">Salotto</h1>
            <p class="quiet">${texts.tagline}</p>
          </div>
          ${this.#renderFarewell()}
          ${this.talk.question === "name" ? this.#renderName() : this.#renderQuestion()}
          ${this.#joinState.value === "entering" ? this.#renderEntering() : nothing}
          <div class="address quiet">
            ${this.#server.value === undefined ? nothing : html`<p>${sentence(texts.server(named(this.#server.value)))}</p>`}
            ${this.#bridge.value === "open" ? nothing : html`<connection-status></connection-status>`}
          </div>
        </div>
      </main>
    `;
  }

  #renderName() {
    const { texts } = this.locale;
    const entering = this.#joinState.value === "entering";
    const problem = this.problem === undefined ? this.#refusal() : texts.nameProblems[this.problem];
    return html`
      <form @submit=${this.#submit} novalidate>
        <div>
          <label for="name">${texts.name}</label>
          <input
            class="field"
            id="name"
            dir="auto"
            autocomplete="nickname"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="go"
            maxlength=${wireLimits.nameCharsMax * 2}
            aria-invalid=${problem ? "true" : "false"}
            aria-describedby="about-name"
            ?readonly=${entering}
            @input=${this.#edit}
          />
          <p id="about-name" class="hint ${problem ? "problem" : "quiet"}" aria-live="polite">
            ${problem ?? (this.dropped ? sayDropped(this.dropped, this.locale) : texts.nameHint)}
          </p>
        </div>
        <button class="button brand" type="submit" ?disabled=${entering}>${texts.join}</button>
      </form>
    `;
  }

  #renderQuestion() {
    const connection = this.#connection.value;
    const { refusal, retryAtMs } = connection.phase === "idle" ? connection : {};
    return html`
      <join-question
        .talk=${this.talk}
        .name=${this.#name}
        .said=${this.#refusal()}
        .isCalm=${refusal !== undefined && isOnlyAsked(refusal.code)}
        .retryAtMs=${retryAtMs}
        .entering=${this.#joinState.value === "entering"}
        @answered=${this.#answer}
        @another-name=${this.#askAgain}
      ></join-question>
    `;
  }

  #renderFarewell() {
    const { texts } = this.locale;
    const connection = this.#connection.value;
    if (this.#goodbye.value) return html`<p class="farewell" role="status">${texts.goodbye}</p>`;
    if (connection.phase !== "idle" || connection.ended === undefined) return nothing;
    return html`<p class="farewell" role="status">${texts.ended(connection.ended)}</p>`;
  }

  #renderEntering() {
    const { texts } = this.locale;
    const connection = this.#connection.value;
    const said =
      connection.phase === "waiting"
        ? texts.joinWaiting(texts.connectionErrors[connection.error.code] ?? connection.error.message)
        : this.#server.value === undefined
          ? texts.reachingBridge
          : texts.joining(this.#server.value);
    return html`
      <div class="waiting" role="status">
        <span class="spinner" aria-hidden="true"></span>
        <span>${said}</span>
      </div>
      <button class="button outlined" type="button" @click=${() => this.store.quit()}>${texts.cancel}</button>
    `;
  }

  #refusal(): string | undefined {
    const connection = this.#connection.value;
    if (connection.phase !== "idle" || !connection.refusal || this.edited) return undefined;
    const { code, message, about } = connection.refusal;
    const said = this.locale.texts.failures[code];
    if (said === undefined) return message;
    return about === undefined ? said : `${said} ${about}`;
  }

  #edit(): void {
    this.problem = undefined;
    this.edited = true;
    const result = parseName(this.input?.value ?? "");
    this.dropped = result.ok ? result.dropped : undefined;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const result = parseName(this.input?.value ?? "");
    this.problem = result.ok ? undefined : result.problem;
    this.edited = false;
    if (!result.ok) this.input?.focus();
    else if (this.#joinState.value === "out") this.store.join(result.name, this.talk.given);
  }

  #answer({ credentials }: AnsweredEvent): void {
    if (this.#joinState.value !== "out") return;
    this.talk = { ...this.talk, given: { ...this.talk.given, ...credentials }, isInClear: false };
    this.store.join(this.#name, this.talk.given);
  }

  #askAgain(): void {
    // What was said about the name before does not concern the next one.
    this.edited = true;
    this.talk = this.talk.isInClear ? firstQuestion : ask(this.talk, "name");
  }

  /** Whoever is asked something can answer it at once. */
  async #focusField(): Promise<void> {
    try {
      // Most people are asked for nothing but a name.
      if (this.talk.question !== "name") await import("./join-question.ts");
    } catch {
      // The bridge is away, as the form says; the next refusal loads it.
      return;
    }
    await this.questions?.updateComplete;
    this.questions?.focus();
    if (!this.input) return;
    const isFresh = this.input.value === "";
    if (isFresh) this.input.value = this.#name;
    this.input.focus();
    if (isFresh) this.input.select();
  }

  /** The name that was given last. */
  get #name(): string {
    return this.store.state.name ?? this.store.keep.get("name") ?? "";
  }
}
