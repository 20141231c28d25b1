/** The styles of account-dialog and of what it contains. */
import { css } from "lit";

export const accountStyles = css`
  .inside p {
    text-wrap: pretty;
  }

  form {
    display: grid;
    gap: var(--space-3);
  }

  label {
    display: block;
    margin-bottom: var(--space-1);
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  h3 {
    margin: 0;
    font: 600 var(--text-l) / 1.3 var(--font-display);
  }

  .hint {
    margin-top: var(--space-1);
    font-size: var(--text-s);
  }

  .quiet {
    color: var(--ink-quiet);
  }

  .standing {
    display: flex;
    gap: var(--space-3);
    overflow-wrap: anywhere;
  }

  .standing .icon {
    flex: none;
    margin-top: 0.125rem;
  }

  .standing.registered .icon {
    color: var(--good);
  }

  .said {
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-m);
    background: var(--accent-soft);
    color: var(--accent-soft-ink);
    overflow-wrap: anywhere;
  }

  .said:empty {
    display: none;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  .ways .button,
  form .button {
    white-space: normal;
  }

  .danger {
    color: var(--bad);
  }

  section {
    display: grid;
    gap: var(--space-3);
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }

  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-3);
    padding: var(--space-2) 0;
  }

  li + li {
    border-top: 1px solid var(--line);
  }

  .device {
    flex: 1 1 12rem;
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .device b {
    font-weight: 600;
  }

  .badge {
    margin-inline-start: var(--space-1);
    padding: 0.0625rem 0.5rem;
    border-radius: 999px;
    background: var(--accent-soft);
    color: var(--accent-soft-ink);
    font-size: var(--text-xs);
    font-weight: 600;
  }

  .when {
    display: block;
    color: var(--ink-quiet);
    font-size: var(--text-s);
  }
`;
