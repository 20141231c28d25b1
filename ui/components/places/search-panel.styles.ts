/** The styles of search-panel: a field, the results below it, and a way to a day at the end. */
import { css } from "lit";

export const searchPanelStyles = css`
  :host,
  .results,
  .result {
    grid-template-columns: minmax(0, 1fr);
  }

  :host {
    display: grid;
    gap: var(--space-4);
    align-content: start;
  }

  .title {
    display: flex;
    align-items: center;
    justify-content: space-between;
    /* As high as the heading of the panel it replaces. */
    margin-block: calc((1.75rem - var(--target)) / 2);
  }

  /* Its icon stands above the edge of what is below. */
  .title .button {
    --button-height: var(--target);
    --button-padding: 0.5rem;
    margin-inline-end: -0.5rem;
  }

  h2 {
    font: 600 var(--text-l) / 1.2 var(--font-display);
  }

  form {
    display: grid;
    gap: var(--space-2);
  }

  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--space-2);
  }

  label {
    font-size: var(--text-s);
    font-weight: 600;
  }

  .row .button {
    --button-height: 100%;
    --button-padding: 0.75rem;
  }

  .field {
    padding: 0.45rem 0.75rem;
  }

  /* The browser's own button is blue on one theme and too bright on the other; Escape and Backspace do the same. */
  .field::-webkit-search-cancel-button {
    appearance: none;
  }

  .hint {
    color: var(--ink-quiet);
    font-size: var(--text-s);
    text-wrap: pretty;
  }

  code {
    padding: 0 0.1875rem;
    border-radius: var(--radius-s);
    background: var(--sunken);
    font: var(--text-xs) / 1.5 var(--font-mono);
    white-space: nowrap;
  }

  /* Results start where the field does. */
  .empty {
    padding-inline: 0;
    font-size: var(--text-s);
  }

  .empty .icon {
    width: 2.5rem;
    height: 2.5rem;
  }

  .empty h3 {
    font-size: var(--text-m);
  }

  .results {
    display: grid;
    gap: var(--space-1);
    margin-inline: calc(-1 * var(--space-2));
  }

  .result {
    display: grid;
    gap: 0.125rem;
    width: 100%;
    padding: var(--space-2);
    border: 1px solid transparent;
    border-radius: var(--radius-m);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  @media (hover: hover) {
    .result:hover {
      background: var(--sunken);
    }
  }

  .where {
    display: flex;
    align-items: baseline;
    gap: var(--space-2);
    color: var(--ink-quiet);
    font-size: var(--text-xs);
    white-space: nowrap;
  }

  .where .author,
  .where .room {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .where .author {
    font-size: var(--text-s);
  }

  /* A name can be recognised from fewer letters than a room. */
  .where .room {
    flex: none;
    max-width: 40%;
  }

  .room .icon {
    width: 0.75rem;
    height: 0.75rem;
    margin-inline-end: 0.125rem;
  }

  time {
    flex: none;
    margin-inline-start: auto;
  }

  .said {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    font-size: var(--text-s);
    line-height: 1.45;
    overflow-wrap: anywhere;
  }

  mark {
    border-radius: 0.1875rem;
    background: var(--accent-soft);
    box-shadow: 0 0 0 0.0625rem var(--accent-soft);
    color: var(--accent-soft-ink);
    font-weight: 600;
  }

  /* The actions for all results. */
  .ways {
    --button-height: var(--target);

    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    margin-top: var(--space-2);
  }

  .ways .button {
    flex: 1;
  }

  .day {
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }
`;
