/** The lines of the plain dialect in English: the reference for the other languages. */
import type { Dropped } from "../../../protocol/characters.ts";
import type { ByeCode, LeaveReason, MemberInfo } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { lobby, type NameProblem } from "../../../protocol/names.ts";
import type { TextProblem } from "../../../protocol/text.ts";

const here = (count: number) => `${count} here`;
const shown = ({ name, away }: MemberInfo) => (away ? `${name} (away)` : name);
/** The lobby goes without saying. */
const inRoom = (room: string) => (room === lobby ? "" : ` ${room}`);

const leaving: Record<LeaveReason, string> = {
  quit: "",
  left: "",
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
  marks: "A letter of that name has too many marks above or below it. Try another:",
  scripts: "That name mixes alphabets whose letters look alike. Use one of them:",
  reserved: "That name is reserved. Try another:",
};

const dropped: Record<Dropped, string> = {
  controls: "control characters",
  invisible: "characters that show nothing",
  marks: "more marks than a letter needs",
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
  signed: (name: string) => `You sign your messages as ${name}, so that is your name here.`,
  joined: (name: string, room: string, count: number) => `${name} joined${inRoom(room)} (${here(count)})`,
  left: (name: string, room: string, count: number, reason: LeaveReason) =>
    `${name} left${inRoom(room)}${leaving[reason]} (${here(count)})`,
  renamed: (from: string, to: string) => `${from} is now ${to}`,
  members: (members: readonly MemberInfo[]) => `${here(members.length)}: ${members.map(shown).join(", ")}`,
  youTalkTo: (name: string) => `You are now talking to ${name} in private. /leave takes you back to the lobby.`,
  noTopicHere: "A private conversation has no topic.",
  youAreIn: (room: string) => `You are now in ${room}.`,
  stayInLobby: "Everyone stays in the lobby. {quit} leaves the chat.",
  notInRoom: (room: string) => `You are not in ${room}. /join ${room} takes you there.`,
  roomInvalid: `A room's name has at most ${wireLimits.nameCharsMax} letters, digits and . _ -`,
  tooManyNewRooms:
    "You, or others at your address, have made too many rooms. /join an existing one (/rooms lists them), or try again in a few minutes.",
  tooManyRooms: "The server has no room for one more, or you are in too many. /leave one first.",
  room: (room: string, count: number, topic: string) => `${room} (${here(count)})${topic === "" ? "" : `: ${topic}`}`,
  topic: (room: string, topic: string) => (topic === "" ? `${room} has no topic.` : `The topic of ${room}: ${topic}`),
  topicChanged: (from: string, room: string, topic: string) =>
    topic === "" ? `${from} removed the topic of ${room}.` : `${from} changed the topic of ${room} to: ${topic}`,
  topicTooLong: `A topic has at most ${wireLimits.topicCharsMax} characters.`,
  recent: (count: number) => (count === 1 ? "The last message:" : `The last ${count} messages:`),
  nothingFound: "Nothing found.",
  longSearch: (charactersMax: number) => `That is too long to search for. Use at most ${charactersMax} characters.`,
  badSearch: (problem: string) => `The search cannot be understood at: ${problem}. Write a day as 2026-11-21.`,
  noHistory: "Nobody has said anything yet.",
  privateFrom: (name: string) => `from ${name}`,
  privateTo: (name: string) => `to ${name}`,
  nameProblem: (problem: NameProblem) => nameProblems[problem],
  nameTaken: (name: string) => `${name} is here already. Try another name:`,
  tooManyNewNames:
    "Your address has used too many new names. Give one that you had before, or try again in a few minutes.",
  nameLike: (name: string, other: string, isHere: boolean) =>
    `${name} looks like ${other}, who ${isHere ? "is here" : "was here before"}. Try another name:`,
  roomLike: (room: string) => `That name looks like the room ${room}. Join that room or choose another name.`,
  dropped: (what: readonly Dropped[]) => `Left out of what you sent: ${what.map((each) => dropped[each]).join(", ")}.`,
  echo: (on: boolean): string =>
    on ? "Your own messages are shown to you." : "Your own messages are not shown to you.",
  textProblem: (problem: TextProblem) => textProblems[problem],
  leftOut: (count: number) =>
    count === 1 ? "1 line left out: too fast for this program." : `${count} lines left out: too fast for this program.`,
  slow: "You are sending very fast. Everything is read, but slowly.",
  notUtf8: "Not sent: that was not UTF-8. Set your terminal to UTF-8 and try again.",
  noSuchPerson: "Nobody with that name is or was here. /who lists everyone.",
  notStored: "Not sent: the server could not store it. Try again.",
  notRead: "The server cannot read earlier messages. Tell whoever runs it.",
  noSuchMessage: "That message is no longer here.",
  notYours: "Only the person who sent a message can change it.",
  tooManyReactions: `A message has at most ${wireLimits.reactionsMax} reactions.`,
  nothingToChange: "You have no message here that can be changed.",
  nothingFrom: (name: string) =>
    name === "" ? "Nobody else has said anything here." : `${name} has said nothing here.`,
  edited: "edited",
  deleted: "deleted",
  changed: (from: string) => `${from} edited: `,
  removed: (from: string, time: string) => `${from} deleted a message${time === "" ? "" : ` of ${time}`}.`,
  reacted: (from: string, emoji: string, on: boolean, quote: string) =>
    on ? `${from} reacted ${emoji} to ${quote}` : `${from} removed ${emoji} from ${quote}`,
  answers: (from: string, quote: string) => `${from} answers ${quote}`,
  aMessage: "a message",
  away: (name: string) => `${name} is not here and will see it on returning.`,
  missedMore: (room: string) => `There is more: /join ${room}, then /history.`,
  missed: "While you were away:",
  tooManyNewConversations:
    "Not sent: you, or others at your address, have started too many private conversations. Continue one, or try again in a few minutes.",
  tooManyConversations: "Not sent: the server cannot keep any more private conversations. Try again later.",
  unknownCommand: (word: string) => `There is no command ${word}. /help lists them; to send it as text, write /${word}`,
  usage: (usage: string) => `Usage: ${usage}`,
  bye: (code: ByeCode) => byes[code],
  /** What follows the word of each command. */
  arguments: {
    help: "",
    who: "",
    join: "<room or @name>",
    leave: "",
    rooms: "",
    topic: "[text]",
    history: "[n]",
    search: "<words>",
    nick: "<name>",
    me: "<text>",
    msg: "<name> <text>",
    reply: "<name> <text>",
    react: "<emoji> [name]",
    edit: "<text>",
    delete: "",
    echo: "on|off",
    quit: "",
  },
  help: {
    help: "lists these commands",
    history: "shows what was said before",
    search: "finds what was said: words, from:name, in:room, after: and before: a day",
    who: "says who is in this room",
    join: "enters a room, or makes it, and talks there; with @name privately to one person",
    leave: "leaves this room, back to the lobby",
    rooms: "lists the rooms",
    topic: "says what this room is about, or changes it",
    nick: "changes your name",
    me: "says what you do: /me waves",
    msg: "writes to one person only",
    reply: "answers the last message of somebody",
    react: "reacts to the last message, or to somebody's last one; again takes it back",
    edit: "changes your last message here",
    delete: "takes your last message here away",
    echo: "shows you your own messages, or not",
    quit: "leaves; {quit} does the same",
  },
};

export type Texts = typeof en;
