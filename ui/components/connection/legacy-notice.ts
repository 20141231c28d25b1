/** Says in one line that the server is an old one; opened, it lists what the server cannot do. */
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { SliceController } from "../../controllers/slice-controller.ts";
import { button } from "../../styles/button.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { closeIcon } from "../shared/icons.ts";

@customElement("legacy-notice")
export class LegacyNotice extends ChatElement {
  static override styles = [
    button,
    shared,
    css`
      :host {
        background: var(--accent-soft);
        color: var(--accent-soft-ink);
        font-size: var(--text-s);
      }

      /* As wide as the messages. */
      .notice {
        position: relative;
        max-width: 56rem;
        margin-inline: auto;
        padding: 0 var(--space-4);
      }

      /* One line beside the button, however narrow the page is. */
      summary {
        width: fit-content;
        max-width: calc(100% - 2.125rem);
        padding-block: 0.4375rem;
        overflow: hidden;
        cursor: pointer;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      ul {
        padding: var(--space-1) 0 var(--space-2) var(--space-4);
        list-style: disc;
      }

      .button {
        --button-height: 2.125rem;
        --button-padding: 0.5rem;
        position: absolute;
        inset-block-start: 0;
        inset-inline-end: calc(var(--space-4) - var(--button-padding));
      }

      @media (pointer: coarse) {
        summary {
          max-width: calc(100% - 2.75rem);
          padding-block: 0.75rem;
        }

        .button {
          --button-height: 2.75rem;
          --button-padding: 0.75rem;
        }
      }

      @media (width < 48rem) {
        .notice {
          padding-inline: var(--space-3);
        }

        .button {
          inset-inline-end: 0;
        }
      }

      details[open] {
        max-height: 50vh;
        overflow-y: auto;
        scrollbar-width: thin;
      }
    `,
  ];

  readonly #upstream = new SliceController(this, (state) => state.upstream);

  /** The description of the server whose notice was dismissed in this window. */
  @state() private dismissed: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.dismissed = this.store.keep.get("legacy-notice");
  }

  protected override render() {
    const { texts } = this.locale;
    const upstream = this.#upstream.value;
    if (upstream?.kind !== "legacy" || upstream.description === this.dismissed) return nothing;
    return html`
      <div class="notice">
          <details>
            <summary>${texts.legacyTitle}</summary>
            <p>${texts.legacyText(upstream.description)}</p>
            <ul>
              ${upstream.lacks.map((lack) => html`<li>${texts.lacks[lack]}</li>`)}
            </ul>
          </details>
          <button class="button small" type="button" @click=${() => this.#dismiss(upstream.description)}>
            <span class="spoken">${texts.dismiss}</span>${closeIcon}
          </button>
      </div>
    `;
  }

  #dismiss(description: string): void {
    this.dismissed = description;
    this.store.keep.set("legacy-notice", description);
  }
}
