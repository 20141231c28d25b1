/** The looks of connection-inspector.ts. */
import { css } from "lit";

export const connectionInspectorStyles = css`
  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    width: min(44rem, 100vw - 2rem);
    overflow: hidden;
  }

  .inside {
    grid-template-rows: auto auto minmax(6rem, 1fr);
    gap: var(--space-3);
  }

  h3,
  dl,
  dd,
  ol {
    margin: 0;
  }

  h3 {
    color: var(--ink-quiet);
    font-size: var(--text-s);
    font-weight: 600;
  }

  dl {
    display: grid;
    gap: var(--space-2);
  }

  dl > div {
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
  }

  dt {
    color: var(--ink-quiet);
    font-size: var(--text-s);
  }

  dd {
    display: flex;
    flex-wrap: wrap;
    column-gap: var(--space-3);
  }

  .state {
    color: var(--bad);
    font-weight: 600;
  }

  .good .state {
    color: var(--good);
  }

  /* The dot says without colour what the colour says: filled when connected, hollow when not. */
  .state::before {
    content: "";
    display: inline-block;
    box-sizing: border-box;
    width: 0.5rem;
    height: 0.5rem;
    margin-inline-end: var(--space-2);
    border: 2px solid;
    border-radius: 50%;
    vertical-align: 0.0625em;
  }

  .good .state::before {
    background: currentColor;
  }

  .protection .icon {
    flex: none;
    width: 1em;
    height: 1em;
    margin-block-start: 0.2em;
  }

  .protection {
    flex-wrap: nowrap;
    gap: var(--space-2);
  }

  .about {
    color: var(--ink-quiet);
    overflow-wrap: anywhere;
  }

  ol {
    overflow: auto;
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-m);
    background: var(--sunken);
    list-style: none;
    font-size: var(--text-xs);
  }

  li {
    display: grid;
    grid-template-columns: auto 1rem minmax(0, 1fr);
    gap: var(--space-2);
    padding-block: 0.125rem;
  }

  li::before {
    content: "←";
    order: 1;
    color: var(--good);
  }

  li.out::before {
    content: "→";
    color: var(--accent);
  }

  li.none {
    display: block;
    color: var(--ink-quiet);
  }

  li.none::before {
    content: none;
  }

  time {
    color: var(--ink-quiet);
    font-variant-numeric: tabular-nums;
  }

  code {
    order: 2;
    font-family: var(--font-mono);
    overflow-wrap: anywhere;
  }

  /* There is no room for the line beside the time. */
  @media (width < 30rem) {
    dialog[open] {
      width: 100vw;
    }

    li {
      grid-template-columns: 1rem minmax(0, 1fr);
      gap: 0 var(--space-2);
      padding-block: 0.25rem;
    }

    time {
      order: 1;
    }

    code {
      grid-column: 2;
    }

    li::before {
      order: 0;
    }
  }
`;
