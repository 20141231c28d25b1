/** The look of the page before the chat: one centred card. */
import { css } from "lit";

export const centredCard = css`
  main {
    display: grid;
    place-items: center;
    min-height: 100%;
    padding: var(--space-4);
    overflow: auto;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
    width: min(100%, 25rem);
    padding: var(--space-8) var(--space-6) var(--space-6);
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--surface);
    box-shadow: 0 1rem 3rem var(--shadow);
  }

  .mark {
    display: grid;
    place-items: center;
    width: 3.5rem;
    height: 3.5rem;
    border-radius: var(--radius-l);
    background: var(--accent);
    color: var(--accent-ink);
  }

  .mark .icon {
    width: 2.125rem;
    height: 2.125rem;
  }

  h1 {
    font: 600 var(--text-xl) / 1.15 var(--font-display);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  .quiet {
    color: var(--ink-quiet);
  }
`;
