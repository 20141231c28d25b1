/** Shows who is writing in a room, above the composer. It is not read aloud, because it changes too often. */
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { SliceController } from "../../controllers/slice-controller.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { named, sentence } from "../shared/sentence.ts";

/** Up to this many people are named. */
const namedMax = 3;

@customElement("typing-line")
export class TypingLine extends ChatElement {
  static override styles = [
    shared,
    css`
      /* Takes up no space: it comes and goes, and nothing should move for it. */
      :host {
        position: relative;
        display: block;
        height: 0;
      }

      div {
        position: absolute;
        inset: auto 0 0;
        max-width: 56rem;
        margin-inline: auto;
        padding-inline: var(--space-4);
      }

      p {
        display: inline-flex;
        align-items: baseline;
        gap: 0.375rem;
        max-width: 100%;
        padding: 0 var(--space-2);
        border-radius: var(--radius-s) var(--radius-s) 0 0;
        background: var(--paper);
        color: var(--ink-quiet);
        font-size: var(--text-xs);
        line-height: 1.6;
      }

      .who {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      i {
        flex: none;
        width: 0.25rem;
        height: 0.25rem;
        border-radius: 50%;
        background: currentColor;
        animation: breathe 1.2s ease-in-out infinite;
      }

      i + i {
        margin-inline-start: -0.1875rem;
        animation-delay: 0.2s;
      }

      i + i + i {
        animation-delay: 0.4s;
      }

      @keyframes breathe {
        50% {
          opacity: 0.2;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        i {
          animation: none;
        }
      }
    `,
  ];

  /** The key of the room. */
  @property() room = "";

  readonly #typists = new SliceController(this, (state) => state.typing.get(this.room));

  protected override render() {
    const { texts } = this.locale;
    const names = this.#typists.value?.map(({ name }) => named(name)) ?? [];
    if (names.length === 0) return nothing;
    const said = names.length > namedMax ? texts.manyTyping : texts.typing(this.locale.list(names), names.length);
    return html`<div><p><i></i><i></i><i></i><span class="who">${sentence(said)}</span></p></div>`;
  }
}
