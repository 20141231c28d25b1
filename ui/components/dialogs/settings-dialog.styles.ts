/** The styles of settings-dialog: related settings stand close together. */
import { css } from "lit";

export const settingsDialogStyles = css`
  .row label,
  h3 {
    font-size: var(--text-m);
    font-weight: 600;
  }

  h3 {
    margin: var(--space-3) 0 0;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-3);
  }

  .row label {
    flex: 1 0 6rem;
    min-width: 0;
  }

  .row .field {
    flex: 1 1 11rem;
    max-width: 14rem;
  }

  @media (width < 30rem) {
    .row .field {
      max-width: none;
    }
  }

  .notifications {
    display: grid;
    gap: var(--space-2);
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }

  .notifications legend {
    float: inline-start;
    margin: 0;
    font: 600 var(--text-l) / 1.3 var(--font-display);
  }

  .notifications .row label {
    font-weight: 400;
  }

  select.field {
    min-height: var(--target);
    padding-block: 0.3rem;
  }

  .hours {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    padding-inline-start: 2rem;
  }

  .hours label {
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }

  .hours .field {
    width: auto;
    padding-block: 0.3rem;
  }

  .note {
    color: var(--ink-quiet);
    font-size: var(--text-s);
  }

  .note:empty {
    display: none;
  }
`;
