/**
 * What a person or a room may be called, and when two names are the same. A name can never look like a line of the
 * server's (`* …`), a command (`/…`, `{quit}`) or another dialect's first word, and never holds what ends a name in a
 * line: a colon, a comma, a bracket or a quotation mark.
 */
import { type Dropped, visible, withoutInvisible, withoutStacks } from "./characters.ts";
import { wireLimits } from "./limits.ts";
import { isOfOneScript } from "./scripts.ts";

export type NameProblem = "empty" | "too-long" | "characters" | "marks" | "scripts" | "reserved";

/**
 * `dropped` says what was taken out of what was typed; absent when that is nothing. `kept` is the name where an earlier
 * version took it: nobody can take it any more, but who had it has it still.
 */
export type NameResult =
  | { ok: true; name: string; dropped?: readonly Dropped[] }
  | { ok: false; problem: NameProblem; kept?: string };

/**
 * Letters with their marks, digits, symbols (emoji), a little punctuation and what joins them; starts with one of the first
 * three. The punctuation of other scripts is that which stands inside of words (UAX #31, tables 3a and 3b): `Gal·la`.
 */
const allowed =
  /^[\p{L}\p{N}\p{So}][\p{L}\p{M}\p{N}\p{So}\p{Emoji_Modifier}\p{Default_Ignorable_Code_Point} ._'‘’()+&!\-·‧・־׳״֊་‐]*$/u;

/** Letters that look like a colon or a quotation mark, which in a line end a name or stand around it. */
const likePunctuation = /[\u02d0\u02d1\u02ba\u02ee]/;

/** One letter of a name bears so many marks, taken apart: Greek has letters with three. */
const stackMax = { common: 3, own: 4 };

/** Words that other programs put where a name stands: old servers sign `SERVER: `; an IRC client begins `NICK …`. */
export const reserved: ReadonlySet<string> = new Set(["server", "salotto", "system"]);
const ircFirstWord = /^(cap|nick|user|pass|quit) /i;

/**
 * Reads a name as a person typed it: trims it, folds inner white space, takes out what shows nothing where it stands, and
 * says what is wrong with it. It is measured before anything is done with it.
 */
export function parseName(typed: string): NameResult {
  if (typed.length > wireLimits.nameTypedCharsMax) return { ok: false, problem: "too-long" };
  const spelled = typed.toWellFormed().normalize("NFC");
  const seen = withoutInvisible(spelled);
  const name = seen.replace(/\s+/g, " ").trim();
  const problem = problemOf(name);
  if (problem) return { ok: false, problem, ...(canBeKept(name, problem) ? { kept: name } : {}) };
  if (isReserved(nameKey(name)) || ircFirstWord.test(name)) return { ok: false, problem: "reserved" };
  return seen.length < spelled.length ? { ok: true, name, dropped: ["invisible"] } : { ok: true, name };
}

/** Earlier versions minded neither which alphabets go together nor how many marks a letter bears. */
function canBeKept(name: string, problem: NameProblem): boolean {
  return (problem === "scripts" || problem === "marks") && canStandInLine(name);
}

function problemOf(name: string): NameProblem | undefined {
  if (visible(name) === "") return "empty";
  if ([...name].length > wireLimits.nameCharsMax) return "too-long";
  if (!canStandInLine(name) || likePunctuation.test(name)) return "characters";
  const apart = name.normalize("NFD");
  if (withoutStacks(apart, stackMax) !== apart) return "marks";
  return isOfOneScript(name) ? undefined : "scripts";
}

/** Whether a line shows where a name ends. Names of earlier versions, which took some that are refused now, can as well. */
export function canStandInLine(name: string): boolean {
  // What a compatibility form stands for counts too: a key that could be two names would be somebody else's as well.
  return name.length <= wireLimits.nameTypedCharsMax && allowed.test(name) && allowed.test(nameKey(name));
}

/** Whether a name begins with a word by which programs speak. */
function isReserved(key: string): boolean {
  return reserved.has(leadingWord(key));
}

/** The letters that a name begins with: of `Server (bot)`, `server`. */
export function leadingWord(key: string): string {
  return /^\p{L}*/u.exec(key)?.[0] ?? "";
}

/** Two names are the same when their keys are: case, width, compatibility forms and joiners do not tell people apart. */
export function nameKey(name: string): string {
  return visible(name.normalize("NFKC")).toLowerCase();
}

/** The explanation of each problem, in English, for the json dialect. */
export const nameProblemMessages: Record<NameProblem, string> = {
  empty: "the name is empty",
  "too-long": `the name is longer than ${wireLimits.nameCharsMax} characters`,
  characters: "a name starts with a letter, digit or emoji and can contain spaces and . _ - ' ( ) + & !",
  marks: "a letter in the name has too many accents or other marks",
  scripts: "the name mixes alphabets whose letters look alike; use only one of them",
  reserved: "that name is reserved; choose another",
};

/** Letters, digits, a little punctuation and what joins them, starting with one of the first two. */
const roomAllowed = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{Default_Ignorable_Code_Point}._\-·・་]*$/u;

/** How a room's name is written that a person typed, `dev` for `#Dev`; undefined when no room was ever called so. */
export function spellRoomName(typed: string): string | undefined {
  if (typed.length > wireLimits.nameTypedCharsMax) return undefined;
  const spelled = withoutInvisible(typed.toWellFormed().normalize("NFKC"));
  const name = spelled.trim().replace(/^#/, "").toLowerCase();
  return canBeRoom(name) ? name : undefined;
}

/** Reads the name of a room that may be a new one; undefined when no new room can be called so. */
export function parseRoomName(typed: string): string | undefined {
  const name = spellRoomName(typed);
  return name !== undefined && problemOf(name) === undefined ? name : undefined;
}

/** Whether a room was called so, by this version or an earlier one. */
export function canBeRoom(name: string): boolean {
  return name.length <= wireLimits.roomCharsMax && roomAllowed.test(name) && name === name.toLowerCase();
}

/** The explanation of a room's name that cannot be. */
export const roomNameMessage = `a room name can have up to ${wireLimits.nameCharsMax} characters: letters, digits and . _ -`;

/** The room that always exists, where everyone starts. */
export const lobby = "lobby";

/** A private conversation is addressed as a room named for the other person: `@anna`. */
export function privateRoom(name: string): string {
  return `@${name}`;
}
