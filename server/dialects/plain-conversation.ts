/**
 * What somebody on plain text can do once they have a name: talk in the room they look at, and give commands. How lines
 * reach them is not its concern.
 */
import { randomUUID } from "node:crypto";
import { wireLimits } from "../../protocol/limits.ts";
import { lobby, privateRoom } from "../../protocol/names.ts";
import type { Chat } from "../chat/chat.ts";
import type { Member } from "../chat/member.ts";
import type { JoinOutcome, NameOutcome, Posted, PostOutcome } from "../chat/outcomes.ts";
import { type CommandWord, commandWords, parseLine, splitRecipient } from "./plain-commands.ts";
import { foundLines, historyLines, messageLines, type PlainLine, privateLines, serverLine } from "./plain-lines.ts";
import type { Texts } from "./texts/en.ts";

/** How a conversation speaks to its person. */
export interface Voice {
  readonly texts: Texts;
  /** Says lines of the server's own in turn, after the answers to what the person sent before. */
  say(...texts: string[]): void;
  /** Sends lines at once. */
  sendLines(lines: readonly PlainLine[]): void;
  quit(): void;
}

/** Messages that `/search` shows: the newest of those found. */
const FOUND_MESSAGES = 20;

/** Messages that `/history` shows without a number. */
const HISTORY_MESSAGES = 20;

export class PlainConversation {
  readonly member: Member;
  readonly #chat: Chat;
  readonly #voice: Voice;
  #echo: boolean;
  /** The room that the person looks at: where their text goes. */
  #room = lobby;

  constructor(member: Member, { chat, voice, echo }: { chat: Chat; voice: Voice; echo: boolean }) {
    this.member = member;
    this.#chat = chat;
    this.#voice = voice;
    this.#echo = echo;
  }

  get room(): string {
    return this.#room;
  }

  take(typed: string): void {
    const line = parseLine(typed);
    switch (line.type) {
      case "text":
        // An empty line is somebody resting on Enter, not a message worth an error.
        if (line.text.trim() !== "") this.#post(this.#room, line.text, false);
        return;
      case "command":
        return this.#command(line.word, line.rest);
      case "unknown":
        return this.#voice.say(this.#voice.texts.unknownCommand(line.word));
    }
  }

