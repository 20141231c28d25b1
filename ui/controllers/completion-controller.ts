/**
 * Completes the word at the caret of a text field, and handles the keys that choose a suggestion.
 * components/composer/completion-list.ts shows them; the focus stays in the field.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { loadEmoji } from "../browser/emoji-data.ts";
import {
  completeCommands,
  completePeople,
  completionsMax,
  type Unfinished,
  unfinishedAt,
} from "../store/selectors/completion.ts";
import { type CommandName, commandsWithMore } from "../store/selectors/typed-line.ts";
import { type Emoji, searchEmoji } from "../store/text/emoji.ts";

export type Completion =
  | { kind: "emoji"; emoji: Emoji }
  | { kind: "person"; name: string }
  | { kind: "command"; name: CommandName };

/** The field to complete in, and the possible completions. */
export interface Field {
  textarea(): HTMLTextAreaElement;
  /** The best first. */
  people(): readonly string[];
  /** Whether somebody is in the room. */
  isHere(name: string): boolean;
  commands(): readonly CommandName[];
  /** Called when the field's text was changed. */
  changed(): void;
}

export class CompletionController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #field: () => Field;
  #unfinished: Unfinished | undefined;
  /** Where the person dismissed the suggestions. */
  #refused: number | undefined;
  #options: readonly Completion[] = [];
  #active = 0;
  /** The person has moved through the list, so Enter chooses from it. */
  #hasMoved = false;

  constructor(host: ReactiveControllerHost, field: () => Field) {
    this.#host = host;
    this.#field = field;
    host.addController(this);
  }

  hostConnected(): void {}

  get options(): readonly Completion[] {
    return this.#options;
  }

  get active(): number {
    return this.#active;
  }

  async follow(language: string): Promise<void> {
    const { value, selectionStart, selectionEnd } = this.#field().textarea();
    const unfinished = selectionStart === selectionEnd ? unfinishedAt(value, selectionStart) : undefined;
    if (unfinished?.from !== this.#refused) this.#refused = undefined;
    if (isSame(unfinished, this.#unfinished)) return;
    this.#unfinished = unfinished;
    const options = unfinished && this.#refused === undefined ? await this.#find(unfinished, language) : [];
    // Emoji take a moment to load the first time.
    if (this.#unfinished === unfinished) this.#show(options);
  }

  close(): void {
    this.#unfinished = undefined;
    this.#show([]);
  }

  onKeyDown({ key, shiftKey }: KeyboardEvent): boolean {
    const { length } = this.#options;
    if (length === 0 || shiftKey) return false;
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (step !== undefined) {
      this.#active = (this.#active + step + length) % length;
      this.#hasMoved = true;
      this.#host.requestUpdate();
    } else if (key === "Escape") {
      this.#refused = this.#unfinished?.from;
      this.#show([]);
    } else if (key === "Tab" || (key === "Enter" && this.#isMeant)) this.take(this.#active);
    else return false;
    return true;
  }

  take(index: number): void {
    const option = this.#options[index];
    const unfinished = this.#unfinished;
    if (!option || !unfinished) return;
    const textarea = this.#field().textarea();
    textarea.setRangeText(textOf(option), unfinished.from, unfinished.to, "end");
    this.close();
    this.#field().changed();
    textarea.focus();
  }

  /** Enter sends the text when the word is complete already or hardly begun. */
  get #isMeant(): boolean {
    if (this.#hasMoved) return true;
    const { typed = "" } = this.#unfinished ?? {};
    const option = this.#options[this.#active];
    if (typed === "" || !option) return false;
    return option.kind === "emoji" || option.name.toLowerCase() !== typed.trim().toLowerCase();
  }

  async #find({ kind, typed }: Unfinished, language: string): Promise<readonly Completion[]> {
    switch (kind) {
      case "person":
        return completePeople(this.#field().people(), typed).map((name) => ({ kind, name }));
      case "command":
        return completeCommands(this.#field().commands(), typed).map((name) => ({ kind, name }));
      case "emoji": {
        // Without the bridge there are none.
        const all = await loadEmoji(language).catch(() => []);
        return searchEmoji(all, typed, completionsMax).map((emoji) => ({ kind, emoji }));
      }
    }
  }

  #show(options: readonly Completion[]): void {
    this.#options = options;
    this.#active = 0;
    this.#hasMoved = false;
    this.#host.requestUpdate();
  }
}

function isSame(one: Unfinished | undefined, other: Unfinished | undefined): boolean {
  return one?.kind === other?.kind && one?.typed === other?.typed && one?.from === other?.from;
}

function textOf(option: Completion): string {
  switch (option.kind) {
    case "emoji":
      return `${option.emoji.emoji} `;
    case "person":
      return `@${option.name} `;
    case "command":
      return commandsWithMore.includes(option.name) ? `/${option.name} ` : `/${option.name}`;
  }
}
