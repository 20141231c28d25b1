/** Styles that several elements share: each shadow root starts from nothing. */
import { css } from "lit";

export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  p,
  ul {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  a {
    color: inherit;
    text-underline-offset: 0.15em;
  }

  :focus-visible {
    outline: var(--focus);
    outline-offset: 2px;
  }

  /* A person's name, where --hue is set for it. */
  .author {
    color: oklch(from var(--person-ink) l c var(--hue));
    font-weight: 600;
  }

  /* Buttons and texts that are only read aloud are neither copied nor printed. */
  button,
  .spoken {
    user-select: none;
  }

  @media print {
    button:not(.quote) {
      display: none !important;
    }
  }

  /* Read aloud, not shown. */
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Our own text fields: available ones cannot tie an error to the field for screen readers. */
export const field = css`
  .field {
    display: block;
    width: 100%;
    padding: 0.6rem 0.9rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--surface);
    color: var(--ink);
    /* iOS zooms into fields with smaller text. */
    font: max(1rem, var(--text-m)) / 1.4 var(--font);
  }

  .field::placeholder {
    color: var(--ink-quiet);
    opacity: 1;
  }

  .field:focus-visible {
    outline: var(--focus);
    outline-offset: -1px;
  }

  .field[aria-invalid="true"] {
    border-color: var(--bad);
    outline-color: var(--bad);
  }

  .problem {
    color: var(--bad);
    font-size: var(--text-s);
  }
`;

/** A room in a list: the whole line can be pressed. */
export const roomButton = css`
  .room {
    width: 100%;
    padding: var(--space-2);
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  @media (hover: hover) {
    .room:hover {
      background: var(--sunken);
    }
  }
`;
