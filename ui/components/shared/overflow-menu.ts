/** A button that opens a menu of less common actions. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { isInputMethodKey } from "../../browser/input-method.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { menuIcon } from "./icons.ts";

export interface MenuItem {
  label: string;
  icon: TemplateResult;
  /** The shortcut for the same action. */
  keys?: string;
  disabled?: boolean;
  run: () => void;
}

/** The gap between button and menu, in CSS pixels. */
const gapPx = 4;

@customElement("overflow-menu")
export class OverflowMenu extends ChatElement {
  static override styles = [
    shared,
    css`
      .trigger {
        display: grid;
        place-items: center;
        width: var(--target);
        height: var(--target);
        padding: 0;
        border: 0;
        border-radius: var(--radius-m);
        background: none;
        color: inherit;
        cursor: pointer;
      }

      .trigger[aria-expanded="true"] {
        background: var(--sunken);
      }

      @media (hover: hover) {
        .trigger:hover {
          background: var(--sunken);
        }
      }

      [role="menu"] {
        position: fixed;
        inset: auto;
        min-width: 14rem;
        max-width: calc(100vw - 1rem);
        margin: 0;
        padding: var(--space-1);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface);
        box-shadow: 0 0.5rem 1.5rem var(--shadow);
        color: var(--ink);
      }

      [role="menuitem"] {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        width: 100%;
        min-height: var(--target);
        padding: var(--space-1) var(--space-3);
        border: 0;
        border-radius: var(--radius-s);
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }

      [role="menuitem"]:hover,
      [role="menuitem"]:focus-visible {
        background: var(--sunken);
      }

      [role="menuitem"]:focus-visible {
        outline-offset: -2px;
      }

      [role="menuitem"]:disabled {
        color: var(--ink-quiet);
        cursor: default;
      }

      .label {
        flex: 1;
      }

      kbd {
        color: var(--ink-quiet);
        font: var(--text-s) / 1.4 var(--font);
      }

      @media (hover: none) {
        kbd {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) items: readonly MenuItem[] = [];
  @state() private isOpen = false;
  @query(".trigger") private trigger!: HTMLButtonElement;
  @query("[role=menu]") private menu!: HTMLElement;

  protected override render() {
    const { texts } = this.locale;
    return html`
      <button
        type="button"
        class="trigger"
        title=${texts.menu}
        aria-label=${texts.menu}
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        popovertarget="menu"
        @keydown=${this.#onTriggerKey}
      >
        ${menuIcon}
      </button>
      <div
        id="menu"
        role="menu"
        popover
        aria-label=${texts.menu}
        @beforetoggle=${this.#place}
        @toggle=${this.#onToggle}
        @keydown=${this.#onKeyDown}
      >
        ${this.items.map(
          (item) => html`
            <button type="button" role="menuitem" tabindex="-1" ?disabled=${item.disabled} @click=${() => this.#run(item)}>
              ${item.icon}<span class="label">${item.label}</span>
              ${item.keys ? html`<kbd translate="no" aria-hidden="true">${item.keys}</kbd>` : nothing}
            </button>
          `,
        )}
      </div>
    `;
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>("[role=menuitem]:enabled")];
  }

  /** Right below the button, wherever it is now. */
  #place(): void {
    const { bottom, right } = this.trigger.getBoundingClientRect();
    this.menu.style.top = `${bottom + gapPx}px`;
    this.menu.style.right = `${document.documentElement.clientWidth - right}px`;
  }

  #onToggle({ newState }: ToggleEvent): void {
    this.isOpen = newState === "open";
    if (this.isOpen && !this.menu.matches(":focus-within")) this.#buttons[0]?.focus();
  }

  #onTriggerKey(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" || isInputMethodKey(event)) return;
    event.preventDefault();
    this.menu.showPopover();
    this.#buttons[0]?.focus();
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (isInputMethodKey(event)) return;
    const buttons = this.#buttons;
    const at = buttons.indexOf(this.shadowRoot?.activeElement as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") this.#close();
    if (next === undefined) return;
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  }

  #run({ run }: MenuItem): void {
    // Whatever opens next returns the focus to where it is now.
    this.#close();
    run();
  }

  #close(): void {
    this.menu.hidePopover();
    this.trigger.focus();
  }
}
