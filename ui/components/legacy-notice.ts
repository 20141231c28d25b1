/** Says, once, what an old server cannot do. */
import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/callout/callout.js";
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { SliceController } from "../controllers/slice-controller.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { closeIcon } from "./icons.ts";

@customElement("legacy-notice")
export class LegacyNotice extends ChatElement {
  static override styles = [
    shared,
    css`
      wa-callout {
        --wa-panel-border-radius: 0;
        --wa-panel-border-width: 0;
        align-items: flex-start;
        padding: var(--space-2) var(--space-4);
        font-size: var(--text-s);
      }

      .row {
        display: flex;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--space-3);
      }

      summary {
        padding-block: 0.4375rem;
        cursor: pointer;
        font-weight: 600;
      }

      ul {
        padding: var(--space-1) 0 var(--space-2) var(--space-4);
        list-style: disc;
      }

      wa-button {
        --wa-form-control-height: 2.125rem;
        --wa-form-control-padding-inline: 0.5rem;
      }

      @media (pointer: coarse) {
        summary {
          padding-block: 0.75rem;
        }

        wa-button {
          --wa-form-control-height: 2.75rem;
          --wa-form-control-padding-inline: 0.75rem;
        }
      }

      details[open] {
        max-height: 40vh;
        overflow-y: auto;
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
      <wa-callout variant="brand" size="s">
        <div class="row">
          <details open>
            <summary>${texts.legacyTitle}</summary>
            <p>${texts.legacyText(upstream.description)}</p>
            <ul>
              ${upstream.lacks.map((lack) => html`<li>${texts.lacks[lack]}</li>`)}
            </ul>
          </details>
          <wa-button appearance="plain" size="s" @click=${() => this.#dismiss(upstream.description)}>
            <span class="spoken">${texts.dismiss}</span>${closeIcon}
          </wa-button>
        </div>
      </wa-callout>
    `;
  }

  #dismiss(description: string): void {
    this.dismissed = description;
    this.store.keep.set("legacy-notice", description);
  }
}
