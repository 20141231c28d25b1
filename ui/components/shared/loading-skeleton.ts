/** The outline of what is about to appear, so that nothing jumps when it does. */
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";

/** The widths of the lines in percent, for a conversation, for the part before it, and for names. */
const widths = { log: [46, 62, 30, 54, 38], earlier: [54, 34, 48], people: [70, 55, 80] } as const;

@customElement("loading-skeleton")
export class LoadingSkeleton extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-height: 0;
        overflow: hidden;
      }

      .lines {
        display: grid;
        align-content: end;
        gap: var(--space-4);
        max-width: 56rem;
        height: 100%;
        margin-inline: auto;
        padding: var(--space-4);
      }

      .earlier {
        padding: 0;
      }

      .people {
        --avatar-size: var(--avatar-size-s);
        gap: var(--space-2);
        padding: var(--space-1) var(--space-2);
      }

      .line {
        display: flex;
        align-items: center;
        gap: var(--space-3);
      }

      .line::before {
        content: "";
        flex: none;
        width: var(--avatar-size);
        height: var(--avatar-size);
        border-radius: 50%;
        background: var(--line);
      }

      .line i {
        width: calc(var(--part) * 1%);
        height: 2.25rem;
        border-radius: var(--radius-l);
        background: var(--line);
      }

      .people .line i {
        height: 0.875rem;
      }

      .line {
        animation: breathe 1.8s ease-in-out infinite;
      }

      @keyframes breathe {
        50% {
          opacity: 0.45;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        .line {
          animation: none;
        }
      }
    `,
  ];

  @property() kind: keyof typeof widths = "log";

  protected override render() {
    return html`
      <p class="spoken" role="status">${this.locale.texts.loading}</p>
      <div class="lines ${this.kind}" aria-hidden="true">
        ${widths[this.kind].map((part) => html`<div class="line" .style=${`--part: ${part}`}><i></i></div>`)}
      </div>
    `;
  }
}
