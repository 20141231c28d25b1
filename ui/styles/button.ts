/** Buttons: in the accent colour, outlined, or plain; `aria-busy` while they work. */
import { css } from "lit";

export const button = css`
  .button {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: var(--button-height);
    padding: 0 var(--button-padding, 1rem);
    border: 1px solid transparent;
    border-radius: var(--radius-m);
    background: none;
    color: var(--ink);
    font: 600 var(--text-m) / 1.3 var(--font);
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    transition: background var(--moving) ease;
  }

  .button.small {
    font-size: var(--text-s);
  }

  .button.pill {
    border-radius: 999px;
  }

  .button.outlined {
    border-color: var(--line-strong);
  }

  .button.brand {
    background: var(--accent);
    color: var(--accent-ink);
  }

  .button.strong {
    background: var(--ink);
    color: var(--surface);
  }

  .button[aria-expanded="true"] {
    background: var(--sunken);
  }

  /* On touch screens, the hover style would stick. */
  @media (hover: hover) {
    .button:enabled:hover {
      background: var(--sunken);
    }

    .button.brand:enabled:hover {
      background: color-mix(in oklab, var(--accent), var(--ink) 12%);
    }

    .button.strong:enabled:hover {
      background: color-mix(in oklab, var(--ink), var(--surface) 16%);
    }
  }

  .button:enabled:active {
    background: var(--line);
  }

  .button.brand:enabled:active {
    background: color-mix(in oklab, var(--accent), var(--ink) 24%);
  }

  .button.strong:enabled:active {
    background: color-mix(in oklab, var(--ink), var(--surface) 28%);
  }

  .button:disabled {
    cursor: not-allowed;
    opacity: 0.5;
  }

  .button[aria-busy="true"] {
    cursor: progress;
    opacity: 0.6;
  }
`;
