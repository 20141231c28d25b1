/**
 * Where a message is written: keeps the draft, says what is wrong with it before it is sent, and lets nothing be lost
 * while there is no connection. What a line means is store/typed-line.ts's business.
 */
import "@awesome.me/webawesome/dist/components/button/button.js";
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { lobby } from "../../protocol/names.ts";
import { AutoGrowController } from "../controllers/auto-grow-controller.ts";
import { DraftController } from "../controllers/draft-controller.ts";
import { SliceController } from "../controllers/slice-controller.ts";
import { type About, aboutNow, lastEditable, replyTo } from "../store/composing.ts";
import type { LogMessage } from "../store/log-items.ts";
import { addressees } from "../store/people.ts";
import { canWait } from "../store/sending.ts";
import { hasMemory, hasRooms, isOnline, isPrivate, roomKey, roomOf } from "../store/state.ts";
import { parseText, parseTyped, type Typed } from "../store/typed-line.ts";
import { field, shared } from "../styles/shared.ts";
import { ChatElement } from "./chat-element.ts";
import "./composer-about.ts";
import { sendIcon } from "./icons.ts";
import { roomTitle } from "./room-title.ts";
import { sayTypedProblem } from "./typed-problem.ts";

type Post = Extract<Typed, { kind: "post" }>;
type ToStranger = Extract<Typed, { kind: "stranger" }>;

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

      composer-about {
        grid-column: 1 / -1;
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
  readonly #canWait = new SliceController(this, canWait);
  readonly #upstream = new SliceController(this, (state) => state.upstream);
  readonly #room = new SliceController(this, (state) => roomOf(state, this.room));
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

  /** Begins to answer a message, or to change an own one. */
  async compose(action: "reply" | "edit", message: LogMessage): Promise<void> {
    const { msgid, text } = message;
    const reply = replyTo(message);
    if (reply === undefined || msgid === undefined) return;
    if (action === "edit") this.#draft.edit({ msgid, text });
    else this.#draft.reply(reply);
    this.problem = undefined;
    await this.updateComplete;
    this.focus();
    this.textarea.setSelectionRange(this.#draft.text.length, this.#draft.text.length);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#draft.follow(aboutNow(this.#draft.about, this.#room.value));
  }

  protected override render() {
    const { texts } = this.locale;
    const problem = this.problem ?? this.#limitProblem();
    const { about } = this.#draft;
    const send = about?.kind === "edit" ? texts.save : texts.send;
    return html`
      <form @submit=${this.#onSubmit}>
        ${about ? html`<composer-about .about=${about} @leave-about=${this.#leave}></composer-about>` : nothing}
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
        <wa-button variant="brand" type="submit">${send}<span slot="end">${sendIcon}</span></wa-button>
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
    const offlineNote =
      this.#canWait.value && this.#draft.about?.kind !== "edit" ? texts.offlineWaits : texts.offlineNote;
    const said = problem ?? (offline ? offlineNote : html`<span class="keys">${texts.sendHint}</span>`);
    return html`<p id="note" class="note ${kind}" aria-live="polite">${said}</p>`;
  }

  /** Limits are said while writing; other problems only when it is sent, because a line is wrong until it is finished. */
  #limitProblem(): string | undefined {
    const typed = this.#parse();
    if (typed.kind !== "problem") return undefined;
    const { code } = typed.problem;
    return code === "too-long" || code === "too-many-lines" ? sayTypedProblem(typed.problem, this.locale) : undefined;
  }

  #parse(): Typed {
    const { state } = this.store;
    if (this.#draft.about?.kind === "edit") return parseText(this.#draft.text, roomOf(state, this.room).name);
    return parseTyped(this.#draft.text, {
      room: roomOf(state, this.room).name,
      names: addressees(state),
      private: !this.#upstream.value?.lacks.includes("private"),
      rooms: hasRooms(state),
    });
  }

  #onInput(): void {
    this.problem = undefined;
    this.#draft.text = this.textarea.value;
    const isCommand = /^\/(?!\/)/.test(this.#draft.text);
    const isNew = this.#parse().kind === "post" && !isCommand && this.#draft.about?.kind !== "edit";
    if (isNew && this.#online.value) this.store.asking.tellTyping(this.room);
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.#draft.about) {
      event.preventDefault();
      this.#leave();
    }
    if (event.key === "ArrowUp" && this.#draft.text === "" && !this.#draft.about) this.#editLast(event);
    // While composing (Japanese, Chinese, accents), Enter ends the composition; Safari says so only by the key code.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void this.#send();
  }

  /** Who writes nothing and goes up wants to change what they said last. */
  #editLast(event: KeyboardEvent): void {
    const { state } = this.store;
    const last = hasMemory(state) ? lastEditable(roomOf(state, this.room), state.name ?? "") : undefined;
    if (!last) return;
    event.preventDefault();
    this.#draft.edit(last);
  }

  #leave(): void {
    this.problem = undefined;
    this.#draft.leave();
    this.textarea.focus();
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void this.#send();
    this.textarea.focus();
  }

  async #send(): Promise<void> {
    const typed = this.#parse();
    const { about } = this.#draft;
    switch (typed.kind) {
      case "nothing":
        return;
      case "problem":
        this.problem = sayTypedProblem(typed.problem, this.locale);
        return;
      case "quit":
        this.#draft.text = "";
        this.store.quit();
        return;
      case "rename":
        return this.#ask(() => this.store.rename(typed.name));
      case "join":
        return this.#ask(() => this.store.asking.joinRoom(typed.room));
      case "leave":
        return this.#ask(() => this.store.asking.leaveRoom(this.room));
      case "topic":
        return this.#ask(() => this.store.asking.setTopic(this.room, typed.topic));
      case "stranger":
        return this.#ask(() => this.#writeTo(typed));
      case "post":
        return about?.kind === "edit" ? this.#edit(about, typed) : this.#post(typed, about);
    }
  }

  async #post({ kind: _, ...message }: Post, about: About | undefined): Promise<void> {
    // What is said elsewhere answers nothing here.
    const isHere = roomKey(message.room) === this.room;
    const isReply = isHere && about?.kind === "reply";
    const result = this.store.sending.post(isReply ? { ...message, reply: about.msgid } : message);
    // Being offline is said under the field all the while.
    if (!result.ok) this.problem = result.code === "outbox-full" ? this.locale.texts.outboxFull : undefined;
    else {
      this.#draft.text = "";
      if (isHere) this.#draft.leave();
      // Who writes to somebody wants to see the answer.
      if (!isPrivate(message.room)) return;
      if (this.#online.value) await this.store.asking.joinRoom(message.room);
      else this.store.openRoom(message.room);
    }
  }

  /** Nothing is sent before the server has said that there is such a person. */
  async #writeTo({ room, text }: ToStranger) {
    const answer = await this.store.asking.joinRoom(room);
    if (!answer.ok) return answer;
    const result = this.store.sending.post({ room: answer.room ?? room, text, action: false });
    return result.ok ? answer : { ...result, message: this.locale.texts.outboxFull };
  }

  async #edit(about: About & { kind: "edit" }, { room, text }: Post): Promise<void> {
    this.problem = undefined;
    if (text !== about.text) await this.#ask(() => this.store.asking.editMessage(room, about.msgid, text));
    if (this.problem === undefined && this.#draft.about === about) this.#draft.leave();
  }

  /** Asks the server, and keeps what was typed unless it says yes. */
  async #ask(question: () => Promise<{ ok: true } | { ok: false; code: string; message: string } | undefined>) {
    const { texts } = this.locale;
    const asked = this.#draft.text;
    if (!this.#online.value) {
      // What is no message does not wait.
      this.problem = texts.offlineNote;
      return;
    }
    const answer = await question();
    if (answer === undefined) this.problem = texts.renameLost;
    else if (!answer.ok) this.problem = texts.failures[answer.code] ?? answer.message;
    else if (this.#draft.text === asked) this.#draft.text = "";
  }
}
