/**
 * Where messages are written: keeps the draft, says what is wrong before it is sent, and loses nothing while there is
 * no connection. What a line means is decided in store/selectors/typed-line.ts.
 */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { lobby } from "../../../protocol/names.ts";
import { isInputMethodKey } from "../../browser/input-method.ts";
import { AutoGrowController } from "../../controllers/auto-grow-controller.ts";
import { ClockController } from "../../controllers/clock-controller.ts";
import type { Field } from "../../controllers/completion-controller.ts";
import { DraftController } from "../../controllers/draft-controller.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { sayFailure } from "../../locales/failure.ts";
import { peopleToMention } from "../../store/model/known-people.ts";
import { membersOf } from "../../store/model/people.ts";
import { mayDo } from "../../store/model/rights.ts";
import { hasMemory, isOnline, isPrivate, roomKey, roomOf } from "../../store/model/state.ts";
import type { LogMessage } from "../../store/selectors/log-items.ts";
import { commandsAt, parseText, parseTyped, type TypedLine } from "../../store/selectors/typed-line.ts";
import { typingContext } from "../../store/selectors/typing-context.ts";
import { type About, aboutNow, lastEditable, lastOf, replyTo } from "../../store/services/composing.ts";
import { canWait } from "../../store/services/sending.ts";
import { button } from "../../styles/button.ts";
import { field, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import type { CompletingEvent, CompletionList } from "./completion-list.ts";
import "./composer-about.ts";
import { PickEmojiEvent } from "../shared/emoji-events.ts";
import { checkIcon, sendIcon, smileIcon } from "../shared/icons.ts";
import { OpenOverlayEvent } from "../shared/overlay-events.ts";
import { roomTitle } from "../shared/room-title.ts";
import { composerNote, maySpeak, type Restriction } from "./composer-note.ts";
import { messageComposerStyles } from "./message-composer.styles.ts";
import { sayTypedProblem } from "./typed-problem.ts";

type Post = Extract<TypedLine, { kind: "post" }>;
type ToUnknown = Extract<TypedLine, { kind: "unknown" }>;

@customElement("message-composer")
export class MessageComposer extends ChatElement {
  static override styles = [button, shared, field, messageComposerStyles];

  /** The key of the room to write to. Each room has a composer of its own. */
  @property() room = "";

  readonly #online = new SliceController(this, isOnline);
  readonly #canWait = new SliceController(this, canWait);
  readonly #room = new SliceController(this, (state) => roomOf(state, this.room));
  readonly #clock = new ClockController(this);
  readonly #draft = new DraftController(
    this,
    () => this.store.keep,
    () => this.room,
  );

  readonly #field: Field = {
    textarea: () => this.textarea,
    people: () => {
      const { state } = this.store;
      return peopleToMention(state, roomOf(state, this.room)).filter((name) => name !== state.name);
    },
    isHere: (name) => membersOf(roomOf(this.store.state, this.room)).includes(name),
    commands: () => (this.#isEdit ? [] : commandsAt(typingContext(this.store.state, this.room, this.#clock.nowMs))),
    changed: () => this.#onInput(),
  };

  /** The id of the active suggestion. */
  @state() private completion: string | undefined;
  /** What was wrong at the last attempt to send; cleared by the next change. */
  @state() private problem: string | undefined;
  @query("completion-list") private completions!: CompletionList;
  @query("textarea") private textarea!: HTMLTextAreaElement;

  constructor() {
    super();
    new AutoGrowController(this, () => this.textarea);
  }

  override focus(): void {
    this.textarea.focus();
  }

  /** Starts a reply to a message, or the editing of an own one. */
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
    const { about, text } = this.#draft;
    const restriction = this.#restriction();
    const { kind, said } = composerNote(
      {
        ...{ text, typed: this.#parse(), isEdit: this.#isEdit, problem: this.problem },
        ...{ isOnline: this.#online.value, canWait: this.#canWait.value, restriction },
      },
      this.locale,
    );
    return html`
      <completion-list
        .field=${this.#field}
        @completing=${({ active }: CompletingEvent) => {
          this.completion = active;
        }}
      ></completion-list>
      <form @submit=${this.#onSubmit}>
        ${about ? html`<composer-about .about=${about} @leave-about=${this.#leave}></composer-about>` : nothing}
        <label class="spoken" for="message">${texts.message}</label>
        <div class="writing">
        <textarea
          class="field"
          id="message"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          placeholder=${this.#placeholder()}
          aria-invalid=${kind === "problem" ? "true" : "false"}
          aria-describedby="note"
          aria-haspopup="listbox"
          aria-autocomplete="list"
          aria-controls=${this.completion === undefined ? nothing : "completions"}
          aria-activedescendant=${this.completion ?? nothing}
          .value=${live(text)}
          @input=${this.#onInput}
          @keydown=${this.#onKeyDown}
          @keyup=${this.#followCaret}
          @click=${this.#followCaret}
          @blur=${() => this.completion && this.completions.close()}
        ></textarea>
        <button type="button" class="emoji" title=${texts.emoji} @click=${this.#pickEmoji}>
          <span class="spoken">${texts.emoji}</span>${smileIcon}
        </button>
        </div>
        <button class="button brand" type="submit"><span class="words">${this.#isEdit ? texts.save : texts.send}</span>${this.#isEdit ? checkIcon : sendIcon}</button>
        <p id="note" class="note ${kind}" aria-live="polite">${said}</p>
      </form>
    `;
  }

  /** Why nothing, or only little, can be said in the room. */
  #restriction(): Restriction | undefined {
    const room = this.#room.value;
    const { slowSeconds: seconds = 0 } = room.settings;
    const isSlow = seconds > 0 && room.role === undefined;
    const waitMs = isSlow ? this.store.sending.waitMs(this.room) : 0;
    const isMuted = !isPrivate(room.name) && !mayDo(room, "post", this.#clock.nowMs);
    this.#clock.tick((isMuted && room.mutedUntil !== undefined) || waitMs > 0 ? 1_000 : 0);
    if (isMuted) return { kind: "muted", until: room.mutedUntil };
    return isSlow ? { kind: "slow", seconds, waitMs } : undefined;
  }

  #placeholder(): string {
    const { texts } = this.locale;
    if (this.room === lobby) return texts.messagePlaceholder;
    return texts.placeholderIn(roomTitle(roomOf(this.store.state, this.room).name));
  }

  get #isEdit(): boolean {
    return this.#draft.about?.kind === "edit";
  }

  #parse(): TypedLine {
    const place = typingContext(this.store.state, this.room, this.#clock.nowMs);
    if (this.#isEdit) return parseText(this.#draft.text, place.room);
    return parseTyped(this.#draft.text, place);
  }

  #pickEmoji({ currentTarget }: Event): void {
    const take = (emoji: string) => {
      this.textarea.setRangeText(emoji, this.textarea.selectionStart, this.textarea.selectionEnd, "end");
      this.#onInput();
    };
    this.dispatchEvent(new PickEmojiEvent(currentTarget as HTMLElement, take, () => this.focus()));
  }

  async #followCaret(): Promise<void> {
    if (this.completion === undefined && !/[:@/]/.test(this.#draft.text)) return;
    try {
      // Once loaded, nothing must be awaited: the next key may concern the suggestions shown now.
      if (!customElements.get("completion-list")) await import("./completion-list.ts");
    } catch {
      // The bridge is away, as the header says; writing works all the same.
      return;
    }
    if (this.isConnected) await this.completions.follow();
  }

  #onInput(): void {
    this.problem = undefined;
    this.#draft.text = this.textarea.value;
    void this.#followCaret();
    const isCommand = /^\/(?!\/)/.test(this.#draft.text);
    const isNew = this.#parse().kind === "post" && !isCommand && !this.#isEdit;
    if (isNew) this.store.asking.tellTyping(this.room);
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (isInputMethodKey(event)) return;
    if (this.completion !== undefined && this.completions.onKeyDown(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && this.#draft.about) {
      event.preventDefault();
      this.#leave();
    }
    if (event.key === "ArrowUp" && this.#draft.text === "" && !this.#draft.about) this.#editLast(event);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    void this.#send();
  }

  /** The up arrow in an empty field edits one's last message. */
  #editLast(event: KeyboardEvent): void {
    const { state } = this.store;
    const last = hasMemory(state) ? lastEditable(roomOf(state, this.room)) : undefined;
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
        if (typed.problem.code === "held-back" || typed.problem.code === "no-accounts") this.#forget();
        this.problem = sayTypedProblem(typed.problem, this.locale);
        return;
      case "account":
        this.#forget();
        this.dispatchEvent(new OpenOverlayEvent(typed.command === "login" ? "account" : typed.command));
        return;
      case "quit":
        this.#draft.text = "";
        this.store.quit();
        return;
      case "help":
        return this.#help();
      case "rename":
        return this.#ask(() => this.store.rename(typed.name));
      case "join":
        return this.#ask(() => this.store.asking.joinRoom(typed.room));
      case "leave":
        return this.#ask(() => this.store.asking.leaveRoom(this.room));
      case "topic":
        return this.#ask(() => this.store.asking.setTopic(this.room, typed.topic));
      case "moderate":
        return this.#ask(() => this.store.asking.moderate(typed.command));
      case "open":
        this.#draft.text = "";
        this.dispatchEvent(new OpenOverlayEvent(typed.overlay));
        return;
      case "report":
        return this.#report(typed);
      case "unknown":
        return this.#ask(() => this.#writeTo(typed));
      case "post":
        return about?.kind === "edit" ? this.#edit(about, typed) : this.#post(typed, about);
    }
  }

  /** What may be a password stays nowhere. An edited message stays as it is. */
  #forget(): void {
    if (this.#isEdit) this.#draft.leave();
    else this.#draft.text = "";
  }

  /** A lone slash opens the list of commands. */
  async #help(): Promise<void> {
    this.#draft.text = "/";
    await this.updateComplete;
    this.focus();
    void this.#followCaret();
  }

  async #post({ kind: _, dropped: _dropped, ...message }: Post, about: About | undefined): Promise<void> {
    // A message sent to another room is no reply to anything here.
    const isHere = roomKey(message.room) === this.room;
    const isReply = isHere && about?.kind === "reply";
    const restriction = isHere ? this.#restriction() : undefined;
    // The note below the field says why, for as long as it lasts.
    if (restriction && !maySpeak(restriction)) return;
    const result = this.store.sending.post(isReply ? { ...message, reply: about.msgid } : message);
    // The note below the field already says that there is no connection.
    if (!result.ok) this.problem = result.code === "outbox-full" ? this.locale.texts.outboxFull : undefined;
    else {
      this.#draft.text = "";
      if (isHere) this.#draft.leave();
      // Somebody who writes to a person wants to see the answer.
      if (!isPrivate(message.room)) return;
      if (this.#online.value) await this.store.asking.joinRoom(message.room);
      else this.store.openRoom(message.room);
    }
  }

  /** Nothing is sent until the server has confirmed that the person exists. */
  async #writeTo({ room, text }: ToUnknown) {
    const answer = await this.store.asking.joinRoom(room);
    if (!answer.ok) return answer;
    const result = this.store.sending.post({ room: answer.room, text, action: false });
    return result.ok ? answer : { ...result, message: this.locale.texts.outboxFull };
  }

  async #edit(about: About & { kind: "edit" }, { room, text }: Post): Promise<void> {
    this.problem = undefined;
    if (text !== about.text) await this.#ask(() => this.store.asking.editMessage(room, about.msgid, text));
    if (this.problem === undefined && this.#draft.about === about) this.#draft.leave();
  }

  /** Reports the last thing that somebody has said here. */
  async #report({ name, reason }: { name: string; reason: string }): Promise<void> {
    const room = roomOf(this.store.state, this.room);
    const msgid = lastOf(room, name);
    if (msgid === undefined) {
      this.problem = this.locale.texts.rights.nothingFrom(name);
      return;
    }
    const because = reason === "" ? {} : { reason };
    await this.#ask(() => this.store.asking.moderate({ type: "report", room: room.name, msgid, ...because }));
  }

  /** Asks the server, and keeps the typed text unless it agrees. */
  async #ask(question: () => Promise<{ ok: true } | { ok: false; code: string; message: string }>) {
    const { texts } = this.locale;
    const asked = this.#draft.text;
    if (!this.#online.value) {
      // Only messages can wait for the connection.
      this.problem = texts.offlineNote;
      return;
    }
    const answer = await question();
    if (!answer.ok) this.problem = sayFailure(answer, this.locale);
    else if (this.#draft.text === asked) this.#draft.text = "";
  }
}
