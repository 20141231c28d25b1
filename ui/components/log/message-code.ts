/** A block of code in a message, with a copy button. */
import { css, html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { copyToClipboard } from "../../browser/clipboard.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { checkIcon, copyIcon } from "../shared/icons.ts";

@customElement("message-code")
export class MessageCode extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        position: relative;
        margin: 0.1875rem 0;
        border-radius: var(--radius-s);
        background: var(--code);
        font-style: normal;
        white-space: normal;
      }

      /* It wraps: sideways scrolling is hard on a phone and with a keyboard. */
      pre {
        min-height: 2rem;
        margin: 0;
        padding: 0.375rem 2.5rem 0.375rem var(--space-2);
        font: 0.92em / 1.45 var(--font-mono);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        tab-size: 4;
      }

      code {
        font: inherit;
      }

      button {
        display: grid;
        position: absolute;
        inset-block-start: 0;
        inset-inline-end: 0;
        place-items: center;
        width: 2rem;
        height: 2rem;
        border: 0;
        border-radius: var(--radius-s);
        background: none;
        color: inherit;
        cursor: pointer;
      }

      button:hover {
        background: var(--code);
      }

      .icon {
        width: 1rem;
        height: 1rem;
      }

      @media (pointer: coarse) {
        pre {
          min-height: 2.75rem;
          padding-inline-end: 3rem;
        }

        button {
          width: 2.75rem;
          height: 2.75rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) code = "";
  /** The result of the last copy, until the person turns to something else. */
  @state() private copied: boolean | undefined;

  protected override render() {
    const { texts } = this.locale;
    const said = this.copied === undefined ? "" : this.copied ? texts.copied : texts.notCopied;
    return html`
      <pre translate="no"><code>${this.code}</code></pre>
      <button
        type="button"
        title=${said || texts.copyCode}
        @click=${this.#copy}
        @pointerleave=${this.#forget}
        @blur=${this.#forget}
      >
        <span class="spoken">${texts.copyCode}</span>${this.copied ? checkIcon : copyIcon}
      </button>
      <span class="spoken" role="status">${said}</span>
    `;
  }

  async #copy(): Promise<void> {
    this.copied = await copyToClipboard(this.code);
  }

  #forget(): void {
    this.copied = undefined;
  }
}
