/**
 * Works out what a typed line asks for: a message, a command, or the reason why it is neither. It sends nothing and
 * contains no wording: problems are codes, and the composer puts them in the reader's language.
 */
import type { Dropped } from "../../../protocol/characters.ts";
import { mayHoldPassword } from "../../../protocol/held-back.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { lobby, type NameProblem, parseName, parseRoomName, privateRoom } from "../../../protocol/names.ts";
import { clean, splitFirstWord, textProblem, utf8Bytes } from "../../../protocol/text.ts";
import { leadingName } from "../model/people.ts";
import { isPrivate } from "../model/state.ts";
import {
  isRightsWord,
  mayType,
  parseRights,
  type RightsContext,
  type RightsLine,
  rightsWords,
  rightsWordsWithMore,
} from "./typed-rights.ts";

export type TypedProblem =
  | { code: "too-long"; bytes: number; bytesMax: number }
  | { code: "too-many-lines"; lines: number; linesMax: number }
  | { code: "unknown-command"; command: string }
  | { code: "nothing-to-say"; command: string }
  | { code: "no-such-person"; typed: string }
  | { code: "no-private" }
  | { code: "no-rooms" }
  | { code: "room-name" }
  | { code: "not-here"; command: string }
  | { code: "no-accounts" }
  | { code: "held-back" }
  | { code: "name"; problem: NameProblem };

/** `dropped`: what was removed from the typed text. */
export type TypedLine = Meaning & { dropped?: readonly Dropped[] };

type Meaning =
  | { kind: "nothing" }
  | { kind: "post"; room: string; text: string; action: boolean }
  /** Only the server knows whether that person exists. */
  | { kind: "unknown"; room: string; text: string }
  | { kind: "rename"; name: string }
  | { kind: "join"; room: string }
  | { kind: "leave" }
  | { kind: "topic"; topic: string }
  | { kind: "quit" }
  | { kind: "help" }
  /** Opens a form; whatever follows the command may be a password and is nobody's business. */
  | { kind: "account"; command: AccountCommand }
  | RightsLine
  | { kind: "problem"; problem: TypedProblem };

/** Where the line is typed, and what is available there. */
/** `room` is the one that is shown; `names` can be written to privately. */
export interface TypingContext extends RightsContext {
  /** False when the server has no private messages. */
  private: boolean;
  /** False when the server has only one room. */
  rooms: boolean;
  /** False when the server has no accounts. */
  accounts: boolean;
}

const accountCommands = ["register", "login", "password"] as const;
export type AccountCommand = (typeof accountCommands)[number];

export const commandNames = [
  "me",
  "msg",
  "join",
  "leave",
  "topic",
  "nick",
  ...accountCommands,
  ...rightsWords,
  "quit",
  "help",
] as const;
export type CommandName = (typeof commandNames)[number];

/** Commands that need an argument. */
export const commandsWithMore: readonly CommandName[] = ["me", "msg", "join", "topic", "nick", ...rightsWordsWithMore];

/** The commands that make sense in a place. */
export function commandsAt(context: TypingContext): CommandName[] {
  const { room, private: isPossible, rooms, accounts, may } = context;
  const without: CommandName[] = [
    ...(isPossible ? [] : (["msg"] as const)),
    ...(rooms ? [] : (["join", "leave", "topic"] as const)),
    ...(room === lobby ? (["leave"] as const) : []),
    ...(isPrivate(room) || may?.("topic") === false ? (["topic"] as const) : []),
    ...rightsWords.filter((word) => !mayType(word, context)),
    ...(accounts ? [] : accountCommands),
  ];
  return commandNames.filter((name) => !without.includes(name));
}

/** The command at the beginning of a line, once its name is complete. */
export function commandOf(typed: string): CommandName | undefined {
  const [, word] = /^\/([a-z]+)(?:\s|$)/i.exec(typed) ?? [];
  return commandNames.find((name) => name === word?.toLowerCase());
}

function accountCommandOf(typed: string): AccountCommand | undefined {
  const command = commandOf(typed.trimStart());
  return accountCommands.find((each) => each === command);
}

export function parseTyped(typed: string, context: TypingContext): TypedLine {
  return cleaned(typed, (text) => {
    const account = accountCommandOf(text);
    if (account) return context.accounts ? { kind: "account", command: account } : problem({ code: "no-accounts" });
    if (mayHoldSecret(text)) return problem({ code: "held-back" });
    if (text.trim() === "") return { kind: "nothing" };
    if (text.trim() === "{quit}") return { kind: "quit" };
    if (text.startsWith("//")) return post(context.room, text.slice(1));
    if (!text.startsWith("/")) return post(context.room, text);
    const { word: command, rest } = splitFirstWord(text.slice(1));
    return parseCommand(command, rest, context);
  });
}

