/** The look of the dialogs about rights: actions below each other, lists of what was decided, and forms. */
import { css } from "lit";

export const rightsStyles = css`
  h3 {
    margin: 0;
    font-size: var(--text-m);
    font-weight: 600;
  }

  .outcome {
    color: var(--good-ink, var(--ink));
    font-size: var(--text-m);
  }

  .outcome.problem {
    color: var(--bad);
  }

  .outcome:empty {
    display: none;
  }

  form,
  section {
    display: grid;
    gap: var(--space-3);
  }

  section + section {
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }

  .labelled {
    display: grid;
    gap: var(--space-1);
    font-size: var(--text-m);
    font-weight: 600;
  }

  .labelled .field {
    min-height: var(--target);
    padding-block: 0.3rem;
    font-weight: 400;
  }

  .note {
    color: var(--ink-quiet);
    font-size: var(--text-s);
    font-weight: 400;
  }

  .ways {
    --button-height: var(--target);

    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  .button.danger {
    border-color: var(--bad);
    color: var(--bad);
  }

  .actions {
    display: grid;
    gap: var(--space-1);
    margin-inline: calc(-1 * var(--space-2));
  }

  .action {
    display: grid;
    width: 100%;
    min-height: var(--target);
    align-content: center;
    padding: var(--space-2);
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .action b {
    font-weight: 600;
  }

  .action.danger b {
    color: var(--bad);
  }

  .action:disabled {
    cursor: progress;
    opacity: 0.6;
  }

  @media (hover: hover) {
    .action:enabled:hover {
      background: var(--sunken);
    }
  }

  .list {
    display: grid;
    gap: var(--space-2);
  }

  .list li {
    display: grid;
    gap: var(--space-1);
    padding: var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    overflow-wrap: anywhere;
  }

  .list .ways {
    margin-top: var(--space-1);
  }

  .quoted {
    padding-inline-start: var(--space-3);
    border-inline-start: 3px solid var(--line-strong);
    white-space: pre-wrap;
  }
`;
