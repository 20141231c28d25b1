/** The commands that people can type, and how a line is read as one. Their arguments are described in the texts. */

import { wireLimits } from "../../protocol/limits.ts";
import { splitFirstWord } from "../../protocol/text.ts";

/** UTF-16 units that a name can have. */
const nameLengthMax = 2 * wireLimits.nameCharsMax;

/** What is only for those with a role in a room. */
export const rightsWords = [
  "invite",
  "kick",
  "mute",
  "unmute",
  "ban",
  "unban",
  "bans",
  "reports",
  "settle",
  "slow",
  "set",
  "role",
  "remove",
] as const;

/** What is only for administrators: invitations into the chat. */
export const adminWords = ["invitation", "invitations", "revoke"] as const;

/** In the order in which `/help` lists them. */
export const commandWords = [
  "help",
  "who",
  "join",
  "leave",
  "rooms",
  "topic",
  "history",
  "search",
  "nick",
  "register",
  "login",
  "password",
  "me",
  "msg",
  "reply",
  "react",
  "edit",
  "delete",
  "block",
  "unblock",
  "blocked",
  "report",
  "audit",
  ...rightsWords,
  ...adminWords,
  "echo",
  "quit",
] as const;
export type CommandWord = (typeof commandWords)[number];

export type Line =
  | { type: "text"; text: string }
  | { type: "command"; word: CommandWord; rest: string }
  | { type: "unknown"; word: string };

/** Reads what a person typed. `{quit}` alone leaves; `//` at the beginning sends a text that begins with `/`. */
export function parseLine(typed: string): Line {
  const text = typed.trim();
  if (text === "{quit}") return { type: "command", word: "quit", rest: "" };
  if (text.startsWith("//")) return { type: "text", text: text.slice(1) };
  if (!text.startsWith("/")) return { type: "text", text: typed };
  const { word, rest } = splitFirstWord(text.slice(1));
  const known = commandWords.find((command) => command === word.toLowerCase());
  return known ? { type: "command", word: known, rest } : { type: "unknown", word: `/${word.slice(0, nameLengthMax)}` };
}

/**
 * Splits `anna maria ciao` into a name and a text. Names may contain spaces, so the longest beginning that is
 * somebody's name wins; if there is none, the first word is the name. A name may be in quotation marks, as in the
 * server's lines.
 */
export function splitRecipient(rest: string, isName: (typed: string) => boolean): { name: string; text: string } {
  const quoted = rest.startsWith('"') ? rest.indexOf('"', 1) : -1;
  if (quoted !== -1) return { name: rest.slice(1, quoted), text: rest.slice(quoted + 1).trim() };
  const mayBeName = rest.slice(0, nameLengthMax + 1);
  const spaces = [...mayBeName.matchAll(/\s+/g)].map(({ index }) => index);
  const ends = rest.length <= nameLengthMax ? [...spaces, rest.length] : spaces;
  const end = ends.findLast((each) => isName(rest.slice(0, each))) ?? ends[0] ?? rest.length;
  return { name: rest.slice(0, end), text: rest.slice(end).trim() };
}

/** A name without the quotation marks of the server's lines. */
export function unquoted(typed: string): string {
  return typed.length > 1 && typed.startsWith('"') && typed.endsWith('"') ? typed.slice(1, -1) : typed;
}