/** Reads a new text for a message, whatever it looks like; nothing in it is a command. */
export function parseText(typed: string, room: string): TypedLine {
  return cleaned(typed, (text) => (mayHoldSecret(text) ? problem({ code: "held-back" }) : post(room, text)));
}

/** Whether a text looks like a password that was meant for a command, perhaps in a message to somebody. */
export function mayHoldSecret(typed: string): boolean {
  return mayHoldPassword(typed) || mayHoldPassword(typed.replace(/^\s*\/(?:me|msg\s+\S+)\s/i, ""));
}

/** The length is checked before anything is done with the text. */
function cleaned(typed: string, parse: (text: string) => TypedLine): TypedLine {
  if (typed.length > wireLimits.typedCharsMax) return tooLong(typed);
  const { text, dropped } = clean(typed);
  const parsed = parse(text);
  return dropped ? { ...parsed, dropped } : parsed;
}

function parseCommand(command: string, rest: string, context: TypingContext): TypedLine {
  switch (command.toLowerCase()) {
    case "me":
      return rest === "" ? problem({ code: "nothing-to-say", command }) : post(context.room, rest, true);
    case "msg":
      return parsePrivate(command, rest, context);
    case "nick": {
      const result = parseName(rest);
      return result.ok ? { kind: "rename", name: result.name } : problem({ code: "name", problem: result.problem });
    }
    case "join":
    case "leave":
    case "topic":
      return context.rooms ? parseRooms(command, rest, context) : problem({ code: "no-rooms" });
    case "quit":
      return { kind: "quit" };
    case "help":
      return { kind: "help" };
    default:
      return parseRightsCommand(command, rest, context);
  }
}

/** What nobody may do here is no command here. */
function parseRightsCommand(command: string, rest: string, context: TypingContext): TypedLine {
  const word = command.toLowerCase();
  if (!isRightsWord(word) || !context.may) return problem({ code: "unknown-command", command });
  if (!mayType(word, context)) return problem({ code: "not-here", command });
  return parseRights(word, rest, context) ?? problem({ code: "nothing-to-say", command });
}

function parseRooms(command: string, rest: string, { room }: TypingContext): TypedLine {
  switch (command.toLowerCase()) {
    case "leave":
      return room === lobby ? problem({ code: "not-here", command }) : { kind: "leave" };
    case "topic":
      if (isPrivate(room)) return problem({ code: "not-here", command });
      return rest === "" ? problem({ code: "nothing-to-say", command }) : { kind: "topic", topic: rest };
    default: {
      const name = parseRoomName(rest);
      return name === undefined ? problem({ code: "room-name" }) : { kind: "join", room: name };
    }
  }
}

function parsePrivate(command: string, rest: string, addressees: TypingContext): TypedLine {
  if (!addressees.private) return problem({ code: "no-private" });
  if (rest === "") return problem({ code: "nothing-to-say", command });
  const found = leadingName(rest, addressees.names);
  if (!found) return parseUnknown(command, rest);
  return found.rest === "" ? problem({ code: "nothing-to-say", command }) : post(privateRoom(found.name), found.rest);
}

/** Of an unknown name, the first word is taken: the person may be away. */
function parseUnknown(command: string, rest: string): TypedLine {
  const { word: typed, rest: said } = splitFirstWord(rest);
  const name = parseName(typed);
  if (!name.ok) return problem({ code: "no-such-person", typed });
  if (said === "") return problem({ code: "nothing-to-say", command });
  const message = post(privateRoom(name.name), said);
  return message.kind === "post" ? { kind: "unknown", room: message.room, text: message.text } : message;
}

function post(room: string, text: string, action = false): TypedLine {
  switch (textProblem(text)) {
    case "empty":
      return { kind: "nothing" };
    case "too-long":
      return tooLong(text);
    case "too-many-lines":
      return problem({ code: "too-many-lines", lines: text.split("\n").length, linesMax: wireLimits.textLinesMax });
    case undefined:
      return { kind: "post", room, text, action };
  }
}

function tooLong(text: string): TypedLine {
  return problem({ code: "too-long", bytes: utf8Bytes(text), bytesMax: wireLimits.textBytesMax });
}

function problem(found: TypedProblem): TypedLine {
  return { kind: "problem", problem: found };
}
