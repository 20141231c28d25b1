/** The chat's answers to the verbs about accounts: values with stable codes, as in outcomes.ts. */
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
