/**
 * The plain dialect: a conversation in lines, for people at a terminal and for the old clients. It asks for a name,
 * then reads text and `/commands`, and tells events as lines. How messages are framed is not its concern.
 */
import { randomUUID } from "node:crypto";
import type { ByeCode, LeaveReason, RoomEvent } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineTooLongError } from "../../protocol/line-splitter.ts";
import { lobby, privateRoom } from "../../protocol/names.ts";
import { cleanText } from "../../protocol/text.ts";
import type { Chat, NameOutcome, Posted, PostOutcome } from "../chat/chat.ts";
import type { Member } from "../chat/member.ts";
import type { Audience } from "../chat/ports.ts";
import { byeReasons } from "./bye.ts";
import type { Dialect, Transport } from "./dialect.ts";
import { type CommandWord, commandWords, parseLine, splitRecipient, usageOf } from "./plain-commands.ts";
import type { Framing, Received } from "./plain-framing.ts";
import { historyLines, messageLines, privateLines, serverLine } from "./plain-lines.ts";
import type { PlainRenderer, PlainRenderers } from "./plain-renderer.ts";

/** Messages that `/history` shows without a number. */
const HISTORY_MESSAGES = 20;

export interface PlainOptions {
  chat: Chat;
  transport: Transport;
  framing: Framing;
  renderers: PlainRenderers;
  /** Show people their own messages although their terminal shows what they type. */
  echo: boolean;
}

export class PlainDialect implements Dialect, Audience {
  readonly #chat: Chat;
  readonly #transport: Transport;
  readonly #framing: Framing;
  readonly #renderers: PlainRenderers;
  #echo: boolean;
  #member: Member | undefined;
  #over = false;

  constructor({ chat, transport, framing, renderers, echo }: PlainOptions) {
    this.#chat = chat;
    this.#transport = transport;
    this.#framing = framing;
    this.#renderers = renderers;
    this.#echo = echo || framing.ending === "chunk";
  }

