/** The look of an empty place: an icon, a title, and what one can do about it. */
import { css } from "lit";

export const empty = css`
  .empty {
    display: grid;
    justify-items: center;
    gap: var(--space-1);
    padding: var(--space-4);
    color: var(--ink-quiet);
    text-align: center;
    text-wrap: balance;
  }

  .empty .icon {
    width: 4rem;
    height: 4rem;
    margin-bottom: var(--space-2);
    color: var(--accent);
    stroke-width: 1.1;
  }

  .empty h2,
  .empty h3 {
    margin: 0;
    color: var(--ink);
    font: 600 var(--text-l) / 1.3 var(--font-display);
  }
`;
