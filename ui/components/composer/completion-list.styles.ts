/** The styles of completion-list, which sits on the upper edge of the composer. */
import { css } from "lit";

export const completionListStyles = css`
  .completions {
    position: absolute;
    z-index: 2;
    inset-block-end: 100%;
    inset-inline: var(--space-4);
    max-width: 30rem;
    max-height: min(22rem, 50vh);
    margin-block-end: calc(-1 * var(--space-2));
    padding: var(--space-1);
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
    box-shadow: 0 0.25rem 1.5rem var(--shadow);
  }

  .completions li {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-height: 2.25rem;
    padding: var(--space-1) var(--space-2);
    border-radius: calc(var(--radius-m) - 0.25rem);
    cursor: pointer;
  }

  .completions li[aria-selected="true"] {
    background: var(--accent-soft);
    color: var(--accent-soft-ink);
  }

  .completions .glyph {
    width: 1.75rem;
    font-size: 1.25rem;
    line-height: 1;
    text-align: center;
  }

  .completions person-avatar {
    --avatar-size: 1.75rem;
  }

  .completions .command {
    flex: none;
    font-weight: 600;
  }

  .completions i {
    font-weight: 400;
  }

  .completions .about {
    overflow: hidden;
    color: var(--ink-quiet);
    font-size: var(--text-s);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .completions li[aria-selected="true"] .about {
    color: inherit;
  }

  @media (pointer: coarse) {
    .completions li {
      min-height: 2.75rem;
    }
  }

  @media (width < 48rem) {
    .completions {
      inset-inline: var(--space-2);
    }

    /* What a command does is worth a second line. */
    .completions .about {
      white-space: normal;
    }
  }
`;
