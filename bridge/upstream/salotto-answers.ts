/** Translates a Salotto server's answers for the pages. It asks nothing itself. */
import type { CommandAnswer, PostAnswer } from "../../protocol/bridge-events.ts";
import { type ErrorCode, errorCodes } from "../../protocol/events.ts";
import type { History } from "./catch-up.ts";
import type { Answer } from "./questions.ts";

/** Used instead of an answer: the server may or may not have done what it was asked. */
export const lost = {
  ok: false,
  code: "lost",
  message: "the connection was lost before the server answered",
} as const;

export function commandAnswer(answer: Answer): CommandAnswer {
  if (answer.type !== "ok") return { ok: false, ...problemOf(answer) };
  const { type: _type, label: _label, ...fields } = answer;
  return { ok: true, ...fields };
}

export function postAnswer(answer: Answer): PostAnswer {
  if (answer.type !== "ok") return { ok: false, ...problemOf(answer) };
  const { msgid, seq, time, away } = answer;
  if (msgid === undefined || seq === undefined || time === undefined) {
    return { ok: false, code: "invalid", message: "the server confirmed the message without giving its number" };
  }
  return { ok: true, msgid, seq, time, ...(away ? { away } : {}) };
}

export function historyOf(answer: Answer): History {
  const { messages, more = false } = answer.type === "ok" ? answer : {};
  return messages && { entries: messages, more };
}

/**
 * A code from a newer server that this version does not know counts as `invalid`; its message still says everything.
 */
export function problemOf(answer: Answer): { code: ErrorCode; message: string } {
  if (answer.type !== "error") return { code: "invalid", message: `the server answered with ${answer.type}` };
  const code = errorCodes.find((known) => known === answer.code) ?? "invalid";
  return { code, message: answer.message };
}
