/** Describes what is wrong with a typed line, in the reader's language. */
import type { Dropped } from "../../../protocol/characters.ts";
import type { Locale } from "../../locales/locale.ts";
import { commandNames, type TypedProblem } from "../../store/selectors/typed-line.ts";

/** Describes what will be removed from the text. */
export function sayDropped(dropped: readonly Dropped[], { texts }: Locale): string {
  return texts.leftOut(dropped.map((what) => texts.leftOutKinds[what]).join(", "));
}

export function sayTypedProblem(problem: TypedProblem, locale: Locale): string {
  const { texts } = locale;
  const number = (value: number) => locale.number(value);
  switch (problem.code) {
    case "too-long":
      return texts.tooLong(number(problem.bytes), number(problem.bytesMax));
    case "too-many-lines":
      return texts.tooManyLines(number(problem.lines), number(problem.linesMax));
    case "unknown-command":
      return texts.unknownCommand(problem.command);
    case "nothing-to-say":
      return texts.nothingToSay[problem.command.toLowerCase()] ?? sayUsage(problem.command, locale);
    case "no-such-person":
      return texts.noSuchPerson(problem.typed);
    case "no-private":
      return texts.noPrivate;
    case "no-rooms":
      return texts.noRooms;
    case "room-name":
      return texts.roomNameProblem;
    case "not-here":
      return texts.notHere[problem.command.toLowerCase()] ?? texts.rights.notHere(problem.command);
    case "no-accounts":
      return texts.noAccounts;
    case "held-back":
      return texts.heldBack;
    case "name":
      return texts.nameProblems[problem.problem];
  }
}

/** How a command is written, for one that cannot be understood. */
export function sayUsage(typed: string, { texts }: Locale): string {
  const command = commandNames.find((name) => name === typed.toLowerCase());
  if (command === undefined) return texts.unknownCommand(typed);
  const { more, about } = texts.commands[command];
  return `/${command}${more === "" ? "" : ` ${more}`}: ${about}`;
}
