/** The lines of the plain dialect in English: the reference for the other languages. */
import type { ByeCode, LeaveReason } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import type { NameProblem } from "../../../protocol/names.ts";
import type { TextProblem } from "../../../protocol/text.ts";

const here = (count: number) => `${count} here`;

const leaving: Record<LeaveReason, string> = {
  quit: "",
  closed: "",
  lost: ", connection lost",
  "too-slow": ", reading too slowly",
  "line-too-long": ", sent a line that was too long",
  closing: "",
};

const nameProblems: Record<NameProblem, string> = {
  empty: "Type your name and press Enter.",
  "too-long": `A name may have at most ${wireLimits.nameCharsMax} characters. Try a shorter one:`,
  characters: "A name starts with a letter, digit or emoji and may hold spaces and . _ - ' ( ) + & ! Try another:",
  reserved: "That name is reserved. Try another:",
};

const textProblems: Record<TextProblem, string> = {
  empty: "Nothing to send.",
  "too-long": `Not sent: a message may have at most ${wireLimits.textBytesMax} bytes. Send it in parts.`,
  "too-many-lines": `Not sent: a message may have at most ${wireLimits.textLinesMax} lines. Send it in parts.`,
};

const byes: Record<ByeCode, string> = {
  quit: "Bye!",
  closing: "The server is closing. Bye!",
  "too-slow": "Disconnected: you read too slowly.",
  "line-too-long": `Disconnected: a line may have at most ${wireLimits.lineBytesMax} bytes.`,
  "login-timeout": "Disconnected: no name was given in time.",
  "server-full": "The server is full. Try again later.",
};

export const en = {
  greeting: "Welcome to Salotto (salotto/1). Type your name and press Enter.",
  welcome: (name: string) =>
    `Welcome, ${name}! Type a message and press Enter. {quit} leaves, /help lists the commands.`,
  joined: (name: string, count: number) => `${name} joined (${here(count)})`,
  left: (name: string, count: number, reason: LeaveReason) => `${name} left${leaving[reason]} (${here(count)})`,
  renamed: (from: string, to: string) => `${from} is now ${to}`,
  members: (names: readonly string[]) => `${here(names.length)}: ${names.join(", ")}`,
  recent: (count: number) => (count === 1 ? "The last message:" : `The last ${count} messages:`),
  noHistory: "Nobody has said anything yet.",
  privateFrom: (name: string) => `from ${name}`,
  privateTo: (name: string) => `to ${name}`,
  nameProblem: (problem: NameProblem) => nameProblems[problem],
  nameTaken: (name: string) => `${name} is here already. Try another name:`,
  echo: (on: boolean): string =>
    on ? "Your own messages are shown to you." : "Your own messages are not shown to you.",
  textProblem: (problem: TextProblem) => textProblems[problem],
  notUtf8: "Not sent: that was not UTF-8. Set your terminal to UTF-8 and try again.",
  noSuchPerson: "Nobody here has that name. /who lists everyone.",
  notStored: "Not sent: the server could not store it. Try again.",
  tooManyConversations: "Not sent: the server keeps no more private conversations. Try again later.",
  unknownCommand: (word: string) => `There is no command ${word}. /help lists them; to say it, write /${word}`,
  usage: (usage: string) => `Usage: ${usage}`,
  bye: (code: ByeCode) => byes[code],
  help: {
    help: "lists these commands",
    history: "shows what was said before",
    who: "says who is here",
    nick: "changes your name",
    me: "says what you do: /me waves",
    msg: "writes to one person only",
    echo: "shows you your own messages, or not",
    quit: "leaves; {quit} does the same",
  },
};

export type Texts = typeof en;
