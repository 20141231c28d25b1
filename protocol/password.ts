/** What can be a password, so that it is the same one at a terminal, in json and in a browser. */
import { wireLimits } from "./limits.ts";
import { clean } from "./text.ts";

export type PasswordProblem = "too-short" | "too-long" | "characters";

/** The form in which a password is hashed and compared: compatibility forms count as the same (RFC 4013). */
export function preparedPassword(typed: string): string {
  return typed.normalize("NFKC");
}

/** Why a new password cannot be one; undefined when it can. */
export function passwordProblem(typed: string): PasswordProblem | undefined {
  if (typed.length > wireLimits.passwordCharsMax) return "too-long";
  const password = preparedPassword(typed);
  if ([...password].length < wireLimits.passwordCharsMin) return "too-short";
  // What a terminal's line would lose is not part of a password.
  const isTypable = clean(password).text === password && password.trim() === password && !/[\n\t]/.test(password);
  return isTypable ? undefined : "characters";
}

/** The explanation of each problem, in English, for the json dialect. */
export const passwordProblemMessages: Record<PasswordProblem, string> = {
  "too-short": `password must have at least ${wireLimits.passwordCharsMin} characters`,
  "too-long": `password must have at most ${wireLimits.passwordCharsMax} characters`,
  characters: "password must not have control or invisible characters, or white space around it",
};
