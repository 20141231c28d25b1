/** Finds the unfinished word that can be completed: an emoji, a person's name, a command. */
import { wireLimits } from "../../../protocol/limits.ts";
import { foldName } from "../text/folded-text.ts";
import { canName } from "../text/mentions.ts";
import type { CommandName } from "./typed-line.ts";

/** People and emoji offered at once. */
export const completionsMax = 8;

/** Letters after the colon before emoji are offered, so that faces like :D can be typed in peace. */
const emojiLettersMin = 2;

/** The text between `from` and `to` will be replaced. */
export interface Unfinished {
  kind: "emoji" | "person" | "command";
  typed: string;
  from: number;
  to: number;
}

const emojiBegun = new RegExp(String.raw`(?<![^\s(])(:)([\p{L}\p{N}_+-]{${emojiLettersMin},})$`, "u");
const commandBegun = /^(\/)([a-z]*)$/i;
/** Names may contain spaces. */
const personBegun = new RegExp(String.raw`([@＠])([^@＠\n]{0,${wireLimits.nameCharsMax}})$`, "u");

const begun = [
  ["command", commandBegun],
  ["emoji", emojiBegun],
  ["person", personBegun],
] as const;

/** @param to the caret's position */
export function unfinishedAt(text: string, to: number): Unfinished | undefined {
  // Letters right after the caret belong to another word.
  if (/^[\p{L}\p{N}_]/u.test(text.slice(to))) return undefined;
  for (const [kind, pattern] of begun) {
    const match = pattern.exec(text.slice(0, to));
    if (!match || (kind === "person" && !canName(text, match.index))) continue;
    return { kind, typed: match[2] ?? "", from: match.index, to };
  }
  return undefined;
}

/** People whose name, or a later word of it, begins with what was typed, in the given order. */
export function completePeople(people: readonly string[], typed: string): string[] {
  const begin = foldName(typed);
  const starts = people.filter((name) => foldName(name).startsWith(begin));
  const later = people.filter((name) => foldName(name).includes(` ${begin}`) && begin !== "");
  return [...new Set([...starts, ...later])].slice(0, completionsMax);
}

export function completeCommands(commands: readonly CommandName[], typed: string): CommandName[] {
  return commands.filter((name) => name.startsWith(typed.toLowerCase()));
}
