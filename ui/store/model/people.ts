/** How people are listed, told apart at a glance and found by what somebody typed. */
import { nameKey } from "../../../protocol/names.ts";
import { everyone, isPrivate, type PageState, type RoomState } from "./state.ts";

/** Who is in a room; in a private conversation the other person. */
export function membersOf({ name, members }: Pick<RoomState, "name" | "members">): readonly string[] {
  return isPrivate(name) ? [name.slice(1)] : members;
}

/** Whom one can write to privately by their name: who is or was here, and with whom one has a conversation. */
export function addressees(state: PageState): readonly string[] {
  const known = [...state.rooms.values()].filter(({ name }) => isPrivate(name)).map(({ name }) => name.slice(1));
  const absent = state.absentees.map(({ name }) => name);
  return [...everyone(state), ...known, ...absent].filter((name) => name !== state.name);
}

/** The same person, as servers that keep names apart tell people: a message is its author's to change, by their name now. */
export function isSamePerson(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

/** Everyone who is here, in the order of the reader's language; the reader too, though the server may not say so. */
export function sortedPeople(members: readonly string[], own: string | undefined, language: string): string[] {
  const everyone = own === undefined || members.includes(own) ? members : [...members, own];
  return everyone.toSorted(new Intl.Collator(language, { sensitivity: "base" }).compare);
}

/** The first character of the first two words, as a reader counts characters. Brackets and the like are none. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).map((word) => word.replace(/^[^\p{L}\p{N}\p{So}\p{RI}]+/u, ""));
  const shown = words.filter((word) => word !== "").slice(0, 2);
  return shown.map((word) => firstCharacter(firstCharacter(word).toUpperCase())).join("");
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function firstCharacter(word: string): string {
  return characters.segment(word)[Symbol.iterator]().next().value?.segment ?? "";
}

/** A hue in degrees that stays with a name. Lightness and chroma are the theme's, so that contrast is too. */
export function nameHue(name: string): number {
  // FNV-1a, then multiplied by the golden angle: names that differ little get hues that differ much.
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(nameKey(name))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return Math.round((hash % 1_000) * 137.508) % 360;
}

/** The longest known name that `typed` begins with (names may hold spaces), and what follows it. */
export function leadingName(typed: string, names: readonly string[]): { name: string; rest: string } | undefined {
  const longestFirst = names.toSorted((one, other) => other.length - one.length);
  for (const name of longestFirst) {
    const beginning = typed.slice(0, name.length);
    const rest = typed.slice(name.length);
    if (nameKey(beginning) === nameKey(name) && /^(\s|$)/.test(rest)) return { name, rest: rest.trim() };
  }
  return undefined;
}
