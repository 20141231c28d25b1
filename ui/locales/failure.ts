/** Puts into words why something was refused: the page's own for the code, and what somebody added. */
import type { Locale } from "./locale.ts";

export function sayFailure(
  { code, message, about, until }: { code: string; message: string; about?: string; until?: string },
  locale: Locale,
): string {
  const said = locale.texts.failures[code];
  if (said === undefined) return message;
  const end = until === undefined ? "" : ` (${locale.texts.rights.ruleUntil(locale.moment(until))})`;
  return `${said}${end}${about === undefined ? "" : `: ${about}`}`;
}
