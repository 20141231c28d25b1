/** The styles of message-group: bubbles on the left for others, on the right in the accent colour for oneself. */
import { css } from "lit";

export const messageGroupStyles = css`
  :host {
    display: block;
  }

  .group {
    container-type: inline-size;
    display: flex;
    align-items: flex-start;
    gap: var(--space-2);
  }

  .messages {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.1875rem;
    min-width: 0;
    max-width: min(40rem, 88%);
  }

  .own {
    justify-content: flex-end;
  }

  .own .messages {
    align-items: flex-end;
  }

  .head {
    padding-inline: var(--space-1);
    font-size: var(--text-s);
  }

  @media print {
    .message {
      break-inside: avoid;
    }

    message-actions {
      display: none;
    }
  }

  .message {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: inherit;
    max-width: 100%;
  }

  .message:focus-visible {
    outline: none;
  }

  .message:focus-visible .bubble {
    outline: var(--focus);
    outline-offset: 1px;
  }

  /* On the upper edge of its message. */
  message-actions {
    --bar-width: 11.5rem;
    position: absolute;
    z-index: 1;
    inset-block-end: calc(100% - 0.25rem);
    inset-inline-start: 0;
  }

  message-actions[showing="reactions"] {
    --bar-width: 15.5rem;
  }

  message-actions[showing="more"],
  message-actions[showing="confirmation"] {
    --bar-width: 18rem;
  }

  .own message-actions {
    inset-inline: auto 0;
  }

  .action message-actions {
    inset-inline-start: 50%;
    translate: -50%;
  }

  /* As wide as a phone allows beside the avatar. */
  @media (pointer: coarse) {
    .group:not(.own, .action) message-actions[showing="reactions"] {
      inset-inline-start: -2.75rem;
    }
  }

  /* Beside the message where there is room, so that the pointer can still reach the message above. */
  @media (hover: hover) {
    .group:not(.action) message-actions {
      inset-block: min(50%, 1.1875rem) auto;
      inset-inline-start: min(100%, 100cqi - 2.75rem - var(--bar-width));
      translate: 0 -50%;
    }

    .group.own:not(.action) message-actions {
      inset-inline: auto min(100%, 100cqi - var(--bar-width));
    }
  }

  message-actions,
  message-reactions,
  .note,
  .failure {
    user-select: none;
  }

  message-reactions {
    margin-block: 0.1875rem;
    padding-inline: var(--space-1);
  }

  .quote {
    display: flex;
    gap: 0.375em;
    /* Relative to the group's width, so that a quote does not widen its message. */
    max-width: min(22rem, 70cqi);
    margin: 0.125rem 0 0.25rem;
    padding: 0 0 0 var(--space-2);
    border: 0;
    border-inline-start: 0.1875rem solid var(--accent);
    background: none;
    color: var(--ink-quiet);
    font: inherit;
    font-size: var(--text-s);
    text-align: start;
    white-space: nowrap;
    cursor: pointer;
  }

  /* Each part is cut at its own end, whichever side that is. */
  .quote > [dir] {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .quote > b {
    flex: none;
    max-width: 50%;
  }

  .own .quote {
    color: inherit;
  }

  .quote:hover {
    text-decoration: underline;
  }

  .tombstone,
  .deleted .bubble {
    color: var(--ink-quiet);
  }

  .deleted .bubble,
  .own .deleted .bubble {
    border: 1px dashed var(--line-strong);
    background: none;
  }

  .note {
    padding: 0.125rem var(--space-1);
    color: var(--ink-quiet);
    font-size: var(--text-s);
  }

  .bubble {
    position: relative;
    max-width: 100%;
    padding: 0.4375rem var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    border-start-start-radius: var(--radius-s);
    background: var(--surface);
    /* Each paragraph has its own direction and starts on that side. */
    unicode-bidi: plaintext;
  }

  .own .bubble {
    border-color: transparent;
    border-start-start-radius: var(--radius-l);
    border-start-end-radius: var(--radius-s);
    background: var(--accent-soft);
    color: var(--accent-soft-ink);
  }

  .text,
  .said {
    display: inline;
    /* Browsers isolate block elements; these follow the direction of the bubble's paragraphs. */
    unicode-bidi: normal;
  }

  .said blockquote,
  .said li {
    unicode-bidi: plaintext;
  }

  .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    tab-size: 4;
  }

  /* After the last word where there is room, otherwise below it. */
  .meta {
    user-select: none;
    float: right;
    margin: 0.35em 0 -0.1em var(--space-3);
    color: var(--ink-quiet);
    font-size: var(--text-xs);
    white-space: nowrap;
  }

  .own .meta {
    color: inherit;
  }

  .mark {
    margin-right: var(--space-1);
  }

  .pending .bubble,
  .waiting .bubble {
    border: 1px dashed var(--accent);
    background: transparent;
    color: var(--ink);
  }

  .failed .bubble {
    border: 1px solid var(--bad);
    background: var(--bad-soft);
    color: var(--ink);
  }

  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-1) var(--space-2);
    padding-block: var(--space-1);
    font-size: var(--text-s);
  }

  .failure .button {
    --button-height: 2rem;
    --button-padding: 0.75rem;
  }

  @media (pointer: coarse) {
    .failure .button {
      --button-height: 2.75rem;
    }
  }

  .reason {
    color: var(--bad);
  }

  .large .bubble {
    padding-inline: var(--space-1);
    border-color: transparent;
    background: none;
    color: var(--ink);
  }

  .large .text {
    font-size: 2.25rem;
    line-height: 1.2;
  }

  /* Aligned with the bottom of the emoji, not the top. */
  .large .meta {
    margin-top: 1.9rem;
  }

  .action,
  .action .messages {
    justify-content: center;
    align-items: center;
    max-width: 100%;
  }

  .action {
    flex: 1;
  }

  .action .bubble {
    padding-block: 0;
    border-color: transparent;
    background: none;
    color: var(--ink);
    font-style: italic;
    text-align: center;
  }

  /* With forced colours, a border would appear that is not there otherwise. */
  @media (forced-colors: active) {
    .large .bubble,
    .action .bubble {
      border-color: Canvas;
    }
  }

  .action .meta {
    float: none;
    margin-left: var(--space-2);
    color: var(--ink-quiet);
    font-style: normal;
  }
`;
