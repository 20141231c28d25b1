/** Shown when another window has taken the conversation over. */
import "@awesome.me/webawesome/dist/components/button/button.js";
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { door } from "../styles/door.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { armchairIcon } from "./icons.ts";

@customElement("replaced-notice")
export class ReplacedNotice extends ChatElement {
  static override styles = [shared, door];

  protected override render() {
    const { texts } = this.locale;
    return html`
      <main>
        <div class="card">
          <div class="mark">${armchairIcon}</div>
          <h1>${texts.replacedTitle}</h1>
          <p class="quiet">${texts.replacedText}</p>
          <wa-button variant="brand" @click=${() => this.store.useHere()}>${texts.useHere}</wa-button>
        </div>
      </main>
    `;
  }
}
