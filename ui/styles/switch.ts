/** A checkbox with its label, large enough for a finger. */
import { css } from "lit";

export const switchStyles = css`
  .switch {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: var(--target);
    cursor: pointer;
  }

  .switch input {
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }
`;
