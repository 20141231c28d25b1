/**
 * Where a message is written: keeps the draft, says what is wrong with it before it is sent, and lets nothing be lost
 * while there is no connection. What a line means is store/typed-line.ts's business.
 */
import "@awesome.me/webawesome/dist/components/button/button.js";
import { css, html } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { lobby } from "../../protocol/names.ts";
import { AutoGrowController } from "../controllers/auto-grow-controller.ts";
import { DraftController } from "../controllers/draft-controller.ts";
import { SliceController } from "../controllers/slice-controller.ts";
import { everyone, hasRooms, isOnline, isPrivate, roomOf } from "../store/state.ts";
import { parseTyped, type Typed, type TypedProblem } from "../store/typed-line.ts";
import { field, shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import { sendIcon } from "./icons.ts";
import { roomTitle } from "./room-title.ts";

@customElement("message-composer")
export class MessageComposer extends ChatElement {
  static override styles = [
    shared,
    field,
    css`
      :host {
        display: block;
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

      wa-button {
        --wa-form-control-height: 2.75rem;
      }

      wa-button .icon {
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
    `,
  ];

  /** The key of the room that is written to. Another room has another composer. */
  @property() room = "";

  readonly #online = new SliceController(this, isOnline);
  readonly #upstream = new SliceController(this, (state) => state.upstream);
  readonly #draft = new DraftController(
    this,
    () => this.store.keep,
    () => this.room,
  );

  /** What was wrong when it was last sent; cleared by the next change. */
  @state() private problem: string | undefined;
  @query("textarea") private textarea!: HTMLTextAreaElement;

  constructor() {
    super();
    new AutoGrowController(this, () => this.textarea);
  }

  override focus(): void {
    this.textarea.focus();
  }

  protected override render() {
    const { texts } = this.locale;
    const problem = this.problem ?? this.#limitProblem();
    return html`
      <form @submit=${this.#onSubmit}>
        <label class="spoken" for="message">${texts.message}</label>
        <textarea
          class="field"
          id="message"
          rows="1"
          enterkeyhint="send"
          placeholder=${this.#placeholder()}
          aria-invalid=${problem === undefined ? "false" : "true"}
          aria-describedby="note"
          .value=${live(this.#draft.text)}
          @input=${this.#onInput}
          @keydown=${this.#onKeyDown}
        ></textarea>
        <wa-button variant="brand" type="submit">${texts.send}<span slot="end">${sendIcon}</span></wa-button>
        ${this.#renderNote(problem)}
      </form>
    `;
  }

  #placeholder(): string {
    const { texts } = this.locale;
    if (this.room === lobby) return texts.messagePlaceholder;
    return texts.placeholderIn(roomTitle(roomOf(this.store.state, this.room).name));
  }

  #renderNote(problem: string | undefined) {
    const { texts } = this.locale;
    const offline = !this.#online.value;
    const kind = problem !== undefined ? "problem" : offline ? "offline" : "";
    const said = problem ?? (offline ? texts.offlineNote : html`<span class="keys">${texts.sendHint}</span>`);
    return html`<p id="note" class="note ${kind}" aria-live="polite">${said}</p>`;
  }

  /** Limits are said while writing; other problems only when it is sent, because a line is wrong until it is finished. */
  #limitProblem(): string | undefined {
    const typed = this.#parse();
    if (typed.kind !== "problem") return undefined;
    const { code } = typed.problem;
    return code === "too-long" || code === "too-many-lines" ? this.#say(typed.problem) : undefined;
  }

  #parse(): Typed {
    const { state } = this.store;
    return parseTyped(this.#draft.text, {
      room: roomOf(state, this.room).name,
      names: everyone(state).filter((member) => member !== state.name),
      private: !this.#upstream.value?.lacks.includes("private"),
      rooms: hasRooms(state),
    });
  }

  #say(problem: TypedProblem): string {
    const { texts } = this.locale;
    const number = (value: number) => this.locale.number(value);
    switch (problem.code) {
      case "too-long":
        return texts.tooLong(number(problem.bytes), number(problem.bytesMax));
      case "too-many-lines":
        return texts.tooManyLines(number(problem.lines), number(problem.linesMax));
      case "unknown-command":
        return texts.unknownCommand(problem.command);
      case "nothing-to-say":
        return texts.nothingToSay[problem.command.toLowerCase()] ?? texts.unknownCommand(problem.command);
      case "no-such-person":
        return texts.noSuchPerson(problem.typed);
      case "no-private":
        return texts.noPrivate;
      case "no-rooms":
        return texts.noRooms;
      case "room-name":
        return texts.roomNameProblem;
      case "not-here":
        return texts.notHere[problem.command.toLowerCase()] ?? texts.unknownCommand(problem.command);
      case "name":
        return texts.nameProblems[problem.problem];
    }
  }

  #onInput(): void {
    this.problem = undefined;
    this.#draft.text = this.textarea.value;
  }

  #onKeyDown(event: KeyboardEvent): void {
    // While composing (Japanese, Chinese, accents), Enter ends the composition; Safari says so only by the key code.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void this.#send();
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void this.#send();
    this.textarea.focus();
  }

  async #send(): Promise<void> {
    const typed = this.#parse();
    switch (typed.kind) {
      case "nothing":
        return;
      case "problem":
        this.problem = this.#say(typed.problem);
        return;
      case "quit":
        this.#draft.text = "";
        this.store.quit();
        return;
      case "rename":
        return this.#ask(() => this.store.rename(typed.name));
      case "join":
        return this.#ask(() => this.store.joinRoom(typed.room));
      case "leave":
        return this.#ask(() => this.store.leaveRoom(this.room));
      case "topic":
        return this.#ask(() => this.store.setTopic(this.room, typed.topic));
      case "post":
        return this.#post(typed);
    }
  }

  async #post(typed: Extract<Typed, { kind: "post" }>): Promise<void> {
    const result = this.store.post(typed);
    if (result.ok) this.#draft.text = "";
    // Being offline is said under the field all the while.
    else if (result.code === "outbox-full") this.problem = this.locale.texts.outboxFull;
    // Who writes to somebody wants to see the answer.
    if (result.ok && isPrivate(typed.room)) await this.store.joinRoom(typed.room);
  }

  /** Asks the server, and keeps what was typed unless it says yes. */
  async #ask(question: () => Promise<{ ok: true } | { ok: false; code: string; message: string } | undefined>) {
    const { texts } = this.locale;
    const asked = this.#draft.text;
    if (!this.#online.value) return;
    const answer = await question();
    if (answer === undefined) this.problem = texts.renameLost;
    else if (!answer.ok) this.problem = texts.failures[answer.code] ?? answer.message;
    else if (this.#draft.text === asked) this.#draft.text = "";
  }
}
