/**
 * Who is let in at all, before anything about names: in an open chat everybody; otherwise those who know the chat's own
 * password, those who are invited, those who have an account, or those who meet several of these conditions. Whoever proves
 * to be somebody, by an account or a guest's token, was let in before: they are asked for nothing else.
 */

import { preparedPassword } from "../../protocol/password.ts";
import { type AttemptLimits, Attempts } from "../accounts/attempts.ts";
import { SharedSecret } from "../accounts/shared-secret.ts";
import type { Invitations } from "./invitations.ts";
import type { DoorProblem, InvitationProblem, TooManyAttempts } from "./outcomes.ts";
import type { Visit } from "./room.ts";

export interface DoorRules {
  /** The chat's own password; undefined for none. */
  password: string | undefined;
  /** Lets in only people with an account. */
  registeredOnly: boolean;
  /** Lets in new people only by an invitation. */
  invitedOnly: boolean;
  /** Takes passwords only where nobody on the way can read them. */
  tlsRequired: boolean;
  /** A password crosses a network in clear, which is allowed. */
  exposed(address: string): void;
}

/** What is asked at the door, in this order. */
export type AskedAtDoor = "password" | "invitation" | "account";

interface DoorParts {
  limits: AttemptLimits;
  invitations: Invitations;
  nowMs: () => number;
}

export class Doorkeeper {
  readonly registeredOnly: boolean;
  readonly #password: SharedSecret | undefined;
  /** Of passwords, also those of accounts. */
  readonly attempts: Attempts;
  readonly #rules: Pick<DoorRules, "invitedOnly" | "tlsRequired" | "exposed">;
  readonly #invitations: Invitations;
  readonly #nowMs: () => number;

  constructor(rules: DoorRules, { limits, invitations, nowMs }: DoorParts) {
    const { password, registeredOnly } = rules;
    this.#rules = rules;
    this.registeredOnly = registeredOnly;
    this.#password = password === undefined ? undefined : new SharedSecret(preparedPassword(password));
    this.#invitations = invitations;
    this.attempts = new Attempts(limits);
    this.#nowMs = nowMs;
  }

  /** Everything that is asked of a stranger. */
  get asks(): readonly AskedAtDoor[] {
    const asked: Record<AskedAtDoor, boolean> = {
      password: this.#password !== undefined,
      invitation: this.#rules.invitedOnly,
      account: this.registeredOnly,
    };
    return (["password", "invitation", "account"] as const).filter((each) => asked[each]);
  }

  /** Whether a visit still has to give the chat's password. Who has proved to be somebody was let in before. */
  asksPassword(visit: Visit): boolean {
    return this.#password !== undefined && !visit.isAdmitted && visit.proved === undefined;
  }

  /** Whether a visit still has to show an invitation. */
  asksInvitation(visit: Visit): boolean {
    if (!this.#rules.invitedOnly || visit.proved !== undefined) return false;
    return visit.invitation === undefined || !this.#invitations.isOpen(visit.invitation);
  }

  /** Whether a visit may give no password, and give or get no token, because others could read it on the way. */
  refusesPasswords({ asker }: Visit): boolean {
    return this.#rules.tlsRequired && !asker.isPrivateWire;
  }

  /** A visit gives a password. @returns why it is not even looked at */
  hear(visit: Visit): { ok: false; code: "tls-required" } | undefined {
    if (this.refusesPasswords(visit)) return { ok: false, code: "tls-required" };
    if (!visit.asker.isPrivateWire) this.#rules.exposed(visit.asker.address);
    return undefined;
  }

  /**
   * Gives what is asked for, as far as it was not given before: the chat's password, and then the code of an invitation.
   * @returns why the visit is not let in
   */
  knock(
    visit: Visit,
    typed: { password?: string | undefined; invitation?: string | undefined },
  ): DoorProblem | undefined {
    return this.#takePassword(visit, typed.password) ?? this.showInvitation(visit, typed.invitation);
  }

  /** Shows the code of an invitation, if one is asked for and none was shown before. @returns why it is not enough */
  showInvitation(visit: Visit, typed: string | undefined): InvitationProblem | undefined {
    if (!this.asksInvitation(visit)) return undefined;
    // Somebody else has used it, or it was dropped, after it was shown here.
    const isOver = typed === undefined && visit.invitation !== undefined;
    visit.invitation = undefined;
    if (isOver) return { ok: false, code: "invitation-invalid" };
    return this.#try(visit, typed, "invitation", (code) => {
      visit.invitation = this.#invitations.find(code);
      return visit.invitation !== undefined;
    });
  }

  /** The visit comes in, or registers to do so: the invitation that it has shown is used. */
  letIn(visit: Visit): void {
    const { invitation } = visit;
    visit.invitation = undefined;
    if (invitation !== undefined && visit.proved === undefined) this.#invitations.use(invitation);
  }

  #takePassword(visit: Visit, typed: string | undefined): DoorProblem | undefined {
    const password = this.#password;
    if (!password || !this.asksPassword(visit)) return undefined;
    const problem = this.#try(visit, typed, "password", (text) => password.fits(preparedPassword(text)));
    if (!problem) visit.isAdmitted = true;
    return problem;
  }

  #try<What extends "password" | "invitation">(
    visit: Visit,
    typed: string | undefined,
    what: What,
    isRight: (typed: string) => boolean,
  ): TooManyAttempts | { ok: false; code: `${What}-${"required" | "invalid"}` | "tls-required" } | undefined {
    if (this.refusesPasswords(visit)) return { ok: false, code: "tls-required" };
    if (typed === undefined) return { ok: false, code: `${what}-required` };
    this.hear(visit);
    const { source } = visit.asker;
    // Only whoever guesses waits, not everybody who wants to come in.
    const account = `the ${what} of the chat, from ${source}`;
    const retryInMs = this.attempts.begin(account, source, this.#nowMs());
    if (retryInMs > 0) return { ok: false, code: "too-many-attempts", retryInMs };
    if (!isRight(typed)) return { ok: false, code: `${what}-invalid` };
    this.attempts.succeeded(account, source);
    return undefined;
  }
}
