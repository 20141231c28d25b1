/** The styles of people-list: one row for each person. */
import { css } from "lit";

export const peopleListStyles = css`
  h2 {
    display: flex;
    align-items: baseline;
    gap: var(--space-2);
    padding: var(--space-1) var(--space-2) var(--space-3);
    font-size: var(--text-s);
    font-weight: 600;
  }

  .count {
    padding: 0 0.5rem;
    border-radius: 999px;
    background: var(--sunken);
    color: var(--ink-quiet);
    font-size: var(--text-xs);
    line-height: 1.6;
  }

  .person {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    width: 100%;
    padding: var(--space-1) var(--space-2);
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    --avatar-size: var(--avatar-size-s);
  }

  button.person {
    cursor: pointer;
  }

  @media (hover: hover) {
    button.person:hover {
      background: var(--sunken);
    }
  }

  @media (pointer: coarse) {
    .person {
      min-height: 2.75rem;
    }
  }

  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .called {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    min-width: 0;
  }

  .mark {
    display: flex;
    flex: none;
    color: var(--ink-quiet);
  }

  .mark .icon {
    width: 0.9375rem;
    height: 0.9375rem;
  }

  .avatar {
    position: relative;
    display: flex;
  }

  .avatar::after {
    content: "";
    position: absolute;
    inset-block-end: -0.0625rem;
    inset-inline-end: -0.0625rem;
    width: 0.625rem;
    height: 0.625rem;
    box-sizing: border-box;
    border: 2px solid var(--ground, var(--surface));
    border-radius: 50%;
    background: var(--good);
  }

  .idle .avatar::after {
    background: var(--ground, var(--surface));
    box-shadow: inset 0 0 0 2px var(--wait);
  }

  /* Without a connection, nobody knows who is there. */
  .unknown .avatar::after {
    background: var(--line-strong);
    box-shadow: none;
  }

  /* With forced colours, the two dots would look the same. */
  @media (forced-colors: active) {
    .avatar::after {
      border-color: Canvas;
      background: CanvasText;
      forced-color-adjust: none;
    }

    .idle .avatar::after {
      background: Canvas;
      box-shadow: inset 0 0 0 2px CanvasText;
    }
  }

  .absent .avatar::after {
    content: none;
  }

  .absent .avatar {
    filter: grayscale(0.7);
  }

  .absent .name,
  .idle .name,
  .seen {
    color: var(--ink-quiet);
  }

  h3 {
    margin: 0;
    padding: var(--space-4) var(--space-2) var(--space-2);
    color: var(--ink-quiet);
    font-size: var(--text-xs);
    font-weight: 600;
  }

  .who {
    display: grid;
    min-width: 0;
  }

  .seen {
    font-size: var(--text-xs);
  }

  .alone {
    margin-top: var(--space-3);
    padding: var(--space-3);
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius-m);
    color: var(--ink-quiet);
    font-size: var(--text-s);
    line-height: 1.4;
  }

  .alone b {
    display: block;
    color: var(--ink);
  }

  li {
    display: flex;
    align-items: center;
  }

  li > .person {
    flex: 1;
    min-width: 0;
  }

  .more {
    display: grid;
    flex: none;
    place-items: center;
    width: var(--target);
    height: var(--target);
    padding: 0;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    color: var(--ink-quiet);
    cursor: pointer;
  }

  @media (hover: hover) {
    .more {
      opacity: 0;
    }

    li:hover .more,
    .more:focus-visible {
      opacity: 1;
    }

    .more:hover {
      background: var(--sunken);
    }
  }

  .role {
    color: var(--ink-quiet);
    font-size: var(--text-xs);
  }

  .you {
    color: var(--ink-quiet);
    font-size: var(--text-s);
    white-space: nowrap;
  }
`;
