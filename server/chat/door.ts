/**
 * Who is let in at all, before anything about names: in an open chat everybody; otherwise those who know the chat's own
 * password, or those who have an account, or those who meet both conditions.
 */

import { preparedPassword } from "../../protocol/password.ts";
import { type AttemptLimits, Attempts } from "../accounts/attempts.ts";
import { SharedSecret } from "../accounts/shared-secret.ts";
import type { DoorProblem } from "./outcomes.ts";
import type { Visit } from "./room.ts";

export interface DoorRules {
  /** The chat's own password; undefined for none. */
  password: string | undefined;
  /** Lets in only people with an account. */
  registeredOnly: boolean;
  /** Takes passwords only where nobody on the way can read them. */
  tlsRequired: boolean;
  /** A password crosses a network in clear, which is allowed. */
  exposed(address: string): void;
}

/** What is asked at the door, in this order. */
export type AskedAtDoor = "password" | "account";

export class Doorkeeper {
  readonly registeredOnly: boolean;
  readonly #password: SharedSecret | undefined;
  /** Of passwords, also those of accounts. */
  readonly attempts: Attempts;
  readonly #rules: Pick<DoorRules, "tlsRequired" | "exposed">;
  readonly #nowMs: () => number;

  constructor(rules: DoorRules, limits: AttemptLimits, nowMs: () => number) {
    const { password, registeredOnly } = rules;
    this.#rules = rules;
    this.registeredOnly = registeredOnly;
    this.#password = password === undefined ? undefined : new SharedSecret(preparedPassword(password));
    this.attempts = new Attempts(limits);
    this.#nowMs = nowMs;
  }

  /** Everything that is asked of a stranger. */
  get asks(): readonly AskedAtDoor[] {
    return [...(this.#password ? (["password"] as const) : []), ...(this.registeredOnly ? (["account"] as const) : [])];
  }

  /** Whether a visit still has to give the chat's password. Who has proved to be somebody was let in before. */
  asksPassword(visit: Visit): boolean {
    return this.#password !== undefined && !visit.isAdmitted && visit.proved === undefined;
  }

  /** Whether a visit may give no password, because others could read it on the way. */
  refusesPasswords({ asker }: Visit): boolean {
    return this.#rules.tlsRequired && !asker.isPrivateWire;
  }

  /** A visit gives a password. @returns why it is not even looked at */
  hear(visit: Visit): { ok: false; code: "tls-required" } | undefined {
    if (this.refusesPasswords(visit)) return { ok: false, code: "tls-required" };
    if (!visit.asker.isPrivateWire) this.#rules.exposed(visit.asker.address);
    return undefined;
  }

  /** Gives the chat's password, if it is asked for. @returns why the visit is not let in */
  knock(visit: Visit, typed: string | undefined): DoorProblem | undefined {
    if (!this.#password || !this.asksPassword(visit)) return undefined;
    if (this.refusesPasswords(visit)) return { ok: false, code: "tls-required" };
    if (typed === undefined) return { ok: false, code: "password-required" };
    this.hear(visit);
    const { source } = visit.asker;
    // Only whoever guesses waits, not everybody who wants to come in.
    const account = `the chat, from ${source}`;
    const retryInMs = this.attempts.begin(account, source, this.#nowMs());
    if (retryInMs > 0) return { ok: false, code: "too-many-attempts", retryInMs };
    if (!this.#password.fits(preparedPassword(typed))) return { ok: false, code: "password-invalid" };
    this.attempts.succeeded(account, source);
    visit.isAdmitted = true;
    return undefined;
  }
}
