/**
 * Finds who is mentioned in a text: people with an @, and the reader also without one. It is decided once, when the
 * text arrives or changes, from the people known then; badge, notification and highlighting all follow that decision.
 * The longest matching name wins: where both Ann and Ann Lee are, `@Ann Lee` is not Ann. Addresses and code mention
 * nobody.
 */
import { wireLimits } from "../../../protocol/limits.ts";
import { type FoldedText, fold, foldName, foldText } from "./folded-text.ts";
import { parseBlocks, wordsOf } from "./markup.ts";
import { beganBefore, goesOnAt, isInWord, isPossessive, wordBounds } from "./word-rules.ts";

/** Who can be mentioned, and who reads. */
export interface Mentionable {
  own: string | undefined;
  /** Names by folded form, the most likely first. */
  names(): readonly ReadonlyMap<string, string>[];
}

/** What was decided for a text. */
export interface Meant {
  names: readonly string[];
  /** The reader's name at the time, when they were mentioned. */
  own?: string;
}

/** A part of a text that mentions somebody. */
export interface Mention {
  text: string;
  name: string;
}

export const nobody: Meant = { names: [] };

/** Candidates in one text that are checked; later ones mention nobody. */
export const mentionCandidatesMax = 100;

/** The length of a folded name: one letter may become several. */
const keyLengthMax = 4 * wireLimits.nameCharsMax;

/** `other`: somebody's name without an @ that contains the reader's. */
interface Candidate {
  kind: "at" | "own" | "other";
  from: number;
  to: number;
  name: string;
}

/** @param text as it was written, with its marks */
export function meantIn(text: string, people: Mentionable): Meant {
  if (!mayMean(text, people)) return nobody;
  const places = wordsOf(parseBlocks(text)).flatMap((words) => placesIn(words, people));
  if (places.every(({ kind }) => kind === "other")) return nobody;
  const names = [...new Set(places.map(({ name }) => name))];
  const { own } = people;
  return own !== undefined && isMeant({ names }, own) ? { names, own } : { names };
}

export function isMeant({ names }: Meant, name: string): boolean {
  return names.some((each) => isSame(each, name));
}

/** The people mentioned, as the only candidates: with them, the same places are found again. */
export function peopleMeant({ names, own }: Meant): Mentionable {
  const byKey = [new Map(names.map((name) => [foldName(name), name]))];
  return { own, names: () => byKey };
}

/** Cuts a part of a text without marks into parts that add up to it. */
export function findMentions(text: string, people: Mentionable): (string | Mention)[] {
  const parts: (string | Mention)[] = [];
  let end = 0;
  for (const { kind, from, to, name } of placesIn(text, people)) {
    if (kind === "other") continue;
    if (from > end) parts.push(text.slice(end, from));
    parts.push({ text: text.slice(from, to), name });
    end = to;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** Whether an @ at `index` could start a mention. */
export function canName(text: string, index: number): boolean {
  if (isInWord(text, index) || addressesIn(text).some(({ from, to }) => from <= index && index < to)) return false;
  const [before, after] = [text.slice(0, index), text.slice(index + 1)];
  // Text that becomes code once its end is typed counts as code.
  return [after, "`", "\n```"].every((rest) => isWords(before, rest));
}

/** Marks the character whose context is asked for. No text that people write contains it. */
const marker = "\ue000";

function isWords(before: string, after: string): boolean {
  return wordsOf(parseBlocks(before + marker + after)).some((words) => words.includes(marker));
}

/** A cheap first check: most texts mention nobody. */
function mayMean(text: string, { own }: Mentionable): boolean {
  return /[@＠]/.test(text) || (own !== undefined && fold(text).includes(foldName(own)));
}

function placesIn(text: string, people: Mentionable): Candidate[] {
  if (!mayMean(text, people)) return [];
  const folded = foldText(text);
  const addresses = addressesIn(text);
  const isFree = ({ from, to }: Pick<Candidate, "from" | "to">, taken: readonly Pick<Candidate, "from" | "to">[]) =>
    taken.every((other) => to <= other.from || other.to <= from);
  const named = namedWithAt(text, folded, people).filter((place) => isFree(place, addresses));
  const bare = namedBare(text, folded, people).filter((place) => isFree(place, addresses) && isFree(place, named));
  return [...named, ...bare].sort((one, other) => one.from - other.from);
}

function namedWithAt(text: string, { folded, sourceOf }: FoldedText, people: Mentionable): Candidate[] {
  const places: Candidate[] = [];
  const names = people.names();
  let end = 0;
  for (const at of indexesOf("@", folded)) {
    const from = sourceOf(at);
    if (from === undefined || at < end || isInWord(text, from)) continue;
    for (let last = Math.min(at + 1 + keyLengthMax, folded.length); last > at + 1; last--) {
      const to = sourceOf(last);
      const name = to === undefined ? undefined : nameOf(names, folded.slice(at + 1, last));
      if (to === undefined || name === undefined || goesOnAt(text, to)) continue;
      places.push({ kind: "at", from, to, name });
      end = last;
      break;
    }
  }
  return places;
}

/** The reader's name as separate words, and longer names that contain it. */
function namedBare(text: string, { folded, sourceOf }: FoldedText, people: Mentionable): Candidate[] {
  const { own } = people;
  const ownKey = own === undefined ? "" : foldName(own);
  if (own === undefined || !folded.includes(ownKey)) return [];
  const bounds = wordBounds(text);
  const places = (key: string, name: string, kind: Candidate["kind"]): Candidate[] =>
    indexesOf(key, folded).flatMap((at) => {
      const [from, to] = [sourceOf(at), sourceOf(at + key.length)];
      if (from === undefined || to === undefined) return [];
      const isWhole = bounds.has(from) && (bounds.has(to) || isPossessive(text, to));
      return isWhole && !beganBefore(text, from) && !goesOnAt(text, to) ? [{ kind, from, to, name }] : [];
    });
  const isAround = (key: string) => key !== ownKey && key.includes(ownKey) && folded.includes(key);
  const longer = new Map<string, string>();
  for (const names of people.names()) for (const [key, name] of names) if (isAround(key)) longer.set(key, name);
  const others = [...longer].flatMap(([key, name]) => places(key, name, "other"));
  const isCovered = ({ from, to }: Candidate) => others.some((other) => other.from <= from && to <= other.to);
  return [...places(ownKey, own, "own").filter((place) => !isCovered(place)), ...others];
}

function nameOf(names: ReturnType<Mentionable["names"]>, key: string): string | undefined {
  return names.find((list) => list.has(key))?.get(key);
}

function indexesOf(part: string, text: string): number[] {
  const indexes: number[] = [];
  for (
    let at = text.indexOf(part);
    at !== -1 && indexes.length < mentionCandidatesMax;
    at = text.indexOf(part, at + 1)
  ) {
    indexes.push(at);
  }
  return indexes;
}

/** Addresses that are not links: `ftp://example.org/@ann`, `www.example.org/ann`. */
function addressesIn(text: string): { from: number; to: number }[] {
  return [...text.matchAll(/\S+/g)]
    .filter(([word]) => word.includes("://") || /^[^\s/]*\.[a-z]{2,}\//i.test(word))
    .map(({ index, 0: word }) => ({ from: index, to: index + word.length }));
}

function isSame(one: string, other: string): boolean {
  return foldName(one) === foldName(other);
}
