/** What somebody is in the middle of typing that can be completed: an emoji, a person's name, a command. */
import { wireLimits } from "../../../protocol/limits.ts";
import { foldName } from "../text/folded-text.ts";
import { canName } from "../text/mentions.ts";
import type { CommandName } from "./typed-line.ts";

/** People and emoji that are offered at once. */
export const completionsMax = 8;

/** Letters after the colon from which on emoji are offered: faces like :D are typed in peace. */
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
/** Names may hold spaces. */
const personBegun = new RegExp(String.raw`([@＠])([^@＠\n]{0,${wireLimits.nameCharsMax}})$`, "u");

const begun = [
  ["command", commandBegun],
  ["emoji", emojiBegun],
  ["person", personBegun],
] as const;

/** @param to where the caret is */
export function unfinishedAt(text: string, to: number): Unfinished | undefined {
  // What goes on after the caret is a word of its own.
  if (/^[\p{L}\p{N}_]/u.test(text.slice(to))) return undefined;
  for (const [kind, pattern] of begun) {
    const match = pattern.exec(text.slice(0, to));
    if (!match || (kind === "person" && !canName(text, match.index))) continue;
    return { kind, typed: match[2] ?? "", from: match.index, to };
  }
  return undefined;
}

/** Those whose name, or a later word of it, begins so, in the order in which they are given. */
export function completePeople(people: readonly string[], typed: string): string[] {
  const begin = foldName(typed);
  const starts = people.filter((name) => foldName(name).startsWith(begin));
  const later = people.filter((name) => foldName(name).includes(` ${begin}`) && begin !== "");
  return [...new Set([...starts, ...later])].slice(0, completionsMax);
}

export function completeCommands(commands: readonly CommandName[], typed: string): CommandName[] {
  return commands.filter((name) => name.startsWith(typed.toLowerCase()));
}
