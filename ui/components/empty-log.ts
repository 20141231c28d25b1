/** What stands in a room where nobody has said anything yet. */
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { isPrivate } from "../store/state.ts";
import { shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { armchairIcon } from "./icons.ts";

@customElement("empty-log")
export class EmptyLog extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--space-1);
        margin: auto;
        padding: var(--space-4);
        color: var(--ink-quiet);
        text-align: center;
      }

      .icon {
        width: 4rem;
        height: 4rem;
        margin-bottom: var(--space-2);
        color: var(--accent);
        stroke-width: 1.1;
      }

      h2 {
        color: var(--ink);
        font: 600 var(--text-l) / 1.3 var(--font-display);
        text-wrap: balance;
      }
    `,
  ];

  @property() room = "";

  protected override render() {
    const { texts } = this.locale;
    return html`
      ${armchairIcon}
      <h2>${texts.emptyTitle}</h2>
      <p>${isPrivate(this.room) ? texts.emptyPrivate : texts.emptyText}</p>
    `;
  }
}
