/**
 * The suggestions for the word being written, above the field. Loaded when somebody first writes something that can be
 * completed. It has no shadow root, because a field can only refer to an active option in the same tree.
 */
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { type Completion, CompletionController, type Field } from "../../controllers/completion-controller.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { completionListStyles } from "./completion-list.styles.ts";
import "../shared/person-avatar.ts";

/** Another option became active, or the list closed. */
export class CompletingEvent extends Event {
  static readonly eventName = "completing";
  /** The id of the active option. */
  readonly active: string | undefined;

  constructor(active: string | undefined) {
    super(CompletingEvent.eventName);
    this.active = active;
  }
}

const idOf = (index: number) => `completion-${index}`;

@customElement("completion-list")
export class CompletionList extends ChatElement {
  @property({ attribute: false }) field!: Field;
  readonly #completion = new CompletionController(this, () => this.field);

  /** Call whenever the text or the caret may have moved. */
  follow(): Promise<void> {
    return this.#completion.follow(this.locale.language);
  }

  close(): void {
    this.#completion.close();
  }

  /** @returns true when the key was for the list */
  onKeyDown(event: KeyboardEvent): boolean {
    return this.#completion.onKeyDown(event);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode() as ShadowRoot;
    const { styleSheet } = completionListStyles;
    if (styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
  }

  protected override createRenderRoot() {
    return this;
  }

  protected override updated(): void {
    const { options, active } = this.#completion;
    this.dispatchEvent(new CompletingEvent(options.length > 0 ? idOf(active) : undefined));
  }

  protected override render() {
    const { options, active } = this.#completion;
    if (options.length === 0) return nothing;
    // All commands may be more than fit: the list scrolls, so the keyboard has to get into it.
    return html`
      <ul class="completions" id="completions" role="listbox" tabindex="0" aria-label=${this.locale.texts.completions}>
        ${options.map(
          (option, index) => html`
            <li
              id=${idOf(index)}
              role="option"
              aria-selected=${index === active ? "true" : "false"}
              @pointerdown=${(event: Event) => event.preventDefault()}
              @click=${() => this.#completion.take(index)}
            >
              ${this.#renderOption(option)}
            </li>
          `,
        )}
      </ul>
    `;
  }

  #renderOption(option: Completion) {
    const { texts } = this.locale;
    switch (option.kind) {
      case "emoji":
        return html`<span class="glyph" translate="no">${option.emoji.emoji}</span> <span translate="no">:${option.emoji.shortcode}:</span>
          <span class="about">${option.emoji.label}</span>`;
      case "person":
        return html`<person-avatar name=${option.name}></person-avatar> <bdi translate="no">${option.name}</bdi>
          <span class="about">${this.field.isHere(option.name) ? nothing : texts.notInThisRoom}</span>`;
      case "command": {
        const { more, about } = texts.commands[option.name];
        return html`<span class="command"><span translate="no">/${option.name}</span> <i>${more}</i></span> <span class="about">${about}</span>`;
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "completion-list": CompletionList;
  }

  interface HTMLElementEventMap {
    completing: CompletingEvent;
  }
}
