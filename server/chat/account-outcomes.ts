/** What verbs about accounts are asked and answer: values with stable codes, as in outcomes.ts. */
import type { SessionInfo } from "../../protocol/account-commands.ts";
import type { PasswordProblem } from "../../protocol/password.ts";
import type { InvitationProblem, NameOutcome, TooManyAttempts } from "./outcomes.ts";

/** `invalid`: that field names nothing. */
export type AccountProblem =
  | TooManyAttempts
  | { ok: false; code: "password-invalid"; problem: PasswordProblem }
  | { ok: false; code: "wrong-password" | "not-registered" | "account-required" | "not-stored" | "tls-required" }
  | { ok: false; code: "invalid"; field: string };

export type AccountOutcome = { ok: true } | AccountProblem;

export type RegisterOutcome =
  | { ok: true; name: string; token?: string }
  | { ok: false; code: "registered" | "too-many-accounts" }
  | { ok: false; code: "password-required" }
  | InvitationProblem
  | Extract<NameOutcome, { ok: false }>
  | AccountProblem;

export type AuthenticateOutcome =
  /** During SCRAM, `data` is the next message, and there is no name yet. */
  | { ok: true; name?: string; token?: string; data?: string; mustChange?: boolean }
  | { ok: false; code: "token-invalid" }
  | AccountProblem;

export type SessionsOutcome = { ok: true; sessions: readonly SessionInfo[] } | AccountProblem;

export interface RegisterRequest {
  password: string;
  /** At the door: the one to register. */
  name?: string | undefined;
  /** Asks for a session token. */
  device?: string | undefined;
  /** The code of an invitation, where one is asked for. */
  invitation?: string | undefined;
}
