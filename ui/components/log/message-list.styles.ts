/** The styles of message-list: a scroller with a centred column, and a way back to the end. */
import { css } from "lit";

export const messageListStyles = css`
  :host {
    display: block;
    position: relative;
    min-height: 0;
  }

  .scroller {
    height: 100%;
    overflow: hidden auto;
    /* The page keeps the reader's place itself, because not every browser does. */
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-color: var(--line-strong) transparent;
    scrollbar-width: thin;
  }

  .scroller:focus-visible {
    outline-offset: -2px;
  }

  .content {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    min-height: 100%;
    max-width: 56rem;
    margin-inline: auto;
    padding: var(--space-4);
  }

  .content::before {
    /* A few messages stand at the bottom, next to where the next one is written. */
    content: "";
    margin-top: auto;
  }

  /* Its size is known before it is drawn, so nothing moves. */
  loading-skeleton {
    flex: none;
    height: calc(3 * 2.25rem + 2 * var(--space-4));
  }

  .floating {
    position: absolute;
    inset: auto var(--space-3) var(--space-3);
    display: grid;
    justify-items: center;
    gap: var(--space-2);
    pointer-events: none;
  }

  @media print {
    .scroller {
      height: auto;
      overflow: visible;
    }

    .content {
      max-width: none;
    }

    .floating {
      display: none;
    }
  }

  .trouble {
    padding: var(--space-1) var(--space-3);
    border: 1px solid var(--bad);
    border-radius: var(--radius-m);
    background: var(--bad-soft);
    color: var(--ink);
    font-size: var(--text-s);
  }
`;
