/** The styles of the forms before the chat: one question below the other. */
import { css } from "lit";

export const joinFormStyles = css`
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    margin-top: var(--space-2);
  }

  /* In some languages, what a button does takes more than a line on a phone. */
  form .button {
    padding-block: var(--space-1);
    white-space: normal;
  }

  .who {
    overflow-wrap: anywhere;
  }

  label {
    display: block;
    margin-bottom: var(--space-1);
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .hint {
    margin-top: var(--space-1);
    font-size: var(--text-s);
  }

  .quiet {
    color: var(--ink-quiet);
  }

  .waiting {
    display: flex;
    align-items: center;
    gap: var(--space-3);
  }

  .farewell {
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-m);
    background: var(--accent-soft);
    color: var(--accent-soft-ink);
  }

  .spinner {
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
    border: 2px solid var(--line);
    border-top-color: var(--accent);
    border-radius: 50%;
    animation: turning 1s linear infinite;
  }

  @keyframes turning {
    to {
      rotate: 1turn;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }

  .address {
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
    font-size: var(--text-s);
  }
`;
