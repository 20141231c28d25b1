/**
 * Accounts at a terminal: the server asks, and the next message is the answer, which is never shown or said. Everything
 * that is typed while a question is open belongs to it, also when it arrives at once.
 */
import type { AccountProblem, AuthenticateOutcome, RegisterOutcome } from "../chat/account-outcomes.ts";
import type { Chat } from "../chat/chat.ts";
import type { Visit } from "../chat/room.ts";
import { parseLine } from "./plain-commands.ts";
import { explainName, inLine, serverLine } from "./plain-lines.ts";
import type { Voice } from "./plain-voice.ts";

/** What the next message answers. */
type OpenQuestion =
  /** The password of the account with that name. */
  | { about: "password"; name: string }
  /** The chat's own password, before somebody comes in under that name. */
  | { about: "chat"; name: string }
  /** The code of an invitation, likewise. */
  | { about: "invitation"; name: string }
  /** A password with which the name is registered, because only registered people are let in. */
  | { about: "account"; name: string }
  /** The present password, before a new one is chosen. */
  | { about: "old" }
  /** The new password. `old` is the present one. */
  | { about: "new"; old: string; name: string };

/** Answers that are remembered, so that the same words are not said later. */
const TRIED_MAX = 10;

export interface PlainAccountsOptions {
  chat: Chat;
  visit: Visit;
  voice: Voice;
  /** The person has proved that the name is theirs, or wants another one. */
  take(name: string): void;
}

export class PlainAccounts {
  readonly #options: PlainAccountsOptions;
  #question: OpenQuestion | undefined;
  readonly #tried = new Set<string>();

  constructor(options: PlainAccountsOptions) {
    this.#options = options;
  }

  /** The next message is an answer, not something to say. */
  get isAsking(): boolean {
    return this.#question !== undefined;
  }

  /** Whether somebody has typed this as a password before. */
  wasTried(text: string): boolean {
    return this.#tried.has(text.trim());
  }

  /** Asks for the password if a name is somebody's. @returns whether it is asked for */
  asksFor(typed: string): boolean {
    const { chat, visit, voice } = this.#options;
    const name = chat.registeredAs(typed, visit);
    if (name === undefined) return false;
    if (this.#isExposed()) return true;
    this.#question = { about: "password", name };
    voice.say(voice.wording.texts.nameRegistered(inLine(name)));
    return true;
  }

  /** Asks for what else is needed to come in under a name. @returns whether something is asked for */
  asksAtDoor(name: string): boolean {
    const { chat, visit, voice } = this.#options;
    const { door } = chat;
    const { texts } = voice.wording;
    const question = door.asksPassword(visit)
      ? ({ about: "chat", text: texts.askChatPassword } as const)
      : door.asksInvitation(visit)
        ? ({ about: "invitation", text: texts.askInvitation } as const)
        : door.registeredOnly && !visit.proved
          ? ({ about: "account", text: texts.askAccount } as const)
          : undefined;
    if (!question) return false;
    if (this.#isExposed()) return true;
    this.#question = { about: question.about, name };
    voice.say(question.text);
    return true;
  }

  answer(typed: string): void {
    const question = this.#question;
    const line = parseLine(typed);
    const isCommand = line.type === "command";
    if (isCommand && line.word === "quit") return this.#options.voice.quit();
    if (isCommand && line.word === "nick") return this.#instead(line.rest);
    const text = (isCommand && line.word === "login" ? line.rest : typed).trim();
    if (text === "" || !question) return;
    switch (question.about) {
      case "password":
        return this.#prove(question.name, text);
      case "chat":
        return this.#knock(question.name, { password: text });
      case "invitation":
        return this.#knock(question.name, { invitation: text });
      case "account":
        return this.register(text, question.name);
      case "old":
        return this.#askNew(text);
      case "new":
        return this.#change(question, text);
    }
  }

  /** `/login <password>` for the present name. */
  login(password: string): void {
    const { chat, visit, voice } = this.#options;
    const { member } = visit;
    if (!member) return;
    if (!chat.isRegistered(member)) return voice.say(voice.wording.texts.notRegistered(inLine(member.name)));
    this.#prove(member.name, password);
  }

  /** @param name the one to come in under; undefined for a member's own */
  register(password: string, name?: string): void {
    const { chat, visit, voice, take } = this.#options;
    this.#remember(password);
    this.#held((done) => {
      chat.accounts.register(visit, { password, name }, (outcome) => {
        this.#tell(outcome.ok ? voice.wording.texts.registered(inLine(outcome.name)) : this.#explainRegister(outcome));
        const isOver = outcome.ok || (outcome.code !== "password-invalid" && outcome.code !== "too-many-attempts");
        if (isOver) this.#question = undefined;
        if (outcome.ok && name !== undefined) take(outcome.name);
        done();
      });
    });
  }

