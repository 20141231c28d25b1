/** What a program can ask for about accounts, with or without a name. What was proved belongs to the visit. */
import type { AccountCommandType } from "../../protocol/account-commands.ts";
import type { Command } from "../../protocol/commands.ts";
import { passwordProblemMessages } from "../../protocol/password.ts";
import type { AccountProblem, AuthenticateOutcome, RegisterOutcome } from "../chat/account-outcomes.ts";
import type { Chat } from "../chat/chat.ts";
import type { Visit } from "../chat/room.ts";
import { errorMessages } from "./json-errors.ts";
import { nameAnswer, type Outcome } from "./json-verbs.ts";

interface Caller {
  visit: Visit;
  chat: Chat;
}

type Handler<T extends AccountCommandType> = (
  caller: Caller,
  command: Command<T>,
  reply: (outcome: Outcome<T>) => void,
) => void;

export const accountVerbs: { [T in AccountCommandType]: Handler<T> } = {
  register: ({ visit, chat }, request, reply) =>
    chat.accounts.register(visit, request, (outcome) => reply(registerAnswer(outcome))),
  authenticate,
  "change-password": ({ visit, chat }, { old, new: fresh }, reply) =>
    chat.accounts.changePassword(visit, old, fresh, (outcome) => reply(outcome.ok ? outcome : refused(outcome, "new"))),
  unregister: ({ visit, chat }, { password }, reply) =>
    chat.accounts.unregister(visit, password, (outcome) => reply(outcome.ok ? outcome : refused(outcome))),
  sessions: ({ visit, chat }, _, reply) =>
    chat.accounts.logins.list(visit, (outcome) => reply(outcome.ok ? outcome : refused(outcome))),
  "sign-out": ({ visit, chat }, { id }, reply) =>
    chat.accounts.logins.signOut(visit, id, (outcome) => reply(outcome.ok ? outcome : refused(outcome))),
};

/** One of three ways: a token, a SCRAM message, or name and password. */
function authenticate(
  { visit, chat }: Caller,
  { name, password, token, mechanism, data, device }: Command<"authenticate">,
  reply: (outcome: Outcome<"authenticate">) => void,
): void {
  const answer = (outcome: AuthenticateOutcome) => reply(outcome.ok ? outcome : authenticateProblem(outcome));
  if (token !== undefined) return chat.accounts.resume(visit, token, answer);
  if (mechanism !== undefined && data !== undefined) return chat.accounts.scram(visit, data, device, answer);
  if (name !== undefined && password !== undefined) {
    return chat.accounts.authenticate(visit, { name, password, device }, answer);
  }
  const field = name === undefined ? "name" : "password";
  const message = "give name and password, or a token, or mechanism and data";
  chat.inTurn(() => reply({ ok: false, code: "invalid", field, message }));
}

function registerAnswer(outcome: RegisterOutcome): Outcome<"register"> {
  if (outcome.ok) return outcome;
  switch (outcome.code) {
    case "registered":
    case "too-many-accounts":
    case "password-required":
    case "invitation-required":
    case "invitation-invalid":
      return { ok: false, code: outcome.code };
    case "name-invalid":
    case "name-taken":
    case "name-registered":
    case "password-expired":
    case "too-many-new-names":
    case "banned":
      return nameAnswer(outcome) as Outcome<"register">;
    default:
      return refused(outcome);
  }
}

function authenticateProblem(outcome: Extract<AuthenticateOutcome, { ok: false }>): Outcome<"authenticate"> {
  return outcome.code === "token-invalid" ? { ok: false, code: outcome.code } : refused(outcome);
}

const fieldMessages: Record<string, string> = {
  name: "name must be the one that you have here, or the one to register before login",
  id: "there is no such session",
  data: "data must be base64 of a SCRAM message without channel binding",
};

/** @param field the one with the new password */
function refused(problem: AccountProblem, field = "password"): Extract<Outcome<AccountCommandType>, { ok: false }> {
  switch (problem.code) {
    case "too-many-attempts":
      return { ...problem, message: errorMessages[problem.code] };
    case "password-invalid":
      return { ok: false, code: problem.code, field, message: passwordProblemMessages[problem.problem] };
    case "invalid":
      return { ...problem, message: fieldMessages[problem.field] ?? `${problem.field} is wrong` };
    default:
      return { ok: false, code: problem.code };
  }
}
