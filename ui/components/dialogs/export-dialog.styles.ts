/** The styles of export-dialog: the choices one below the other, and the actions at the end. */
import { css } from "lit";

export const exportDialogStyles = css`
  form {
    display: grid;
    gap: var(--space-4);
  }

  .day {
    display: grid;
    gap: var(--space-1);
    justify-items: start;
    font-size: var(--text-m);
    font-weight: 600;
  }

  .day .field {
    width: auto;
    min-height: var(--target);
    padding-block: 0.3rem;
    font-weight: 400;
  }

  .note {
    color: var(--ink-quiet);
    font-size: var(--text-s);
  }

  .problem {
    font-size: var(--text-m);
  }

  .count {
    font-variant-numeric: tabular-nums;
  }

  /* A long query makes a long file name. */
  .file {
    overflow-wrap: anywhere;
  }

  /* Hidden parts take up no room. */
  .inside {
    gap: 0;
  }

  [role="status"] > :not(.spoken),
  .count {
    margin-bottom: var(--space-4);
  }

  .ways {
    --button-height: var(--target);

    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
`;
