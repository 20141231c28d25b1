/**
 * What a person typed, as what it asks for: a message, a command, or the reason why it is neither. It sends nothing and
 * words nothing: problems are codes, and the composer says them in the reader's language.
 */
import { wireLimits } from "../../protocol/limits.ts";
import { lobby, type NameProblem, parseName, privateRoom } from "../../protocol/names.ts";
import { cleanText, textProblem, utf8Bytes } from "../../protocol/text.ts";
import { leadingName } from "./people.ts";

export type TypedProblem =
  | { code: "too-long"; bytes: number; bytesMax: number }
  | { code: "too-many-lines"; lines: number; linesMax: number }
  | { code: "unknown-command"; command: string }
  | { code: "nothing-to-say"; command: string }
  | { code: "no-such-person"; typed: string }
  | { code: "no-private" }
  | { code: "name"; problem: NameProblem };

export type Typed =
  | { kind: "nothing" }
  | { kind: "post"; room: string; text: string; action: boolean }
  | { kind: "rename"; name: string }
  | { kind: "quit" }
  | { kind: "problem"; problem: TypedProblem };

/** Who can be written to privately. */
export interface Addressees {
  names: readonly string[];
  /** False when the server knows no private messages. */
  private: boolean;
}

export function parseTyped(typed: string, addressees: Addressees): Typed {
  const text = cleanText(typed);
  if (text.trim() === "") return { kind: "nothing" };
  if (text.trim() === "{quit}") return { kind: "quit" };
  if (text.startsWith("//")) return post(lobby, text.slice(1));
  const [, command, rest = ""] = /^\/(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return command === undefined ? post(lobby, text) : parseCommand(command, rest, addressees);
}

function parseCommand(command: string, rest: string, addressees: Addressees): Typed {
  switch (command.toLowerCase()) {
    case "me":
      return rest === "" ? problem({ code: "nothing-to-say", command }) : post(lobby, rest, true);
    case "msg":
      return parsePrivate(command, rest, addressees);
    case "nick": {
      const result = parseName(rest);
      return result.ok ? { kind: "rename", name: result.name } : problem({ code: "name", problem: result.problem });
    }
    case "quit":
      return { kind: "quit" };
    default:
      return problem({ code: "unknown-command", command });
  }
}

function parsePrivate(command: string, rest: string, addressees: Addressees): Typed {
  if (!addressees.private) return problem({ code: "no-private" });
  if (rest === "") return problem({ code: "nothing-to-say", command });
  const found = leadingName(rest, addressees.names);
  if (!found) return problem({ code: "no-such-person", typed: rest.split(/\s/, 1)[0] ?? "" });
  return found.rest === "" ? problem({ code: "nothing-to-say", command }) : post(privateRoom(found.name), found.rest);
}

function post(room: string, text: string, action = false): Typed {
  switch (textProblem(text)) {
    case "empty":
      return { kind: "nothing" };
    case "too-long":
      return problem({ code: "too-long", bytes: utf8Bytes(text), bytesMax: wireLimits.textBytesMax });
    case "too-many-lines":
      return problem({ code: "too-many-lines", lines: text.split("\n").length, linesMax: wireLimits.textLinesMax });
    case undefined:
      return { kind: "post", room, text, action };
  }
}

function problem(found: TypedProblem): Typed {
  return { kind: "problem", problem: found };
}
