/**
 * The join form: asks for a name, and says why somebody has to wait or was refused. What a name may be is decided in
 * protocol/names.ts.
 */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { Dropped } from "../../../protocol/characters.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { type NameProblem, parseName } from "../../../protocol/names.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { button } from "../../styles/button.ts";
import { centredCard } from "../../styles/centred-card.ts";
import { field, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { named, sentence } from "../shared/sentence.ts";
import "../connection/connection-status.ts";
import { sayDropped } from "../composer/typed-problem.ts";
import { armchairIcon } from "../shared/icons.ts";

@customElement("join-form")
export class JoinForm extends ChatElement {
  static override styles = [
    button,
    shared,
    centredCard,
    field,
    css`
      form {
        display: grid;
        gap: var(--space-3);
        margin-top: var(--space-2);
      }

      label {
        display: block;
        margin-bottom: var(--space-1);
        font-weight: 600;
      }

      .hint {
        margin-top: var(--space-1);
        font-size: var(--text-s);
      }

      .waiting {
        display: flex;
        align-items: center;
        gap: var(--space-3);
      }

      .farewell {
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius-m);
        background: var(--accent-soft);
        color: var(--accent-soft-ink);
      }

      .spinner {
        flex: none;
        width: 1.25rem;
        height: 1.25rem;
        border: 2px solid var(--line);
        border-top-color: var(--accent);
        border-radius: 50%;
        animation: turning 1s linear infinite;
      }

      @keyframes turning {
        to {
          rotate: 1turn;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        .spinner {
          animation: none;
        }
      }

      .address {
        padding-top: var(--space-4);
        border-top: 1px solid var(--line);
        font-size: var(--text-s);
      }
    `,
  ];

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
  @query("input") private input!: HTMLInputElement;

  protected override firstUpdated(): void {
    this.input.value = this.store.keep.get("name") ?? this.store.state.name ?? "";
    this.input.focus();
    this.input.select();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // A reloaded window may be waiting under a name that the bridge has yet to tell this page.
    if (this.#joinState.value === "entering") this.input.value = this.store.state.name ?? "";
    if (this.#refusal() !== undefined && !this.edited && this.#joinState.value === "out") this.input.focus();
  }

  protected override render() {
    const { texts } = this.locale;
    const entering = this.#joinState.value === "entering";
    const problem = this.problem === undefined ? this.#refusal() : texts.nameProblems[this.problem];
    return html`
      <main>
        <div class="card">
          <div class="mark">${armchairIcon}</div>
          <div>
            <h1 translate="no">Salotto</h1>
            <p class="quiet">${texts.tagline}</p>
          </div>
          ${this.#renderFarewell()}
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
            ${entering ? this.#renderEntering() : nothing}
          </form>
          <div class="address quiet">
            ${this.#server.value === undefined ? nothing : html`<p>${sentence(texts.server(named(this.#server.value)))}</p>`}
            ${this.#bridge.value === "open" ? nothing : html`<connection-status></connection-status>`}
          </div>
        </div>
      </main>
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
    const result = parseName(this.input.value);
    this.dropped = result.ok ? result.dropped : undefined;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const result = parseName(this.input.value);
    this.problem = result.ok ? undefined : result.problem;
    this.edited = false;
    if (!result.ok) this.input.focus();
    else if (this.#joinState.value === "out") this.store.join(result.name);
  }
}
