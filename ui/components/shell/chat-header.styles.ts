/** The styles of chat-header: one row, with what is less important left out where it is narrow. */
import { css } from "lit";

export const chatHeaderStyles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
    padding: max(var(--space-2), env(safe-area-inset-top)) var(--space-4) var(--space-2);
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }

  .mark {
    display: grid;
    place-items: center;
    flex: none;
    width: 2.25rem;
    height: 2.25rem;
    border-radius: var(--radius-m);
    background: var(--accent);
    color: var(--accent-ink);
  }

  .room {
    flex: 1;
    min-width: 0;
  }

  h1 {
    overflow: hidden;
    font: 600 var(--text-l) / 1.2 var(--font-display);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .room p {
    overflow: hidden;
    /* In either direction, it starts below the name. */
    text-align: left;
    color: var(--ink-quiet);
    font-size: var(--text-xs);
    line-height: 1.35;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Problems get a line of their own: they have more to say. */
  connection-status:not([tone="good"]) {
    order: 1;
    flex: none;
    width: calc(100% + 2 * var(--space-4));
    margin: 0 calc(-1 * var(--space-4)) calc(-1 * var(--space-2));
    padding: var(--space-1) var(--space-4);
    background: var(--sunken);
  }

  .button {
    --button-height: var(--target);
  }

  h1 .icon {
    width: 1rem;
    height: 1rem;
    margin-inline-end: var(--space-1);
  }

  .people,
  .rooms {
    --button-padding: 0.625rem;
  }

  .badge {
    padding: 0 0.4375rem;
    border-radius: 999px;
    background: var(--accent);
    color: var(--accent-ink);
    font-size: var(--text-xs);
    line-height: 1.6;
  }

  .sign {
    display: flex;
  }

  .people .count,
  .rooms .count {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
  }

  @media print {
    connection-status,
    overflow-menu {
      display: none;
    }
  }

  @media (width < 48rem) {
    .search,
    .people,
    .rooms {
      --button-padding: 0.5rem;
    }

    .sign {
      justify-content: center;
      min-width: 1.75rem;
    }

    h1 {
      font-size: 1.0625rem;
    }

    .room {
      padding-inline-start: var(--space-1);
    }

    /* Still read aloud. */
    .words {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    header {
      padding-inline: var(--space-3);
      column-gap: var(--space-1);
    }

    connection-status:not([tone="good"]) {
      width: calc(100% + 2 * var(--space-3));
      margin-inline: calc(-1 * var(--space-3));
      padding-inline: var(--space-3);
    }
  }
`;
