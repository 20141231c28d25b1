/** The lines of the plain dialect in English: the reference for the other languages. */
import type { Dropped } from "../../../protocol/characters.ts";
import type { ByeCode, LeaveReason, MemberInfo } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { lobby, type NameProblem } from "../../../protocol/names.ts";
import type { PasswordProblem } from "../../../protocol/password.ts";
import type { TextProblem } from "../../../protocol/text.ts";
import { rightsEn } from "./rights-en.ts";

const here = (count: number) => `${count} here`;
const shown = ({ name, away }: MemberInfo) => (away ? `${name} (away)` : name);
/** The lobby needs no mention. */
const inRoom = (room: string) => (room === lobby ? "" : ` ${room}`);

const leaving: Record<LeaveReason, string> = {
  quit: "",
  left: "",
  closed: "",
  lost: ", connection lost",
  "too-slow": ", reading too slowly",
  "line-too-long": ", sent a line that was too long",
  closing: "",
  kicked: ", taken out",
  banned: ", banned",
};

const nameProblems: Record<NameProblem, string> = {
  empty: "Type your name and press Enter.",
  "too-long": `A name can have up to ${wireLimits.nameCharsMax} characters. Try a shorter one:`,
  characters: "A name starts with a letter, digit or emoji and can contain spaces and . _ - ' ( ) + & ! Try another:",
  marks: "A letter in that name has too many accents or other marks. Try another:",
  scripts: "That name mixes alphabets whose letters look alike. Use only one of them:",
  reserved: "That name is reserved. Try another:",
};

const passwordProblems: Record<PasswordProblem, string> = {
  "too-short": `A password has at least ${wireLimits.passwordCharsMin} characters. Choose a longer one.`,
  "too-long": `A password has at most ${wireLimits.passwordCharsMax} characters. Choose a shorter one.`,
  characters: "A password cannot have control or invisible characters. Choose another.",
};

const dropped: Record<Dropped, string> = {
  controls: "control characters",
  invisible: "invisible characters",
  marks: "extra marks on letters",
};

const textProblems: Record<TextProblem, string> = {
  empty: "Nothing to send.",
  "too-long": `Not sent: a message can have up to ${wireLimits.textBytesMax} bytes. Send it in parts.`,
  "too-many-lines": `Not sent: a message can have up to ${wireLimits.textLinesMax} lines. Send it in parts.`,
};

const byes: Record<ByeCode, string> = {
  quit: "Bye!",
  closing: "The server is shutting down. Bye!",
  "too-slow": "Disconnected: you read too slowly.",
  "line-too-long": `Disconnected: a line can have up to ${wireLimits.lineBytesMax} bytes.`,
  "login-timeout": "Disconnected: you did not give a name in time.",
  replaced: "You are here on another connection now. Bye!",
  "signed-out": "You were signed out. Bye!",
  "server-full": "The server is full. Try again later.",
  "too-many-connections": "There are too many connections from your address. End one, or try again later.",
  "too-many-unnamed": "Too many connections from your address have not given a name yet. Try again later.",
  "connecting-too-fast": "Too many new connections from your address. Try again in a moment.",
  kicked: "A moderator has taken you out of the chat.",
  banned: "You are banned from this chat.",
};

