/** The styles of message-composer: one centred row, with notes below it. */
import { css } from "lit";

export const messageComposerStyles = css`
  :host {
    display: block;
    position: relative;
    border-top: 1px solid var(--line);
    background: var(--surface);
  }

  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: end;
    gap: var(--space-1) var(--space-2);
    max-width: 56rem;
    margin-inline: auto;
    padding: var(--space-3) var(--space-4);
    padding-bottom: max(var(--space-2), env(safe-area-inset-bottom));
  }

  textarea {
    max-height: min(12rem, 35vh);
    overflow-y: auto;
    resize: none;
    scrollbar-width: thin;
  }

  /* Inside the field, at its end: on a phone there is no room beside it. */
  .writing {
    position: relative;
  }

  .writing .field {
    padding-inline-end: 3rem;
  }

  /* An empty field has one line. */
  .writing .field::placeholder {
    overflow: hidden;
    white-space: nowrap;
  }

  .emoji {
    display: grid;
    position: absolute;
    inset: auto 0 0 auto;
    place-items: center;
    width: 2.75rem;
    height: 2.75rem;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    color: var(--ink-quiet);
    cursor: pointer;
  }

  .emoji:hover {
    color: var(--ink);
  }

  .emoji:focus-visible {
    outline-offset: -4px;
  }

  composer-about {
    grid-column: 1 / -1;
  }

  .button {
    --button-height: 2.75rem;
  }

  .button .icon {
    display: block;
  }

  .note {
    grid-column: 1 / -1;
    color: var(--ink-quiet);
    font-size: var(--text-xs);
    line-height: 1.4;
  }

  .note.problem,
  .note.offline {
    font-size: var(--text-s);
  }

  .note.problem {
    color: var(--bad);
  }

  .note.offline {
    color: var(--wait);
  }

  @media (pointer: coarse) {
    .keys {
      display: none;
    }
  }

  @media (width < 48rem) {
    form {
      padding-inline: var(--space-3);
    }
  }

  /* Still read aloud. */
  @media (width < 30rem) {
    .button {
      --button-padding: 0.75rem;
    }

    .words {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`;
