/** The look of overlays: a card with a title and a close button. On a phone it is as wide as the page. */
import { css } from "lit";
import { button } from "./button.ts";

const dialog = css`
  dialog {
    width: min(34rem, 100vw - 2rem);
    max-width: none;
    max-height: min(44rem, 100dvh - 2rem);
    padding: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--surface);
    box-shadow: 0 1rem 3rem var(--shadow);
    color: var(--ink);
    scrollbar-width: thin;
  }

  dialog::backdrop {
    background: var(--backdrop);
  }

  .inside {
    display: grid;
    gap: var(--space-4);
    padding: var(--space-4) var(--space-6) var(--space-6);
  }

  .title {
    position: sticky;
    z-index: 1;
    top: 0;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    padding: var(--space-3) var(--space-3) var(--space-3) var(--space-6);
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }

  .title h2 {
    font: 600 var(--text-l) / 1.3 var(--font-display);
  }

  .title .button {
    --button-height: var(--target);
    --button-padding: 0.5rem;
  }

  @media (width < 30rem) {
    dialog {
      width: 100vw;
      max-height: 100dvh;
      margin: auto 0 0;
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }

    .inside {
      padding-inline: var(--space-4);
      padding-bottom: max(var(--space-6), env(safe-area-inset-bottom));
    }

    .title {
      padding-inline-start: var(--space-4);
    }
  }
`;

/** With the button styles, because every card has a close button. */
export const dialogStyles = [button, dialog];
