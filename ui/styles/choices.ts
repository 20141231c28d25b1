/** Radio buttons shown as their choices: side by side where they fit, below their legend. */
import { css } from "lit";

export const choiceStyles = css`
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    margin-bottom: var(--space-2);
    padding: 0;
    font-size: var(--text-m);
    font-weight: 600;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  .choice {
    position: relative;
    cursor: pointer;
  }

  .choice input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .choice span {
    display: block;
    padding: calc((var(--target) - 1lh) / 2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    line-height: 1.4;
  }

  .choice:hover span {
    background: var(--sunken);
  }

  .choice :checked + span {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--accent-ink);
    font-weight: 600;
  }

  .choice :focus-visible + span {
    outline: var(--focus);
    outline-offset: 2px;
  }

  @media (forced-colors: active) {
    .choice :checked + span {
      outline: 2px solid Highlight;
    }
  }
`;
