/** The root of the page: provides the store and the reader's language to everything below it. */
import { provide } from "@lit/context";
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { localeContext, storeContext } from "../../controllers/contexts.ts";
import type { Locale } from "../../locales/locale.ts";
import type { ChatStore } from "../../store/services/chat-store.ts";
import "./current-view.ts";
import { PageElement } from "../shared/page-element.ts";

@customElement("salotto-app")
export class SalottoApp extends PageElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      /* Excludes what a phone's keyboard covers; see browser/viewport.ts. */
      top: var(--page-top, 0);
      height: var(--page-height, 100dvh);
      padding-inline: env(safe-area-inset-left) env(safe-area-inset-right);
    }

    @media print {
      :host {
        position: static;
        height: auto;
      }
    }
  `;

  @provide({ context: storeContext })
  @property({ attribute: false })
  store!: ChatStore;

  @provide({ context: localeContext })
  @property({ attribute: false })
  locale!: Locale;

  /** Renders nothing until main.ts has provided both: the element is in index.html, and exists before them. */
  protected override render() {
    return this.store && this.locale ? html`<current-view></current-view>` : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "salotto-app": SalottoApp;
  }
}
