/** The looks of connection-inspector.ts. */
import { css } from "lit";

export const connectionInspectorStyles = css`
  dialog {
    display: grid;
    grid-template-rows: auto auto auto minmax(6rem, 1fr);
    gap: var(--space-3);
    width: min(44rem, calc(100vw - 2 * var(--space-4)));
    max-height: min(40rem, calc(100dvh - 2 * var(--space-4)));
    box-sizing: border-box;
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--surface);
    color: var(--ink);
    font: var(--text-m) / 1.5 var(--font);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }

  .title {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }

  h2,
  h3,
  dl,
  dd,
  ol {
    margin: 0;
  }

  h2 {
    font: 600 var(--text-l) / 1.3 var(--font-display);
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
    border-inline-start: 4px solid var(--bad);
    border-radius: var(--radius-s);
    background: var(--sunken);
  }

  dl > .good {
    border-color: var(--good);
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

  .state,
  .ms {
    font-weight: 600;
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

  ol:focus-visible {
    outline: var(--focus);
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
    overflow-wrap: anywhere;
  }
`;
