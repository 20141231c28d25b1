/** The styles of chat-room: the header on top, the messages in the middle, the panels beside them. */
import { css } from "lit";

export const chatRoomStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / auto minmax(0, 1fr) auto;
    min-height: 0;
  }

  chat-header {
    grid-column: 1 / -1;
  }

  main {
    display: grid;
    grid-column: 2;
    grid-template-rows: auto auto minmax(0, 1fr) auto auto;
    min-height: 0;
  }

  main > * {
    grid-column: 1;
    min-width: 0;
  }

  legacy-notice {
    grid-row: 1;
  }

  announcement-list {
    grid-row: 2;
  }

  message-list,
  loading-skeleton {
    grid-row: 3;
  }

  typing-line {
    grid-row: 4;
  }

  message-composer {
    grid-row: 5;
  }

  .beside {
    --ground: var(--paper);
    width: 15rem;
    padding: var(--space-4) var(--space-3);
    overflow-y: auto;
  }

  aside {
    grid-column: 3;
    border-left: 1px solid var(--line);
  }

  .search {
    width: min(22rem, 34vw);
  }

  .rooms {
    border-right: 1px solid var(--line);
  }

  /* Only the room and its messages are printed. */
  @media print {
    :host,
    main {
      display: block;
    }

    .beside,
    side-drawer,
    legacy-notice,
    typing-line,
    message-composer,
    emoji-popover {
      display: none;
    }
  }

  side-drawer > .button {
    --button-padding: var(--space-3);
    position: absolute;
    inset-block-start: var(--space-2);
    inset-inline-end: var(--space-2);
  }
`;
