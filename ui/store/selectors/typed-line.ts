/**
 * Works out what a typed line asks for: a message, a command, or the reason why it is neither. It sends nothing and
 * contains no wording: problems are codes, and the composer puts them in the reader's language.
 */
import type { Dropped } from "../../../protocol/characters.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { lobby, type NameProblem, parseName, parseRoomName, privateRoom } from "../../../protocol/names.ts";
import { clean, splitFirstWord, textProblem, utf8Bytes } from "../../../protocol/text.ts";
import { leadingName } from "../model/people.ts";
import { isPrivate } from "../model/state.ts";

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
  | { kind: "problem"; problem: TypedProblem };

/** Where the line is typed, and what is available there. */
export interface TypingContext {
  /** The room that is shown. */
  room: string;
  /** Names that can be written to privately. */
  names: readonly string[];
  /** False when the server has no private messages. */
  private: boolean;
  /** False when the server has only one room. */
  rooms: boolean;
}

export const commandNames = ["me", "msg", "join", "leave", "topic", "nick", "quit", "help"] as const;
export type CommandName = (typeof commandNames)[number];

/** Commands that need an argument. */
export const commandsWithMore: readonly CommandName[] = ["me", "msg", "join", "topic", "nick"];

/** The commands that make sense in a place. */
export function commandsAt({ room, private: isPossible, rooms }: TypingContext): CommandName[] {
  const without: CommandName[] = [
    ...(isPossible ? [] : (["msg"] as const)),
    ...(rooms ? [] : (["join", "leave", "topic"] as const)),
    ...(room === lobby ? (["leave"] as const) : []),
    ...(isPrivate(room) ? (["topic"] as const) : []),
  ];
  return commandNames.filter((name) => !without.includes(name));
}

/** The command at the beginning of a line, once its name is complete. */
export function commandOf(typed: string): CommandName | undefined {
  const [, word] = /^\/([a-z]+)(?:\s|$)/i.exec(typed) ?? [];
  return commandNames.find((name) => name === word?.toLowerCase());
}

export function parseTyped(typed: string, context: TypingContext): TypedLine {
  return cleaned(typed, (text) => {
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
  return cleaned(typed, (text) => post(room, text));
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
      return problem({ code: "unknown-command", command });
  }
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