  receive(bytes: Uint8Array): void {
    if (this.#over) return;
    try {
      for (const message of this.#framing.read(bytes)) this.#receive(message);
    } catch (error) {
      if (!(error instanceof LineTooLongError)) throw error;
      this.dismiss("line-too-long");
    }
  }

  finish(): void {
    for (const message of this.#framing.rest()) this.#receive(message);
    this.#close("closed");
  }

  dismiss(code: ByeCode): void {
    if (this.#over) return;
    this.#say(this.#renderer.texts.bye(code));
    this.#close(byeReasons[code].leaving);
  }

  vanish(reason: LeaveReason): void {
    if (this.#member) this.#chat.leave(this.#member, reason);
    this.#member = undefined;
  }

  get address(): string {
    return this.#transport.address;
  }

  deliver(event: RoomEvent): void {
    this.#send(this.#renderer.event(event));
  }

  get #renderer(): PlainRenderer {
    return this.#renderers[this.#framing.ending];
  }

  #receive(received: Received): void {
    if (this.#over) return;
    if (received === undefined) return this.#say(this.#renderer.texts.notUtf8);
    const typed = cleanText(received);
    if (this.#member) this.#converse(this.#member, typed);
    else this.#name(typed);
  }

  #name(typed: string): void {
    const line = parseLine(typed);
    if (line.type === "command" && line.word === "quit") return this.dismiss("quit");
    this.#member = this.#chat.login(typed, this, (outcome) => {
      const { texts } = this.#renderer;
      this.#sendLines([serverLine(outcome.ok ? texts.welcome(outcome.name) : this.#explain(outcome))]);
    });
    if (this.#member) this.#transport.loggedIn();
  }

  #converse(member: Member, typed: string): void {
    const line = parseLine(typed);
    switch (line.type) {
      case "text":
        // An empty line is somebody resting on Enter, not a message worth an error.
        if (line.text.trim() !== "") this.#post(member, lobby, line.text, false);
        return;
      case "command":
        return this.#command(member, line.word, line.rest);
      case "unknown":
        return this.#say(this.#renderer.texts.unknownCommand(line.word));
    }
  }

  #command(member: Member, word: CommandWord, rest: string): void {
    const { texts } = this.#renderer;
    switch (word) {
      case "help":
        return this.#say(...commandWords.map((command) => `${usageOf(command)}  ${texts.help[command]}`));
      case "who":
        return this.#chat.who(lobby, (outcome) => {
          if (outcome.ok) this.#sendLines([serverLine(texts.members(outcome.members.map(({ name }) => name)))]);
        });
      case "history":
        return this.#history(member, rest);
      case "nick":
        if (rest === "") return this.#sayUsage(word);
        return this.#chat.rename(member, rest, (outcome) => {
          // Everyone in the room is told of a new name, this person too.
          if (!outcome.ok) this.#sendLines([serverLine(this.#explain(outcome))]);
        });
      case "me":
        return rest === "" ? this.#sayUsage(word) : this.#post(member, lobby, rest, true);
      case "msg": {
        const { name, text } = splitRecipient(rest, this.#chat.names());
        return text === "" ? this.#sayUsage(word) : this.#post(member, privateRoom(name), text, false);
      }
      case "echo":
        if (rest !== "on" && rest !== "off") return this.#sayUsage(word);
        this.#echo = rest === "on";
        return this.#say(texts.echo(this.#echo));
      case "quit":
        return this.dismiss("quit");
    }
  }

  #history(member: Member, rest: string): void {
    const limit = rest === "" ? HISTORY_MESSAGES : Number(rest);
    if (!Number.isInteger(limit) || limit < 1 || limit > wireLimits.historyMessagesMax)
      return this.#sayUsage("history");
    this.#chat.history(member, lobby, { limit }, (outcome) => {
      if (!outcome.ok) return;
      const { texts } = this.#renderer;
      const lines = historyLines(texts, outcome.room, outcome.messages);
      this.#sendLines(lines.length > 0 ? lines : [serverLine(texts.noHistory)]);
    });
  }

  #post(member: Member, room: string, text: string, action: boolean): void {
    const from = member.name;
    this.#chat.post(member, { room, id: randomUUID(), text, action }, (outcome) => {
      if (outcome.ok) this.#show({ room, from, action }, outcome.posted);
      else this.#sendLines([serverLine(this.#explainPost(outcome.code))]);
    });
  }

  /** Shows people their own message where they would not see it otherwise, and whom a private one went to always. */
  #show(message: { room: string; from: string; action: boolean }, { text, to }: Posted): void {
    const { texts } = this.#renderer;
    if (to !== undefined) this.#sendLines(privateLines(texts.privateTo(to), { ...message, text }));
    else if (this.#echo) this.#sendLines(messageLines(texts, { ...message, text }));
  }

  #explain(outcome: Extract<NameOutcome, { ok: false }>): string {
    const { texts } = this.#renderer;
    return outcome.code === "name-taken" ? texts.nameTaken(outcome.name) : texts.nameProblem(outcome.problem);
  }

  #explainPost(code: Extract<PostOutcome, { ok: false }>["code"]): string {
    const { texts } = this.#renderer;
    switch (code) {
      case "no-such-person":
      case "no-such-room":
        return texts.noSuchPerson;
      case "too-many-conversations":
        return texts.tooManyConversations;
      case "not-stored":
        return texts.notStored;
      default:
        return texts.textProblem(code);
    }
  }

  /** Ends the conversation after all that is due in this turn. */
  #close(reason: LeaveReason): void {
    if (this.#over) return;
    this.#over = true;
    this.vanish(reason);
    this.#chat.inTurn(() => this.#transport.end());
  }

  #sayUsage(word: CommandWord): void {
    this.#say(this.#renderer.texts.usage(usageOf(word)));
  }

  /** Says lines of the server's own in turn, after the answers to what the person sent before. */
  #say(...texts: string[]): void {
    this.#chat.inTurn(() => this.#sendLines(texts.map(serverLine)));
  }

  #sendLines(lines: readonly string[]): void {
    this.#send(this.#renderer.lines(lines));
  }

  #send(writes: readonly Uint8Array[]): void {
    for (const bytes of writes) this.#transport.send(bytes);
  }
}
