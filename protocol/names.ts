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

/** Characters that show nothing: with them two names could look the same, or like none. U+2800 is an empty Braille cell. */
const invisible = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Marks piled up, and letters of another alphabet that look like Latin ones beside Latin ones. */
const misleading = /\p{M}{3}|(?=.*\p{Script=Latin}).*[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/**
 * Reads a name as a person typed it: trims it, folds inner white space, takes out what cannot be seen, and says what is
 * wrong with it.
 */
export function parseName(typed: string): NameResult {
  const name = typed.toWellFormed().normalize("NFC").replace(invisible, "").replace(/\s+/g, " ").trim();
  if (name === "") return { ok: false, problem: "empty" };
  if ([...name].length > wireLimits.nameCharsMax) return { ok: false, problem: "too-long" };
  // What a compatibility form stands for counts too: a key that could be two names would be somebody else's as well.
  const isAllowed = allowed.test(name) && allowed.test(nameKey(name));
  if (!isAllowed || misleading.test(name)) return { ok: false, problem: "characters" };
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
  characters:
    "a name starts with a letter, digit or emoji, may hold spaces and . _ - ' ( ) + & !, and mixes no alphabets that look alike",
  reserved: "that name is reserved; choose another",
};

/** Letters, digits and a little punctuation, starting with one of the first two. */
const roomAllowed = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u;

/** Reads a room's name as a person typed it, `#Dev` or `dev`; undefined when no room can be called so. */
export function parseRoomName(typed: string): string | undefined {
  const name = typed.toWellFormed().normalize("NFKC").trim().replace(/^#/, "").toLowerCase();
  return roomAllowed.test(name) && [...name].length <= wireLimits.nameCharsMax ? name : undefined;
}

/** The explanation of a room's name that cannot be. */
export const roomNameMessage = `a room's name has at most ${wireLimits.nameCharsMax} letters, digits and . _ -`;

/** The room that always exists, where everyone starts. */
export const lobby = "lobby";

/** A private conversation is addressed as a room named for the other person: `@anna`. */
export function privateRoom(name: string): string {
  return `@${name}`;
}
