/** The base of every overlay: a modal dialog that is open from its first drawing, and tells when it is closed. */
import { html, type TemplateResult } from "lit";
import { query } from "lit/decorators.js";
import { ChatElement } from "./chat-element.ts";
import { closeIcon } from "./icons.ts";
import { OverlayClosedEvent } from "./overlay-events.ts";

export class OverlayElement extends ChatElement {
  @query("dialog") private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected close(): void {
    this.dialog.close();
  }

  /** @param label the name that is read aloud */
  protected renderDialog(label: string, content: unknown): TemplateResult {
    return html`
      <dialog aria-label=${label} @close=${this.#onClose} @click=${this.#onClick} @keydown=${this.#onKeyDown}>
        ${content}
      </dialog>
    `;
  }

  protected renderTitle(title: string): TemplateResult {
    return html`
      <div class="title">
        <h2>${title}</h2>
        <button class="button" type="button" @click=${this.close}>
          <span class="spoken">${this.locale.texts.close}</span>${closeIcon}
        </button>
      </div>
    `;
  }

  #onClose(): void {
    this.dispatchEvent(new OverlayClosedEvent());
  }

  /** The content covers the whole dialog, so a click on the dialog itself is a click on the page behind it. */
  #onClick(event: MouseEvent): void {
    if (event.target === this.dialog) this.close();
  }

  /** The page's shortcuts do not work here. */
  #onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
  }
}
