/**
 * How a person gets into a Salotto server once it has said what it is: proves their account, if they have one, and logs
 * in. A password does not cross a wire that others could read, unless the person means it.
 */
import type { Refusal } from "../../protocol/bridge-events.ts";
import type { Proof } from "../proof.ts";
import type { Questions, ServerAnswer, ServerRefusal } from "./questions.ts";
import { ScramClient } from "./scram-client.ts";

export interface LoginParts {
  questions: Questions;
  name: string;
  proof: Proof;
  /** Whether the server has accounts. */
  hasAccounts: boolean;
  /** Whether nobody on the way can read what is written. */
  isPrivate: boolean;
  entered: (name: string) => void;
  refused: (refusal: Refusal) => void;
}

/** Why a password is not sent. */
export const clearPassword = {
  code: "clear-password",
  message: "the connection to the chat server is not encrypted, so others on the network could read the password",
} as const;

/** Old servers have none, and earlier Salotto servers. */
export const noAccounts: Refusal = { code: "no-accounts", message: "this chat server has no accounts" };
const unproved: Refusal = {
  code: "server-unproved",
  message:
    "the chat server does not know this password either: it may be somebody else's server under the same address",
};

export class Login {
  readonly #parts: LoginParts;
  #isStopped = false;

  constructor(parts: LoginParts) {
    this.#parts = parts;
  }

  begin(): void {
    const { proof, hasAccounts, isPrivate } = this.#parts;
    const { token, password, newPassword, chatPassword, register, clearIsMeant } = proof.credentials;
    // New passwords and the chat's own have no other way.
    const isReadable = register === true || newPassword !== undefined || chatPassword !== undefined;
    if (isReadable && !isPrivate && !clearIsMeant) this.#parts.refused(clearPassword);
    else if (!hasAccounts) this.#enterWithoutAccount();
    else if (password !== undefined) register ? this.#registerAtTheDoor(password) : this.#prove(password);
    else if (token !== undefined) this.#show(token);
    else this.#login();
  }

  /** The connection is gone. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Nobody who wanted an account is let in without one, but whoever had one elsewhere is. */
  #enterWithoutAccount(): void {
    if (this.#parts.proof.credentials.register) this.#parts.refused(noAccounts);
    else this.#login();
  }

  /** A chat with a password of its own wants to hear that before anything else, and hears it with a name. */
  #registerAtTheDoor(password: string): void {
    const { proof, entered } = this.#parts;
    if (proof.credentials.chatPassword === undefined) return this.#register(password);
    this.#askToLogIn((answer) => {
      if (answer.ok) this.#register(password, () => entered(answer.name));
      else if (answer.code === "account-required") this.#register(password);
      else this.#refused(answer);
    });
  }

  /** @param then what follows; a newcomer logs in */
  #register(password: string, then = () => this.#login()): void {
    const { questions, name, proof } = this.#parts;
    const { invitation } = proof.credentials;
    const invited = invitation === undefined ? {} : { invitation };
    questions.ask({ type: "register", name, password, ...invited, device: proof.device }, (answer) => {
      this.#proved(answer, then);
    });
  }

  #show(token: string): void {
    this.#parts.questions.ask({ type: "authenticate", token }, (answer) => this.#proved(answer));
  }

  #prove(password: string): void {
    const { questions, name, proof, refused } = this.#parts;
    const scram = new ScramClient(name, password);
    const mechanism = "SCRAM-SHA-256" as const;
    questions.ask({ type: "authenticate", mechanism, data: scram.first, device: proof.device }, async (challenge) => {
      if (!challenge.ok) return this.#refused(challenge);
      const data = await scram.answer(challenge.data ?? "");
      if (this.#isStopped) return;
      if (data === undefined) return refused(unproved);
      questions.ask({ type: "authenticate", mechanism, data, device: proof.device }, (answer) => {
        if (answer.ok && !scram.isProvedBy(answer.data ?? "")) refused(unproved);
        else this.#proved(answer);
      });
    });
  }

  #proved(answer: ServerAnswer<"authenticate"> | ServerAnswer<"register">, then = () => this.#login()): void {
    if (!answer.ok) return this.#refused(answer);
    const { questions, proof } = this.#parts;
    const { password, newPassword } = proof.credentials;
    proof.proved(answer.token);
    if (password === undefined || newPassword === undefined) return then();
    questions.ask({ type: "change-password", old: password, new: newPassword }, (changed) => {
      if (changed.ok) then();
      else this.#refused(changed);
    });
  }

  #login(): void {
    this.#askToLogIn((answer) => {
      if (answer.ok) this.#parts.entered(answer.name);
      else this.#refused(answer);
    });
  }

  #askToLogIn(answered: (answer: ServerAnswer<"login">) => void): void {
    const { questions, name, proof } = this.#parts;
    const { chatPassword, invitation } = proof.credentials;
    const shown = {
      ...(chatPassword === undefined ? {} : { password: chatPassword }),
      // It may be used up by that: on the next connection, a token lets the person in.
      ...(invitation === undefined ? {} : { invitation, device: proof.device }),
    };
    questions.ask({ type: "login", name, ...shown }, (answer) => {
      if (answer.ok && answer.token !== undefined) proof.proved(answer.token);
      answered(answer);
    });
  }

  #refused({ ok: _, ...refusal }: ServerRefusal): void {
    this.#parts.refused(refusal);
  }
}
