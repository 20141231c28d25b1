/** Lists all keyboard shortcuts, which are defined in store/settings/shortcuts.ts. */
import { css, html } from "lit";
import { customElement } from "lit/decorators.js";
import { isMac } from "../../browser/keyboard.ts";
import { keysOf, type Shortcut, shortcuts } from "../../store/settings/shortcuts.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { shared } from "../../styles/shared.ts";
import { OverlayElement } from "../shared/overlay-element.ts";

@customElement("shortcut-sheet")
export class ShortcutSheet extends OverlayElement {
  static override styles = [
    shared,
    dialogStyles,
    css`
      h3 {
        margin: 0 0 var(--space-1);
        color: var(--ink-quiet);
        font-size: var(--text-s);
        font-weight: 600;
      }

      li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-4);
        padding-block: var(--space-1);
      }

      li + li {
        border-top: 1px solid var(--line);
      }

      .keys {
        display: flex;
        flex: none;
        gap: var(--space-1);
      }

      kbd {
        min-width: 1.75rem;
        padding: 0.125rem 0.4375rem;
        border: 1px solid var(--line-strong);
        border-bottom-width: 2px;
        border-radius: var(--radius-s);
        background: var(--paper);
        font: 600 var(--text-s) / 1.4 var(--font);
        text-align: center;
      }
    `,
  ];

  protected override render() {
    const { title, places } = this.locale.texts.shortcuts;
    const sections = Object.entries(places).map(([place, label]) => {
      const keys = shortcuts.filter((shortcut) => shortcut.scope === place);
      return html`
        <section>
          <h3 id=${place}>${label}</h3>
          <ul role="list" aria-labelledby=${place}>${keys.map((shortcut) => this.#renderShortcut(shortcut))}</ul>
        </section>
      `;
    });
    return this.renderDialog(title, html`${this.renderTitle(title)}<div class="inside">${sections}</div>`);
  }

  #renderShortcut(shortcut: Shortcut) {
    const { what, keys } = this.locale.texts.shortcuts;
    const held = keysOf(shortcut, isMac).map((key) => html`<kbd translate="no">${keys[key] ?? key}</kbd>`);
    return html`<li><span>${what[shortcut.id]}</span><span class="keys">${held}</span></li>`;
  }
}
