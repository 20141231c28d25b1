/**
 * What a person or a room may be called, and when two names are the same. A name can never look like a line from the
 * server (`* …`), a command (`/…`, `{quit}`) or another dialect's first word, and never contains what ends a name in a
 * line: a colon, a comma, a bracket or a quotation mark.
 */
import { type Dropped, visible, withoutInvisible, withoutStacks } from "./characters.ts";
import { wireLimits } from "./limits.ts";
import { isOfOneScript } from "./scripts.ts";

export type NameProblem = "empty" | "too-long" | "characters" | "marks" | "scripts" | "reserved";

/**
 * `dropped`: what was removed from the typed name, if anything. `kept`: the name as an earlier version accepted it;
 * nobody can take it any more, but whoever had it keeps it.
 */
export type NameResult =
  | { ok: true; name: string; dropped?: readonly Dropped[] }
  | { ok: false; problem: NameProblem; kept?: string };

/**
 * Letters with their marks, digits, symbols (emoji), a little punctuation and joiners; starts with one of the first
 * three. The punctuation of other scripts is what they use inside words (UAX #31, tables 3a and 3b): `Gal·la`.
 */
const allowed =
  /^[\p{L}\p{N}\p{So}][\p{L}\p{M}\p{N}\p{So}\p{Emoji_Modifier}\p{Default_Ignorable_Code_Point} ._'‘’()+&!\-·‧・־׳״֊་‐]*$/u;

/** Letters that look like a colon or a quotation mark, which end or surround a name in a line. */
const likePunctuation = /[\u02d0\u02d1\u02ba\u02ee]/;

/** Marks that one letter of a name may have when decomposed: some Greek letters have three. */
const stackMax = { common: 3, own: 4 };

/** Words that other programs put in place of a name: old servers sign `SERVER: `; an IRC client begins `NICK …`. */
export const reserved: ReadonlySet<string> = new Set(["server", "salotto", "system"]);
const ircFirstWord = /^(cap|nick|user|pass|quit) /i;

/**
 * Reads a name as a person typed it: trims it, collapses inner white space, removes what is invisible in its context,
 * and says what is wrong with it. Its length is checked before anything is done with it.
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

/** Earlier versions checked neither which alphabets are mixed nor how many marks a letter has. */
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

/** Whether a line shows where the name ends. Some names of earlier versions, which are refused now, do so as well. */
export function canStandInLine(name: string): boolean {
  // What a compatibility form stands for counts too: a key that could be two names would be somebody else's as well.
  return name.length <= wireLimits.nameTypedCharsMax && allowed.test(name) && allowed.test(nameKey(name));
}

/** Whether a name begins with a word that programs use. */
function isReserved(key: string): boolean {
  return reserved.has(leadingWord(key));
}

/** The letters that a name begins with: `server` for `Server (bot)`. */
export function leadingWord(key: string): string {
  return /^\p{L}*/u.exec(key)?.[0] ?? "";
}

/**
 * Two names are the same when their keys are: case, width, compatibility forms and joiners do not tell people apart.
 */
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

/** Letters, digits, a little punctuation and joiners; starts with one of the first two. */
const roomAllowed = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{Default_Ignorable_Code_Point}._\-·・་]*$/u;

/** The canonical spelling of a typed room name, `dev` for `#Dev`; undefined when no room ever had such a name. */
export function spellRoomName(typed: string): string | undefined {
  if (typed.length > wireLimits.nameTypedCharsMax) return undefined;
  const spelled = withoutInvisible(typed.toWellFormed().normalize("NFKC"));
  const name = spelled.trim().replace(/^#/, "").toLowerCase();
  return canBeRoom(name) ? name : undefined;
}

/** Reads the name of a possibly new room; undefined when no new room can have it. */
export function parseRoomName(typed: string): string | undefined {
  const name = spellRoomName(typed);
  return name !== undefined && problemOf(name) === undefined ? name : undefined;
}

/** Whether this version or an earlier one accepted the name for a room. */
export function canBeRoom(name: string): boolean {
  return name.length <= wireLimits.roomCharsMax && roomAllowed.test(name) && name === name.toLowerCase();
}

/** The explanation of an invalid room name. */
export const roomNameMessage = `a room name can have up to ${wireLimits.nameCharsMax} characters: letters, digits and . _ -`;

/** The room that always exists, where everyone starts. */
export const lobby = "lobby";

/** A private conversation is addressed as a room named for the other person: `@anna`. */
export function privateRoom(name: string): string {
  return `@${name}`;
}
