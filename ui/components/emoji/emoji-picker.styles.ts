/** The styles of emoji-picker: a search field, a row of categories, and a scrolling grid. */
import { css } from "lit";

export const emojiPickerStyles = css`
  .picker {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr) auto;
    gap: var(--space-2);
    height: 100%;
    padding: var(--space-2);
  }

  .search {
    width: 100%;
    min-height: 2.25rem;
    padding: var(--space-1) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--surface);
    color: var(--ink);
    font: max(1rem, var(--text-m)) / 1.4 var(--font);
  }

  .search:focus-visible {
    outline-offset: -1px;
  }

  /* The browser's own button is blue on one theme and too bright on the other. */
  .search::-webkit-search-cancel-button {
    appearance: none;
  }

  .search::placeholder {
    color: var(--ink-quiet);
    opacity: 1;
  }

  .tabs {
    display: flex;
    border-bottom: 1px solid var(--line);
  }

  button {
    display: grid;
    place-items: center;
    padding: 0;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    color: inherit;
    font: inherit;
    line-height: 1;
    cursor: pointer;
  }

  button:focus-visible {
    outline-offset: -2px;
  }

  .tabs button {
    flex: 1;
    min-width: 0;
    height: 2.25rem;
    border-bottom: 0.1875rem solid transparent;
    border-radius: var(--radius-s) var(--radius-s) 0 0;
    font-size: 1.125rem;
    filter: grayscale(0.7);
  }

  .tabs [aria-selected="true"] {
    border-bottom-color: var(--accent);
    filter: none;
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(2.25rem, 1fr));
    grid-auto-rows: 2.25rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .grid button {
    font-size: 1.5rem;
  }

  button:hover,
  .grid button:focus-visible {
    background: var(--sunken);
  }

  .grid p {
    grid-column: 1 / -1;
    padding: var(--space-3);
    color: var(--ink-quiet);
  }

  .preview {
    min-height: 1.5rem;
    overflow: hidden;
    font-size: var(--text-s);
    line-height: 1.5rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .preview b {
    font-size: 1.25rem;
    vertical-align: middle;
  }

  .preview span {
    color: var(--ink-quiet);
  }

  @media (pointer: coarse) {
    .search,
    .tabs button {
      min-height: 2.75rem;
    }

    .grid {
      grid-template-columns: repeat(auto-fill, minmax(2.75rem, 1fr));
      grid-auto-rows: 2.75rem;
    }

    .preview {
      display: none;
    }
  }
`;
