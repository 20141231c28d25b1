/** The commands a person can type, and how a line is read as one. What follows a command's word is in the texts. */

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
  "me",
  "msg",
  "reply",
  "react",
  "edit",
  "delete",
  "echo",
  "quit",
] as const;
export type CommandWord = (typeof commandWords)[number];

export type Line =
  | { type: "text"; text: string }
  | { type: "command"; word: CommandWord; rest: string }
  | { type: "unknown"; word: string };

/** Reads what a person typed. `{quit}` alone leaves; `//` at the beginning says a text that begins with `/`. */
export function parseLine(typed: string): Line {
  const text = typed.trim();
  if (text === "{quit}") return { type: "command", word: "quit", rest: "" };
  if (text.startsWith("//")) return { type: "text", text: text.slice(1) };
  const match = /^\/(\S*)\s*(.*)$/s.exec(text);
  if (!match) return { type: "text", text: typed };
  const [, word = "", rest = ""] = match;
  const known = commandWords.find((command) => command === word.toLowerCase());
  return known ? { type: "command", word: known, rest } : { type: "unknown", word: `/${word}` };
}

/**
 * Splits `anna maria ciao` into a name and a text. Names may hold spaces, so the longest of `names` that fits wins, in
 * any case; when none does, the first word is taken for the name.
 */
export function splitRecipient(rest: string, names: readonly string[]): { name: string; text: string } {
  const folded = `${rest.toLowerCase()} `;
  const known = names
    .filter((name) => folded.startsWith(`${name.toLowerCase()} `))
    .sort((a, b) => b.length - a.length)
    .at(0);
  const name = known ? rest.slice(0, known.length) : (/^\S*/.exec(rest)?.[0] ?? "");
  return { name, text: rest.slice(name.length).trim() };
}
