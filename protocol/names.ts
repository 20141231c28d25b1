/**
 * What a person or a room may be called, and when two names are the same. A name can never look like a line of the
 * server's (`* …`), a command (`/…`, `{quit}`) or another dialect's first word.
 */
import { wireLimits } from "./limits.ts";

export type NameProblem = "empty" | "too-long" | "characters" | "reserved";

export type NameResult = { ok: true; name: string } | { ok: false; problem: NameProblem };

/** Letters with their marks, digits, symbols (emoji) and a little punctuation; starts with one of the first three. */
const allowed = /^[\p{L}\p{N}\p{So}][\p{L}\p{M}\p{N}\p{So}\p{Emoji_Modifier} ._'’()+&!-]*$/u;

/** Words that other programs put where a name stands: old servers sign `SERVER: `; an IRC client begins `NICK …`. */
const reserved = new Set(["server", "salotto", "system"]);
const ircFirstWord = /^(cap|nick|user|pass|quit) /i;

/** Reads a name as a person typed it: trims it, folds inner white space, and says what is wrong with it. */
export function parseName(typed: string): NameResult {
  const name = typed.toWellFormed().normalize("NFC").replace(/\s+/g, " ").trim();
  if (name === "") return { ok: false, problem: "empty" };
  if ([...name].length > wireLimits.nameCharsMax) return { ok: false, problem: "too-long" };
  if (!allowed.test(name)) return { ok: false, problem: "characters" };
  if (reserved.has(nameKey(name)) || ircFirstWord.test(name)) return { ok: false, problem: "reserved" };
  return { ok: true, name };
}

/** Two names are the same when their keys are: case, width and compatibility forms do not tell people apart. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** The explanation of each problem, in English, for the json dialect. */
export const nameProblemMessages: Record<NameProblem, string> = {
  empty: "the name is empty",
  "too-long": `the name is longer than ${wireLimits.nameCharsMax} characters`,
  characters: "a name starts with a letter, digit or emoji and may hold spaces and . _ - ' ( ) + & !",
  reserved: "that name is reserved; choose another",
};

/** The room that always exists, where everyone starts. */
export const lobby = "lobby";

/** A private conversation is addressed as a room named for the other person: `@anna`. */
export function privateRoom(name: string): string {
  return `@${name}`;
}
