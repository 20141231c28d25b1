/** Fills a room where nobody has said anything yet. */
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { isPrivate } from "../../store/model/state.ts";
import { empty } from "../../styles/empty.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { armchairIcon } from "../shared/icons.ts";

@customElement("empty-log")
export class EmptyLog extends ChatElement {
  static override styles = [
    shared,
    empty,
    css`
      :host {
        margin: auto;
      }
    `,
  ];

  @property() room = "";

  protected override render() {
    const { texts } = this.locale;
    return html`
      <div class="empty">
        ${armchairIcon}
        <h2>${texts.emptyTitle}</h2>
        <p>${isPrivate(this.room) ? texts.emptyPrivate : texts.emptyText}</p>
      </div>
    `;
  }
}
