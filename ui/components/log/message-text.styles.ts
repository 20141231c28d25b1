/** The styles of marked-up text. */
import { css } from "lit";

export const messageTextStyles = css`
  .said code {
    padding: 0.0625rem 0.25rem;
    border-radius: var(--radius-s);
    background: var(--code);
    font: 0.92em var(--font-mono);
  }

  .said blockquote,
  .said ul,
  .said ol {
    margin: 0.1875rem 0;
  }

  .said blockquote {
    padding-inline-start: var(--space-2);
    border-inline-start: 0.1875rem solid var(--line-strong);
  }

  .said ul,
  .said ol {
    padding-inline-start: 1.375rem;
  }

  .said ul {
    list-style: disc;
  }

  .said del {
    opacity: 0.75;
  }

  .said .place {
    color: var(--ink-quiet);
    font-size: var(--text-s);
  }

  .own .said .place {
    color: inherit;
  }

  .action .said em {
    font-style: normal;
  }

  .mention {
    border-radius: var(--radius-s);
    font-weight: 600;
  }

  .mention.me {
    padding: 0.0625rem 0.1875rem;
    background: var(--mention);
  }

  .mentioned .bubble {
    border-color: var(--mention-line);
    background: var(--mention-soft);
  }
`;
