/**
 * What somebody is asked for who wants to join: first their name, and after a refusal what the server wants besides.
 * Answers that were not refused count further on, because a chat may ask for several things, one after the other.
 */
import type { JoinCredentials, Refusal } from "../../../protocol/bridge-events.ts";

/**
 * `password`: the one of the name. `new-password`: one of their own instead of the administrator's. `account`: the name
 * must be registered first. `chat-password`: the one of the whole chat.
 */
export type JoinQuestion = "name" | "password" | "new-password" | "account" | "chat-password" | "invitation";

export interface JoinTalk {
  question: JoinQuestion;
  /** What has been answered so far. It is never kept anywhere. */
  given: JoinCredentials;
  /** The answer was not sent, because others could read it; the person decides. */
  isInClear: boolean;
}

export const firstQuestion: JoinTalk = { question: "name", given: {}, isInClear: false };

/** What an answer to each question consists of. */
const answers: Record<JoinQuestion, readonly (keyof JoinCredentials)[]> = {
  name: ["password", "newPassword", "register"],
  password: ["password", "newPassword", "register"],
  "new-password": ["newPassword"],
  account: ["password", "newPassword", "register"],
  "chat-password": ["chatPassword"],
  invitation: ["invitation"],
};

/** Asks something; an earlier answer to it no longer counts. */
export function ask({ given }: JoinTalk, question: JoinQuestion): JoinTalk {
  const dropped: readonly string[] = answers[question];
  const counts = Object.entries(given).filter(([key]) => !dropped.includes(key));
  return { question, given: Object.fromEntries(counts), isInClear: false };
}

export function afterRefusal(talk: JoinTalk, code: Refusal["code"]): JoinTalk {
  switch (code) {
    case "name-registered":
    case "wrong-password":
    case "token-invalid":
    case "server-unproved":
      return ask(talk, "password");
    case "password-expired":
      return ask(talk, talk.given.password === undefined ? "password" : "new-password");
    case "account-required":
      return ask(talk, "account");
    case "password-required":
    case "password-invalid":
      return ask(talk, "chat-password");
    case "invitation-required":
    case "invitation-invalid":
      return ask(talk, "invitation");
    case "clear-password":
      return { ...talk, isInClear: true };
    case "too-many-attempts":
      return ask(talk, talk.question === "name" ? "password" : talk.question);
    // None of these says anything about the name.
    case "too-many-accounts":
    case "invalid":
    case "not-stored":
    case "tls-required":
      return ask(talk, talk.question);
    default:
      return ask(talk, "name");
  }
}

/** Whether a refusal only says what is asked next, and nothing was wrong. */
export function isOnlyAsked(code: Refusal["code"]): boolean {
  return askedFor.includes(code);
}

const askedFor: readonly Refusal["code"][] = [
  "name-registered",
  "password-expired",
  "account-required",
  "password-required",
  "invitation-required",
  "token-invalid",
];