  /** Nobody is asked for a password that others could read on the way. @returns whether that is so, and was said */
  #isExposed(): boolean {
    const { chat, visit, voice } = this.#options;
    if (!chat.door.refusesPasswords(visit)) return false;
    voice.say(voice.wording.texts.tlsRequired);
    return true;
  }

  /** Only what was asked for is given; what is asked for next is another question. */
  #knock(name: string, given: { password: string } | { invitation: string }): void {
    const { chat, visit, voice, take } = this.#options;
    const isPassword = "password" in given;
    const problem = chat.door.knock(visit, given);
    this.#remember(isPassword ? given.password : given.invitation);
    if (!problem || (isPassword && problem.code === "invitation-required")) {
      this.#question = undefined;
      return take(name);
    }
    voice.say(explainName(voice.wording.texts, problem));
  }

  /** `/password`: asks for the present one, and then for the new one. */
  change(): void {
    const { voice } = this.#options;
    if (this.#isExposed()) return;
    this.#question = { about: "old" };
    voice.say(voice.wording.texts.askOld);
  }

  /** Another name, or none: the question is dropped. */
  #instead(name: string): void {
    const { voice, visit, take } = this.#options;
    const { texts } = voice.wording;
    this.#question = undefined;
    if (name !== "") return take(name);
    voice.say(visit.member ? texts.asBefore : texts.nameProblem("empty"));
  }

  #prove(name: string, password: string): void {
    const { chat, visit, take } = this.#options;
    this.#held((done) => {
      chat.accounts.authenticate(visit, { name, password }, (outcome) => {
        if (outcome.ok && outcome.mustChange) this.#askNew(password, name, true);
        else if (outcome.ok) {
          this.#question = undefined;
          if (!visit.member) take(name);
        } else this.#refused(outcome, password);
        done();
      });
    });
  }

  #askNew(old: string, name = "", isExpired = false): void {
    const { voice } = this.#options;
    const { texts } = voice.wording;
    this.#question = { about: "new", old, name };
    this.#remember(old);
    const text = isExpired ? texts.passwordExpired : texts.askNew;
    if (isExpired) this.#tell(text);
    else voice.say(text);
  }

  #change({ old, name }: { old: string; name: string }, fresh: string): void {
    const { chat, visit, voice, take } = this.#options;
    this.#held((done) => {
      chat.accounts.changePassword(visit, old, fresh, (outcome) => {
        if (outcome.ok) {
          this.#question = undefined;
          this.#tell(voice.wording.texts.passwordChanged);
          if (name !== "") take(name);
        } else {
          if (outcome.code !== "password-invalid")
            this.#question = name === "" ? undefined : { about: "password", name };
          this.#refused(outcome, fresh);
        }
        done();
      });
    });
  }

  #refused(outcome: Extract<AuthenticateOutcome, { ok: false }>, typed: string): void {
    this.#remember(typed);
    this.#tell(this.#explain(outcome));
  }

  #remember(typed: string): void {
    this.#tried.add(typed);
    const [oldest = ""] = this.#tried;
    if (this.#tried.size > TRIED_MAX) this.#tried.delete(oldest);
  }

  /** What is typed meanwhile waits: it may be the next answer. */
  #held(work: (done: () => void) => void): void {
    work(this.#options.visit.asker.hold());
  }

  #explainRegister(outcome: Extract<RegisterOutcome, { ok: false }>): string {
    const { texts } = this.#options.voice.wording;
    switch (outcome.code) {
      case "registered":
        return texts.alreadyRegistered;
      case "too-many-accounts":
        return texts.tooManyAccounts;
      case "name-invalid":
      case "name-taken":
      case "name-registered":
      case "password-expired":
      case "too-many-new-names":
      case "banned":
        return explainName(texts, outcome);
      case "password-required":
      case "invitation-required":
      case "invitation-invalid":
        return explainName(texts, outcome);
      default:
        return this.#explain(outcome);
    }
  }

  #explain(outcome: AccountProblem | Extract<AuthenticateOutcome, { ok: false }>): string {
    const { texts } = this.#options.voice.wording;
    switch (outcome.code) {
      case "too-many-attempts":
        return texts.tooManyAttempts(Math.ceil(outcome.retryInMs / 1_000));
      case "password-invalid":
        return texts.passwordProblem(outcome.problem);
      case "not-stored":
        return texts.accountNotStored;
      case "tls-required":
        return texts.tlsRequired;
      case "not-registered":
      case "account-required":
        return texts.notRegistered(inLine(this.#options.visit.member?.name ?? ""));
      default:
        return this.isAsking ? texts.wrongPasswordAsked : texts.wrongPassword;
    }
  }

  #tell(text: string): void {
    this.#options.voice.sendLines([serverLine(text)]);
  }
}
