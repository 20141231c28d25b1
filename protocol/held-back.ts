/**
 * Which texts may hold a password that was meant for a command: `/login` typed wrongly must not be said in a room, and
 * neither the code of an invitation. The rule is for everybody who reads what people type: the server at a terminal, and the page before it sends anything.
 */

/** The code of an invitation into the chat, in its groups. Every part of it is bounded. */
const invitationCode = /^[a-km-np-z2-9]{5}(?:-[a-km-np-z2-9]{5}){3}$/;

/** Commands that are followed by a password. */
const commands = ["login", "register", "password"];

/** Everyday words that differ from a command in one letter. */
const everyday: ReadonlySet<string> = new Set(["logic", "logan", "registers", "passwords", "logins"]);

/** Characters of a word that is compared; longer ones are no command. */
const wordUnitsMax = 12;

/** Characters of a line that can be the code of an invitation and nothing else. */
const lineUnitsMax = 64;

/** Words after a command that was typed without a sign: more than that is a sentence. */
const wordsMax = 3;

/** In quotation marks or brackets, a command is spoken about. */
const speaksAbout = /["'`“”‘’«»([{@#*_]/u;

/**
 * Whether a text looks like such a command. It can be said with another word in front, or in quotation marks.
 * @param isGlued several messages may have arrived as one, so the command may stand anywhere
 */
export function mayHoldPassword(text: string, { isGlued = false } = {}): boolean {
  if (isGlued && hasCommandInside(text)) return true;
  return text.split("\n").some((line) => isLikeCommand(line.normalize("NFKC")) || isLikeInvitation(line));
}

/** It may be pasted as it came, in capitals or with spaces around it. */
function isLikeInvitation(line: string): boolean {
  return line.length <= lineUnitsMax && invitationCode.test(line.trim().toLowerCase());
}

function isLikeCommand(line: string): boolean {
  const begin = line.search(/[\p{L}\p{N}]/u);
  if (begin === -1) return false;
  const sign = line.slice(0, begin).trim();
  if (speaksAbout.test(sign)) return false;
  const [typed = ""] = /^\p{L}*/u.exec(line.slice(begin)) ?? [];
  const word = typed.toLowerCase();
  const rest = line.slice(begin + typed.length).trim();
  const isExact = commands.includes(word);
  if (sign !== "") {
    const isJoined = commands.some((command) => word.startsWith(command) && word !== command);
    return isJoined || (rest !== "" && (isExact || commands.some((command) => isNear(word, command))));
  }
  const words = rest === "" ? 0 : rest.split(/\s+/u, wordsMax + 1).length;
  if (isExact) return words > 0 && words <= (word === "password" ? 1 : wordsMax);
  return words === 1 && !everyday.has(word) && commands.some((command) => isNear(word, command));
}

function hasCommandInside(text: string): boolean {
  const folded = text.normalize("NFKC").toLowerCase();
  return commands.some((command) => {
    const at = folded.indexOf(`/${command} `);
    return at !== -1 && !speaksAbout.test(folded[at - 1] ?? "");
  });
}

/** Whether one letter too many, too few, another, or two exchanged ones tell the words apart. */
function isNear(word: string, command: string): boolean {
  if (word.length > wordUnitsMax || Math.abs(word.length - command.length) > 1) return false;
  let start = 0;
  while (start < command.length && word[start] === command[start]) start++;
  let end = 0;
  const shorter = Math.min(word.length, command.length);
  while (end < shorter - start && word.at(-1 - end) === command.at(-1 - end)) end++;
  const [wrong, right] = [word.slice(start, word.length - end), command.slice(start, command.length - end)];
  if (wrong.length <= 1 && right.length <= 1) return true;
  return wrong.length === 2 && right.length === 2 && wrong[0] === right[1] && wrong[1] === right[0];
}