export const en = {
  greeting: "Welcome to Salotto (salotto/1). Type your name and press Enter.",
  /** Somebody speaks no TLS on the port for TLS. Bridges know it by the word in brackets (docs/protocol.md). */
  speaksTls: (plainPort: number) =>
    `This port speaks TLS (salotto-tls). Connect with a program that does, such as ncat --ssl or openssl s_client -quiet -connect. Port ${plainPort} works without, and is not encrypted.`,
  welcome: (name: string) =>
    `Welcome, ${name}! Type a message and press Enter. {quit} leaves, /help lists the commands.`,
  signed: (name: string) => `You sign your messages as ${name}, so that is your name here.`,
  joined: (name: string, room: string, count: number) => `${name} joined${inRoom(room)} (${here(count)})`,
  left: (name: string, room: string, count: number, reason: LeaveReason, { by, why }: { by: string; why: string }) =>
    `${name} left${inRoom(room)}${leaving[reason]}${by === "" ? "" : ` by ${by}`}${why === "" ? "" : `: ${why}`} (${here(count)})`,
  renamed: (from: string, to: string) => `${from} is now ${to}`,
  members: (members: readonly MemberInfo[]) => `${here(members.length)}: ${members.map(shown).join(", ")}`,
  youTalkTo: (name: string) => `You are now talking to ${name} in private. /leave takes you back to the lobby.`,
  noTopicHere: "A private conversation has no topic.",
  youAreIn: (room: string) => `You are now in ${room}.`,
  stayInLobby: "You cannot leave the lobby. {quit} leaves the chat.",
  notInRoom: (room: string) => `You are not in ${room}. /join ${room} takes you there.`,
  roomInvalid: `A room name can have up to ${wireLimits.nameCharsMax} characters: letters, digits and . _ -`,
  tooManyNewRooms:
    "Too many new rooms from your address. /join an existing one (/rooms lists them), or try again in a few minutes.",
  tooManyRooms: "The server has too many rooms, or you are in too many. /leave one first.",
  room: (room: string, count: number, topic: string) => `${room} (${here(count)})${topic === "" ? "" : `: ${topic}`}`,
  topic: (room: string, topic: string) => (topic === "" ? `${room} has no topic.` : `The topic of ${room}: ${topic}`),
  topicChanged: (from: string, room: string, topic: string) =>
    topic === "" ? `${from} removed the topic of ${room}.` : `${from} changed the topic of ${room} to: ${topic}`,
  topicTooLong: `A topic can have up to ${wireLimits.topicCharsMax} characters.`,
  recent: (count: number) => (count === 1 ? "The last message:" : `The last ${count} messages:`),
  nothingFound: "Nothing found.",
  longSearch: (charactersMax: number) => `That search is too long. Use at most ${charactersMax} characters.`,
  badSearch: (problem: string) => `The search cannot be understood: ${problem}. Write a day as 2026-11-21.`,
  noHistory: "No messages yet.",
  privateFrom: (name: string) => `from ${name}`,
  privateTo: (name: string) => `to ${name}`,
  nameProblem: (problem: NameProblem) => nameProblems[problem],
  nameTaken: (name: string) => `${name} is already here. Try another name:`,
  tooManyNewNames: "Too many new names from your address. Use one you had before, or try again in a few minutes.",
  nameRegistered: (name: string) =>
    `${name} belongs to somebody. If that is you, type the password now; /nick and another name if it is not:`,
  passwordExpired: "That password was given by the administrator. Choose a new one and type it now:",
  nameProtected: (name: string, seconds: number) =>
    `Your name looks like ${name}, which belongs to somebody now. /nick and another name gives you that one; in ${seconds} seconds you get a new one.`,
  wrongPassword: "That is not the password of this name.",
  wrongPasswordAsked:
    "That is not the password. Type it again, /nick and another name, or /nick alone to leave it. Nothing was said to anybody.",
  tooManyAttempts: (seconds: number) => `Too many attempts. Try again in ${seconds} s.`,
  passwordProblem: (problem: PasswordProblem) => passwordProblems[problem],
  notRegistered: (name: string) => `${name} is not registered. /register and a password makes it yours.`,
  registered: (name: string) => `${name} is yours from now on. Whoever gives that name is asked for the password.`,
  alreadyRegistered: "Your name is registered already. /password changes the password.",
  tooManyAccounts: "The server has too many accounts. Tell whoever runs it.",
  accountNotStored: "The server could not store that. Try again.",
  askOld: "Type your present password now; nobody will see it:",
  askNew: "Type the new password now; nobody will see it:",
  passwordChanged: "Your password was changed. Whoever else was logged in under your name was signed out.",
  askChatPassword: "This chat has a password. Type it now; nobody will see it:",
  tlsRequired: "Here, a password must not cross a network in clear. Connect with TLS, on the port for it.",
  wrongChatPassword: "That is not the password of this chat. Type it again:",
  askInvitation: "This chat is for invited people. Type the code of your invitation now; nobody will see it:",
  wrongInvitation: "That invitation does not count, or not any more. Type another code:",
  askAccount:
    "Only registered names are let in here. Choose a password for yours and type it now, or /nick and another name:",
  asBefore: "You keep the name that you have.",
  heldBack:
    "Not said: it looks like a password. To log in, type /login and your password. To say it anyway, begin with another word.",
  nameFirst: "That looks like a password. Type your name first; the server asks for the password:",
  nameLike: (name: string, other: string, isHere: boolean) =>
    `${name} looks like ${other}, who ${isHere ? "is here" : "was here before"}. Try another name:`,
  roomLike: (room: string) => `That name looks like the room ${room}. Join that room or choose another name.`,
  dropped: (what: readonly Dropped[]) => `Removed from what you sent: ${what.map((each) => dropped[each]).join(", ")}.`,
  echo: (on: boolean): string =>
    on ? "Your own messages are shown to you." : "Your own messages are not shown to you.",
  textProblem: (problem: TextProblem) => textProblems[problem],
  leftOut: (count: number) =>
    count === 1 ? "1 line left out: too fast for this program." : `${count} lines left out: too fast for this program.`,
  slow: "You are sending very fast. Everything will be read, but slowly.",
  notUtf8: "Not sent: your line was not UTF-8. Set your terminal to UTF-8 and try again.",
  noSuchPerson: "Nobody with that name is or was here. /who lists everyone.",
  notStored: "Not sent: the server could not store it. Try again.",
  notRead: "The server cannot read earlier messages. Tell whoever runs it.",
  noSuchMessage: "That message is no longer available.",
  notYours: "Only the person who sent a message can change it.",
  tooManyReactions: `A message can have at most ${wireLimits.reactionsMax} reactions.`,
  nothingToChange: "You have no message here that can be changed.",
  nothingFrom: (name: string) =>
    name === "" ? "Nobody else has said anything here." : `${name} has said nothing here.`,
  edited: "edited",
  deleted: "deleted",
  changed: (from: string) => `${from} edited: `,
  removed: (from: string, time: string, author: string) =>
    `${from} deleted a message${author === "" ? "" : ` of ${author}`}${time === "" ? "" : ` from ${time}`}.`,
  reacted: (from: string, emoji: string, on: boolean, quote: string) =>
    on ? `${from} reacted with ${emoji} to ${quote}` : `${from} removed ${emoji} from ${quote}`,
  answers: (from: string, quote: string) => `${from} replies to ${quote}`,
  aMessage: "a message",
  away: (name: string) => `${name} is not here right now and will see this later.`,
  missedMore: (room: string) => `There is more: /join ${room}, then /history.`,
  missed: "While you were away:",
  tooManyNewConversations:
    "Not sent: too many new private conversations from your address. Continue one, or try again in a few minutes.",
  tooManyConversations: "Not sent: the server cannot keep any more private conversations. Try again later.",
  unknownCommand: (word: string) =>
    `There is no command ${word}. /help lists them all; to send it as text, type /${word}`,
  usage: (usage: string) => `Usage: ${usage}`,
  bye: (code: ByeCode) => byes[code],
  ...rightsEn,
  /** The arguments of each command. */
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
    register: "<password>",
    login: "<password>",
    password: "",
    me: "<text>",
    msg: "<name> <text>",
    reply: "<name> <text>",
    react: "<emoji> [name]",
    edit: "<text>",
    delete: "[name]",
    echo: "on|off",
    quit: "",
    ...rightsEn.rightsArguments,
  },
  help: {
    help: "lists these commands",
    history: "shows earlier messages",
    search: "finds messages: words, from:name, in:room, after: and before: a day",
    who: "lists the people in this room",
    join: "joins a room, or creates it; with @name, talks to one person in private",
    leave: "leaves this room and goes back to the lobby",
    rooms: "lists the rooms",
    topic: "shows the topic of this room, or changes it",
    nick: "changes your name",
    register: "makes your name yours: nobody else can have it",
    login: "proves that a registered name is yours",
    password: "changes your password",
    me: "describes what you do: /me waves",
    msg: "sends a private message",
    reply: "replies to somebody's last message",
    react: "reacts to the last message, or to somebody's last one; repeat it to undo",
    edit: "changes your last message here",
    delete: "deletes your last message here; moderators, somebody's last one",
    echo: "shows or hides your own messages",
    quit: "leaves the chat; {quit} does the same",
    ...rightsEn.rightsHelp,
  },
};

export type Texts = typeof en;