  #command(word: CommandWord, rest: string): void {
    const { texts } = this.#voice;
    switch (word) {
      case "help":
        return this.#voice.say(...commandWords.map((command) => `${this.#usage(command)}  ${texts.help[command]}`));
      case "who":
        return this.#chat.who(this.#room, (outcome) => {
          if (outcome.ok) this.#tell(texts.members(outcome.members.map(({ name }) => name)));
        });
      case "join":
        return rest === "" ? this.#sayUsage(word) : this.#join(rest);
      case "leave":
        return this.#leave();
      case "rooms":
        return this.#chat.rooms((rooms) =>
          this.#voice.sendLines(rooms.map(({ room, count, topic }) => serverLine(texts.room(room, count, topic)))),
        );
      case "topic":
        return this.#topic(rest);
      case "history":
        return this.#history(rest);
      case "search":
        return rest === "" ? this.#sayUsage(word) : this.#search(rest);
      case "nick":
        return rest === "" ? this.#sayUsage(word) : this.#rename(rest);
      case "me":
        return rest === "" ? this.#sayUsage(word) : this.#post(this.#room, rest, true);
      case "msg": {
        const { name, text } = splitRecipient(rest, this.#chat.names());
        return text === "" ? this.#sayUsage(word) : this.#post(privateRoom(name), text, false);
      }
      case "echo":
        if (rest !== "on" && rest !== "off") return this.#sayUsage(word);
        this.#echo = rest === "on";
        return this.#voice.say(texts.echo(this.#echo));
      case "quit":
        return this.#voice.quit();
    }
  }

  #join(typed: string): void {
    const room = this.#chat.join(this.member, typed, (outcome) => {
      if (!outcome.ok) this.#tell(this.#explainJoin(outcome));
    });
    if (room !== undefined) this.#room = room;
  }

  #leave(): void {
    const { texts } = this.#voice;
    const room = this.#room;
    if (room !== lobby) this.#room = lobby;
    this.#chat.leave(this.member, room, (outcome) => {
      this.#tell(outcome.ok ? texts.youAreIn(lobby) : texts.stayInLobby);
    });
  }

  #topic(rest: string): void {
    const { texts } = this.#voice;
    const room = this.#room;
    if (rest === "") return this.#chat.inTurn(() => this.#tell(texts.topic(room, this.#chat.topicOf(room))));
    this.#chat.topic(this.member, room, rest, (outcome) => {
      // Everyone in the room is told of a new topic, this person too.
      if (outcome.ok) return;
      this.#tell(outcome.code === "too-long" ? texts.topicTooLong : texts.notStored);
    });
  }

  #history(rest: string): void {
    const { texts } = this.#voice;
    const limit = rest === "" ? HISTORY_MESSAGES : Number(rest);
    const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= wireLimits.historyMessagesMax;
    if (!isLimit) return this.#sayUsage("history");
    this.#chat.history(this.member, this.#room, { limit }, (outcome) => {
      if (!outcome.ok) return;
      const lines = historyLines(texts, outcome.room, outcome.messages);
      this.#voice.sendLines(lines.length > 0 ? lines : [serverLine(texts.noHistory)]);
    });
  }

  #search(typed: string): void {
    const { texts } = this.#voice;
    this.#chat.search(this.member, typed, 0, (outcome) => {
      if (!outcome.ok) return this.#tell(texts.badSearch(outcome.problem));
      if (outcome.found.length === 0) return this.#tell(texts.nothingFound);
      this.#voice.sendLines(outcome.found.slice(0, FOUND_MESSAGES).reverse().flatMap(foundLines));
    });
  }

  #rename(typed: string): void {
    this.#chat.rename(this.member, typed, (outcome) => {
      // Everyone here is told of a new name, this person too.
      if (!outcome.ok) this.#tell(explainName(this.#voice.texts, outcome));
    });
  }

  #post(room: string, text: string, action: boolean): void {
    const from = this.member.name;
    this.#chat.post(this.member, { room, id: randomUUID(), text, action }, (outcome) => {
      if (outcome.ok) this.#show({ room, from, action }, outcome.posted);
      else this.#tell(this.#explainPost(outcome.code, room));
    });
  }

  /** Shows people their own message where they would not see it otherwise, and whom a private one went to always. */
  #show(message: { room: string; from: string; action: boolean }, { text, to }: Posted): void {
    const { texts } = this.#voice;
    if (to !== undefined) this.#voice.sendLines(privateLines(texts.privateTo(to), { ...message, text }));
    else if (this.#echo) this.#voice.sendLines(messageLines(texts, { ...message, text }));
  }

  #explainJoin({ code }: Extract<JoinOutcome, { ok: false }>): string {
    const { texts } = this.#voice;
    return code === "room-invalid" ? texts.roomInvalid : texts.tooManyRooms;
  }

  #explainPost(code: Extract<PostOutcome, { ok: false }>["code"], room: string): string {
    const { texts } = this.#voice;
    switch (code) {
      case "no-such-person":
        return texts.noSuchPerson;
      case "no-such-room":
      case "not-in-room":
        return texts.notInRoom(room);
      case "too-many-conversations":
        return texts.tooManyConversations;
      case "not-stored":
        return texts.notStored;
      default:
        return texts.textProblem(code);
    }
  }

  #sayUsage(word: CommandWord): void {
    this.#voice.say(this.#voice.texts.usage(this.#usage(word)));
  }

  /** How a command is written: `/msg <name> <text>`. */
  #usage(word: CommandWord): string {
    return `/${word} ${this.#voice.texts.arguments[word]}`.trimEnd();
  }

  #tell(text: string): void {
    this.#voice.sendLines([serverLine(text)]);
  }
}

/** Why a name cannot be had. */
export function explainName(texts: Texts, outcome: Extract<NameOutcome, { ok: false }>): string {
  return outcome.code === "name-taken" ? texts.nameTaken(outcome.name) : texts.nameProblem(outcome.problem);
}
