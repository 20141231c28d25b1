/**
 * What somebody on plain text can do once they have a name: talk in the current room, and give commands. How lines
 * reach them is not its concern.
 */
import { randomUUID } from "node:crypto";
import { mayHoldPassword } from "../../protocol/held-back.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { lobby, privateRoom } from "../../protocol/names.ts";
import { asEmoji, type Cleaned, cleanedRest, isEmoji, splitFirstWord } from "../../protocol/text.ts";
import type { Chat } from "../chat/chat.ts";
import type { ChangeRequest, Posted } from "../chat/outcomes.ts";
import type { Member } from "../chat/room.ts";
import type { PlainAccounts } from "./plain-accounts.ts";
import {
  adminWords,
  type CommandWord,
  commandWords,
  parseLine,
  rightsWords,
  splitRecipient,
  unquoted,
} from "./plain-commands.ts";
import { PlainHistory } from "./plain-history.ts";
import { explainName, inLine, membersLine, messageLines, serverLine } from "./plain-lines.ts";
import { explainJoin, explainTalk } from "./plain-problems.ts";
import { PlainRights } from "./plain-rights.ts";
import type { Voice } from "./plain-voice.ts";

/** Commands that need an argument. */
const needsText: ReadonlySet<CommandWord> = new Set(["join", "search", "nick", "register", "login", "me", "edit"]);

/** Messages that `/history` shows without a number. */
const HISTORY_MESSAGES = 20;

/** Messages shown on starting to talk to one person. */
const PRIVATE_MESSAGES = 10;

/** A change, before its place is known. */
type Change = ChangeRequest extends infer C ? (C extends ChangeRequest ? Omit<C, "room" | "id"> : never) : never;

export interface PlainVerbsOptions {
  chat: Chat;
  voice: Voice;
  accounts: PlainAccounts;
  /** Shows people their own messages. */
  echo: boolean;
  /** Several messages may arrive as one. */
  isGlued: boolean;
}

export class PlainVerbs {
  readonly member: Member;
  readonly history: PlainHistory;
  readonly #chat: Chat;
  readonly #voice: Voice;
  readonly #accounts: PlainAccounts;
  /** Several messages may arrive as one. */
  readonly #isGlued: boolean;
  readonly #rights: PlainRights;
  #echo: boolean;
  /** The current room, where the person's text goes. */
  #room = lobby;

  constructor(member: Member, { chat, voice, accounts, echo, isGlued }: PlainVerbsOptions) {
    this.member = member;
    this.history = new PlainHistory(member, chat, voice);
    this.#rights = new PlainRights({ member, chat, voice, history: this.history });
    this.#chat = chat;
    this.#voice = voice;
    this.#accounts = accounts;
    this.#echo = echo;
    this.#isGlued = isGlued;
  }

  get room(): string {
    return this.#room;
  }

  /** @param typed cleaned: what is said of it is not cleaned again */
  take(typed: string): void {
    this.history.typed();
    const line = parseLine(typed);
    if (line.type !== "command" && this.#mayHoldPassword(typed)) {
      return this.#voice.say(this.#voice.wording.texts.heldBack);
    }
    switch (line.type) {
      case "text":
        // An empty line is somebody leaning on Enter, not a message worth an error.
        if (line.text.trim() !== "") this.#post(this.#room, { text: line.text });
        return;
      case "command":
        return this.#command(line.word, line.rest);
      case "unknown":
        return this.#voice.say(this.#voice.wording.texts.unknownCommand(line.word));
    }
  }

