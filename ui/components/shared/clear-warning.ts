/** Warns that others could read a password, which is sent only if the person chooses so. */
import { css, html, type LitElement } from "lit";
import type { Locale } from "../../locales/locale.ts";
import { openLockIcon } from "./icons.ts";

interface Choices {
  sendAnyway(): void;
  dontSend(): void;
}

export class ClearWarning {
  static readonly styles = css`
    .warning {
      display: grid;
      gap: var(--space-3);
      padding: var(--space-4);
      border: 1px solid var(--bad);
      border-radius: var(--radius-m);
      background: var(--bad-soft);
    }

    .warning .what {
      display: flex;
      align-items: center;
      gap: var(--space-2);
      font-weight: 600;
    }

    .warning .icon {
      flex: none;
      color: var(--bad);
    }

    .warning .ways {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
    }
  `;

  readonly #host: LitElement;
  readonly #choices: Choices;

  constructor(host: LitElement, choices: Choices) {
    this.#host = host;
    this.#choices = choices;
  }

  /** On the choice that does no harm. */
  focus(): void {
    this.#host.renderRoot.querySelector<HTMLElement>(".warning .strong")?.focus();
  }

  render({ texts: { account } }: Locale) {
    return html`
      <div class="warning" role="group" aria-labelledby="clear-title" aria-describedby="clear-text">
        <p class="what" id="clear-title">${openLockIcon}${account.clearTitle}</p>
        <p id="clear-text">${account.clearText}</p>
        <div class="ways">
          <button class="button strong" type="button" @click=${() => this.#choices.dontSend()}>${account.dontSend}</button>
          <button class="button outlined" type="button" @click=${() => this.#choices.sendAnyway()}>
            ${account.sendAnyway}
          </button>
        </div>
      </div>
    `;
  }
}
