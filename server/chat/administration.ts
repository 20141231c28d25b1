/**
 * What whoever runs the server can do about accounts: see them, give a forgotten password anew, and end them; and
 * who is invited.
 */
import { makeOneTimePassword } from "../accounts/readable-code.ts";
import type { ChatState } from "./chat-state.ts";
import type { Inviting } from "./inviting.ts";
import type { Logins } from "./logins.ts";
import type { Naming } from "./naming.ts";
import type { Person } from "./people.ts";

export interface AccountInfo {
  name: string;
  /** ISO 8601. */
  seen: string;
  sessions: number;
  /** It waits for a new password, or nobody can enter it. */
  state: "active" | "reset" | "closed";
}

/** Why nothing was done. */
export type AdministrationProblem = "no-account" | "not-stored";

/** Whose queue the hashing of the administrator waits in. */
const SOURCE = "administrator";

export class Administration {
  readonly #state: ChatState;
  readonly #naming: Naming;
  readonly #logins: Logins;
  readonly inviting: Inviting;

  constructor(state: ChatState, { naming, logins, inviting }: { naming: Naming; logins: Logins; inviting: Inviting }) {
    this.#state = state;
    this.#naming = naming;
    this.#logins = logins;
    this.inviting = inviting;
  }

  list(): readonly AccountInfo[] {
    return this.#state.people.withAccount().map(({ account, name, seen, sessions }) => {
      const state = account?.hash ? (account.mustChange ? "reset" : "active") : "closed";
      return { name, seen, sessions: sessions.size, state };
    });
  }

  /** Gives an account a password that is good only for choosing another. */
  async reset(name: string): Promise<{ password: string } | { problem: AdministrationProblem }> {
    const password = makeOneTimePassword();
    const keys = await this.#state.options.passwords.make(password, SOURCE);
    const person = this.#owner(name);
    if (!person?.account) return { problem: "no-account" };
    if (!keys) return { problem: "not-stored" };
    const before = person.account;
    this.#logins.endOthers(person);
    this.#state.people.setAccount(person, { ...before, ...keys, mustChange: true });
    return new Promise((resolve) => {
      this.#naming.noteAccount(person, (isKept) => {
        if (!isKept) this.#state.people.setAccount(person, before);
        resolve(isKept ? { password } : { problem: "not-stored" });
      });
    });
  }

  /** Ends an account, as if its owner had. */
  async remove(name: string): Promise<{ done: true } | { problem: AdministrationProblem }> {
    const person = this.#owner(name);
    if (!person) return { problem: "no-account" };
    this.#logins.endOthers(person);
    return new Promise((resolve) => {
      this.#naming.setAside(person, (isKept) => resolve(isKept ? { done: true } : { problem: "not-stored" }));
    });
  }

  /** The person of an account that somebody can enter: one that has ended stays ended. */
  #owner(name: string): Person | undefined {
    const person = this.#state.people.byName(name);
    return person?.account?.hash ? person : undefined;
  }
}
