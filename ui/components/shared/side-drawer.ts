/**
 * A panel over one side of a narrow page, for what does not fit beside the messages. Escape or a click beside it closes
 * it.
 */
import { css, html, type PropertyValues } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";

/** The drawer is closed, whoever closed it. */
export class DrawerClosedEvent extends Event {
  static readonly eventName = "drawer-closed";

  constructor() {
    super(DrawerClosedEvent.eventName);
  }
}

@customElement("side-drawer")
export class SideDrawer extends ChatElement {
  static override styles = [
    shared,
    css`
      dialog {
        width: min(20rem, 85vw);
        max-width: none;
        height: 100dvh;
        max-height: none;
        margin: 0 auto 0 0;
        padding: var(--space-4);
        overflow: hidden auto;
        overscroll-behavior: contain;
        border: 0;
        background: var(--surface);
        box-shadow: 0 0.75rem 2.5rem var(--shadow);
        color: var(--ink);
        transition: translate var(--moving) ease;
      }

      dialog[open] {
        @starting-style {
          translate: -100%;
        }
      }

      .end {
        margin: 0 0 0 auto;
      }

      .end[open] {
        @starting-style {
          translate: 100%;
        }
      }

      dialog::backdrop {
        background: var(--backdrop);
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property() side: "start" | "end" = "start";
  /** The name that is read aloud. */
  @property() label = "";
  @query("dialog") private dialog!: HTMLDialogElement;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.open && !this.dialog.open) this.dialog.showModal();
    if (!this.open) this.dialog.close();
  }

  protected override render() {
    return html`
      <dialog class=${this.side} aria-label=${this.label} @close=${this.#onClose} @click=${this.#onClick}>
        <slot></slot>
      </dialog>
    `;
  }

  #onClose(): void {
    this.dispatchEvent(new DrawerClosedEvent());
  }

  /** A click on the dialog's own padding does not close it; only one beside the dialog does. */
  #onClick(event: MouseEvent): void {
    if (event.target !== this.dialog) return;
    const { left, right } = this.dialog.getBoundingClientRect();
    if (event.clientX < left || event.clientX > right) this.dialog.close();
  }
}

declare global {
  interface HTMLElementEventMap {
    "drawer-closed": DrawerClosedEvent;
  }
}
