/**
 * A password field of an element, with a button that shows what is typed. What is typed is only in the field itself: it
 * is read once, when it is used.
 */
import { css, html, type LitElement } from "lit";
import type { Locale } from "../../locales/locale.ts";
import { eyeIcon, hiddenIcon } from "./icons.ts";

export interface PasswordFieldLook {
  label: string;
  /** What a password manager does with it. */
  autocomplete: "current-password" | "new-password" | "off";
  /** The id of the text that says what is wrong, or what to type. */
  about: string;
  isInvalid: boolean;
  isReadonly?: boolean;
}

export const passwordFieldStyles = css`
  .password {
    position: relative;
  }

  .password .field {
    padding-inline-end: 3rem;
  }

  .password button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    display: grid;
    place-items: center;
    width: 2.75rem;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    color: var(--ink-quiet);
    cursor: pointer;
  }

  .password button:hover {
    color: var(--ink);
  }
`;

export class PasswordField {
  readonly #host: LitElement;
  readonly #id: string;
  #isShown = false;

  /** @param id of the input; another one for each field of an element */
  constructor(host: LitElement, id: string) {
    this.#host = host;
    this.#id = id;
  }

  get value(): string {
    return this.#input?.value ?? "";
  }

  /** Leaves nothing in the field. */
  clear(): void {
    if (this.#input) this.#input.value = "";
    this.#show(false);
  }

  focus(): void {
    this.#input?.focus();
  }

  render({ label, autocomplete, about, isInvalid, isReadonly = false }: PasswordFieldLook, { texts }: Locale) {
    const action = this.#isShown ? texts.account.hidePassword : texts.account.showPassword;
    return html`
      <label for=${this.#id}>${label}</label>
      <div class="password">
        <input
          class="field"
          id=${this.#id}
          type=${this.#isShown ? "text" : "password"}
          autocomplete=${autocomplete}
          autocapitalize="off"
          spellcheck="false"
          translate="no"
          aria-invalid=${isInvalid ? "true" : "false"}
          aria-describedby=${about}
          ?readonly=${isReadonly}
        />
        <button type="button" title=${action} aria-controls=${this.#id} @click=${() => this.#show(!this.#isShown)}>
          <span class="spoken">${action}</span>${this.#isShown ? hiddenIcon : eyeIcon}
        </button>
      </div>
    `;
  }

  get #input(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector(`#${this.#id}`);
  }

  #show(isShown: boolean): void {
    this.#isShown = isShown;
    this.#host.requestUpdate();
  }
}
