/** A line across the log above a new day, or above the unread messages. */
import { css, html, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ClockController } from "../../controllers/clock-controller.ts";
import type { LogItem } from "../../store/selectors/log-items.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";

/** Today becomes yesterday within this many ms of midnight. */
const dayTickMs = 60_000;

@customElement("log-separator")
export class LogSeparator extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        margin-block: var(--space-2);
        color: var(--ink-quiet);
        font: 600 var(--text-s) / 1.4 var(--font-display);
      }

      :host::before,
      :host::after {
        content: "";
        flex: 1;
        border-top: 1px solid var(--line);
      }

      :host([kind="unread"]) {
        color: var(--accent);
      }
    `,
  ];

  readonly #clock = new ClockController(this);

  @property({ attribute: false }) item!: Extract<LogItem, { kind: "day" | "unread" }>;
  /** The kind of the item. */
  @property({ reflect: true }) kind: "day" | "unread" = "day";

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.kind = this.item.kind;
    this.#clock.tick(this.item.kind === "day" ? dayTickMs : 0);
  }

  protected override render() {
    const { item, locale } = this;
    const said = item.kind === "day" ? locale.day(item.time, this.#clock.nowMs) : locale.texts.newFromHere;
    return html`<span>${said}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "log-separator": LogSeparator;
  }
}