  #mayHoldPassword(typed: string): boolean {
    return mayHoldPassword(typed, { isGlued: this.#isGlued }) || this.#accounts.wasTried(typed);
  }

  #command(word: CommandWord, rest: string): void {
    const { texts } = this.#voice.wording;
    if (rest === "" && needsText.has(word)) return this.#sayUsage(word);
    switch (word) {
      case "help":
        return this.#help();
      case "who":
        return this.#chat.directory.who(this.member, this.#room.startsWith("@") ? lobby : this.#room, (outcome) => {
          if (outcome.ok) this.#tell(membersLine(this.#voice.wording, outcome.members));
          else this.#tell(explainTalk(texts, outcome.code, this.#room));
        });
      case "join":
        return this.#join(rest);
      case "leave":
        return this.#leave();
      case "rooms":
        return this.#chat.directory.rooms(this.member, (rooms) =>
          this.#voice.sendLines(rooms.map(({ room, count, topic }) => serverLine(texts.room(room, count, topic)))),
        );
      case "topic":
        return this.#topic(rest);
      case "history":
        return this.#history(rest);
      case "search":
        return this.history.search(rest);
      case "nick":
        return this.#accounts.asksFor(rest) ? undefined : this.rename(rest);
      case "register":
        return this.#accounts.register(rest);
      case "login":
        return this.#accounts.login(rest);
      case "password":
        return this.#accounts.change();
      case "me":
        return this.#post(this.#room, { text: cleanedRest(rest), action: true });
      case "msg": {
        const { name, text } = splitRecipient(rest, (typed) => this.#chat.directory.nameOf(typed) !== undefined);
        return text === "" ? this.#sayUsage(word) : this.#post(privateRoom(name), { text: cleanedRest(text) });
      }
      case "reply": {
        const { name, text } = splitRecipient(rest, (typed) => this.#chat.directory.nameOf(typed) !== undefined);
        return text === "" ? this.#sayUsage(word) : this.#reply(name, cleanedRest(text));
      }
      case "react": {
        const { word: typed, rest: name } = splitFirstWord(rest);
        const emoji = asEmoji(typed);
        return isEmoji(emoji) ? this.#react(emoji, unquoted(name)) : this.#sayUsage(word);
      }
      case "edit":
        return this.#changeOwn({ type: "edit", text: { text: cleanedRest(rest) } });
      case "delete":
        return rest === "" ? this.#changeOwn({ type: "delete" }) : this.#deleteOf(unquoted(rest));
      case "echo":
        if (rest !== "on" && rest !== "off") return this.#sayUsage(word);
        this.#echo = rest === "on";
        return this.#voice.say(texts.echo(this.#echo));
      case "quit":
        return this.#voice.quit();
      default:
        if (!this.#rights.take(word, rest, this.#room)) this.#sayUsage(word);
    }
  }

  /** The person was taken out of a room, or it is no more. */
  outOf(room: string): void {
    if (this.#room === room) this.#room = lobby;
  }

  /** What only some may do is listed for them. */
  #help(): void {
    const { texts } = this.#voice.wording;
    const hidden = new Set<CommandWord>([
      ...(this.#chat.isModerator(this.member, this.#room) ? [] : rightsWords),
      ...(this.#chat.inviting.mayInvite(this.member) ? [] : adminWords),
    ]);
    const words = commandWords.filter((word) => !hidden.has(word));
    this.#voice.say(...words.map((word) => `${this.#usage(word)}  ${texts.help[word]}`));
  }

  #join(typed: string): void {
    if (typed.startsWith("@")) return this.#joinPerson(typed.slice(1).trim());
    const room = this.#chat.join(this.member, typed, (outcome) => {
      if (!outcome.ok) this.#tell(explainJoin(this.#voice.wording.texts, outcome));
    });
    if (room !== undefined) this.#room = room;
  }

  /** From now on the person talks to somebody in private, as in a room for two. */
  #joinPerson(typed: string): void {
    const { texts } = this.#voice.wording;
    const name = this.#chat.directory.nameOf(unquoted(typed));
    if (name === undefined) return this.#voice.say(texts.noSuchPerson);
    this.#room = privateRoom(name);
    this.#voice.say(texts.youTalkTo(inLine(name)));
    this.history.show(this.#room, PRIVATE_MESSAGES);
  }

  #leave(): void {
    const { texts } = this.#voice.wording;
    const room = this.#room;
    if (room !== lobby) this.#room = lobby;
    if (room.startsWith("@")) return this.#voice.say(texts.youAreIn(lobby));
    this.#chat.leave(this.member, room, (outcome) => {
      this.#tell(outcome.ok ? texts.youAreIn(lobby) : texts.stayInLobby);
    });
  }

  #topic(rest: string): void {
    const { texts } = this.#voice.wording;
    const room = this.#room;
    if (room.startsWith("@")) return this.#voice.say(texts.noTopicHere);
    if (rest === "") return this.#chat.inTurn(() => this.#tell(texts.topic(room, this.#chat.directory.topicOf(room))));
    this.#chat.roomKeeping.topic(this.member, room, { text: cleanedRest(rest) }, (outcome) => {
      // Everyone in the room is told of a new topic, including this person.
      if (outcome.ok) return;
      this.#tell(outcome.code === "too-long" ? texts.topicTooLong : explainTalk(texts, outcome.code, room));
    });
  }

  #history(rest: string): void {
    const limit = rest === "" ? HISTORY_MESSAGES : Number(rest);
    const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= wireLimits.historyMessagesMax;
    if (isLimit) this.history.show(this.#room, limit);
    else this.#sayUsage("history");
  }

  rename(typed: string): void {
    const { texts } = this.#voice.wording;
    // Everybody is told of a new name.
    if (this.#chat.directory.nameOf(typed) === undefined && this.#mayHoldPassword(typed))
      return this.#voice.say(texts.heldBack);
    this.#chat.rename(this.member, typed, (outcome) => {
      // Everyone here is told of a new name, including this person.
      if (!outcome.ok) this.#tell(explainName(texts, outcome));
      else if (outcome.dropped) this.#tell(texts.dropped(outcome.dropped));
    });
  }

  #reply(name: string, text: string): void {
    this.history.withLast(
      this.#room,
      ({ from }) => this.#chat.directory.isSamePerson(from, name),
      ({ msgid }) => this.#post(this.#room, { text, reply: msgid }),
      this.#voice.wording.texts.nothingFrom(inLine(name)),
    );
  }

  /** Reacts to the last message of others, or of one person; removes the reaction if it is there. */
  #react(emoji: string, name: string): void {
    this.history.withLast(
      this.#room,
      ({ from, own }) => (name === "" ? !own : this.#chat.directory.isSamePerson(from, name)),
      ({ msgid, reactions = [] }) => {
        const on = !reactions.some((reaction) => reaction.emoji === emoji && reaction.own);
        this.#change({ type: "react", msgid, emoji, on });
      },
      this.#voice.wording.texts.nothingFrom(inLine(name)),
    );
  }

  #changeOwn(change: { type: "edit"; text: Cleaned } | { type: "delete" }): void {
    this.history.withLast(
      this.#room,
      ({ own = false }) => own,
      ({ msgid }) => this.#change({ ...change, msgid }),
      this.#voice.wording.texts.nothingToChange,
    );
  }

  /** A moderator deletes somebody's last message. */
  #deleteOf(name: string): void {
    this.history.withLast(
      this.#room,
      ({ from }) => this.#chat.directory.isSamePerson(from, name),
      ({ msgid }) => this.#change({ type: "delete", msgid }),
      this.#voice.wording.texts.nothingFrom(inLine(name)),
    );
  }

  /** Everyone in the room is told of a change, including this person. */
  #change(change: Change): void {
    this.#chat.messages.change(this.member, { ...change, room: this.#room, id: randomUUID() }, (outcome) => {
      if (!outcome.ok) this.#tell(explainTalk(this.#voice.wording.texts, outcome.code, this.#room));
    });
  }

  #post(room: string, { text, action = false, reply }: { text: string; action?: boolean; reply?: string }): void {
    const from = this.member.name;
    this.#chat.messages.post(this.member, { room, id: randomUUID(), text: { text }, action, reply }, (outcome) => {
      if (outcome.ok) this.#show({ from, action, ...(reply === undefined ? {} : { reply }) }, outcome.posted);
      else this.#tell(explainTalk(this.#voice.wording.texts, outcome.code, room));
    });
  }

  /**
   * Shows people their own message where they would not see it otherwise; for a private one, always says to whom it
   * went.
   */
  #show(
    message: { from: string; action: boolean; reply?: string },
    { room, text, quotes, isPrivate, away }: Posted,
  ): void {
    const { wording } = this.#voice;
    const isSeen = !isPrivate && !this.#echo;
    if (!isSeen) this.#voice.sendLines(messageLines({ ...wording, quotes }, { ...message, own: true, room, text }));
    if (away) this.#tell(wording.texts.away(inLine(room.slice(1))));
  }

  #sayUsage(word: CommandWord): void {
    this.#voice.say(this.#voice.wording.texts.usage(this.#usage(word)));
  }

  /** How a command is written: `/msg <name> <text>`. */
  #usage(word: CommandWord): string {
    return `/${word} ${this.#voice.wording.texts.arguments[word]}`.trimEnd();
  }

  #tell(text: string): void {
    this.#voice.sendLines([serverLine(text)]);
  }
}
