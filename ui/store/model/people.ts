/** How people are sorted, told apart at a glance, and found by what somebody typed. */
import { nameKey } from "../../../protocol/names.ts";
import { everyone, isPrivate, type PageState, type RoomState } from "./state.ts";

/** The people in a room; in a private conversation, the other person. */
export function membersOf({ name, members }: Pick<RoomState, "name" | "members">): readonly string[] {
  return isPrivate(name) ? [name.slice(1)] : members;
}

/**
 * Everyone who can be written to privately by name: people who are or were here, and partners of open conversations.
 */
export function addressees(state: PageState): readonly string[] {
  const known = [...state.rooms.values()].filter(({ name }) => isPrivate(name)).map(({ name }) => name.slice(1));
  const absent = state.absentees.map(({ name }) => name);
  return [...everyone(state), ...known, ...absent].filter((name) => name !== state.name);
}

/** Everyone who is here, sorted for the reader's language. Includes the reader, whom the server may leave out. */
export function sortedPeople(members: readonly string[], own: string | undefined, language: string): string[] {
  const everyone = own === undefined || members.includes(own) ? members : [...members, own];
  return everyone.toSorted(new Intl.Collator(language, { sensitivity: "base" }).compare);
}

/** The first character of the first two words, as a reader counts characters. Brackets and the like do not count. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).map((word) => word.replace(/^[^\p{L}\p{N}\p{So}\p{RI}]+/u, ""));
  const shown = words.filter((word) => word !== "").slice(0, 2);
  return shown.map((word) => firstCharacter(firstCharacter(word).toUpperCase())).join("");
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function firstCharacter(word: string): string {
  return characters.segment(word)[Symbol.iterator]().next().value?.segment ?? "";
}

/** A stable hue for a name, in degrees. The theme sets lightness and chroma, and with them the contrast. */
export function nameHue(name: string): number {
  // FNV-1a times the golden angle: similar names get very different hues.
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(nameKey(name))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return Math.round((hash % 1_000) * 137.508) % 360;
}

/** The longest known name that `typed` begins with (names may contain spaces), and the rest of the text. */
export function leadingName(typed: string, names: readonly string[]): { name: string; rest: string } | undefined {
  const longestFirst = names.toSorted((one, other) => other.length - one.length);
  for (const name of longestFirst) {
    const beginning = typed.slice(0, name.length);
    const rest = typed.slice(name.length);
    if (nameKey(beginning) === nameKey(name) && /^(\s|$)/.test(rest)) return { name, rest: rest.trim() };
  }
  return undefined;
}
