/** Validates the commands that a page may pass on to the server unchanged. Their meaning is up to the server. */
import * as v from "valibot";
import type { CommandFailure, PageCommand } from "../protocol/bridge-events.ts";
import type { Question } from "../protocol/commands.ts";
import { eventLimits, wireLimits } from "../protocol/limits.ts";
import { isForPages, type PageCommandType } from "../protocol/page-commands.ts";
import { parseCommand } from "../protocol/parse-command.ts";
import { utf8Bytes } from "../protocol/text.ts";

/** What is passed on becomes one line to the server, with a label added by the bridge. */
const commandBytesMax = wireLimits.lineBytesMax - 2 * wireLimits.labelCharsMax;

const wholeNumber = "must be a whole number that is not negative";

/** How much of a room the page has. */
export const heardUpToSchema = v.object({
  after: v.exactOptional(v.pipe(v.number(wholeNumber), v.safeInteger(wholeNumber), v.minValue(0, wholeNumber))),
  log: v.exactOptional(v.pipe(v.string("must be a text"), v.maxLength(eventLimits.wordCharsMax, "is too long"))),
});

const clearIsMeantSchema = v.object({ clearIsMeant: v.exactOptional(v.boolean("must be true or false")) });

const secret = (charsMax: number) =>
  v.exactOptional(v.pipe(v.string("must be a text"), v.maxLength(charsMax, "is too long")));

/** What a person proves themselves with. */
export const credentialsSchema = v.object({
  token: secret(wireLimits.tokenCharsMax),
  password: secret(wireLimits.passwordCharsMax),
  newPassword: secret(wireLimits.passwordCharsMax),
  chatPassword: secret(wireLimits.passwordCharsMax),
  invitation: secret(wireLimits.invitationCharsMax),
  register: v.exactOptional(v.boolean("must be true or false")),
  ...clearIsMeantSchema.entries,
});

export type PageCommandResult = { ok: true; command: PageCommand } | { ok: false; answer: CommandFailure };

export function parsePageCommand(sent: unknown): PageCommandResult {
  const line = asLine(sent);
  if (line === undefined) return refusal("a command is not nested as deeply as that");
  if (utf8Bytes(line) > commandBytesMax) return refusal(`a command has at most ${commandBytesMax} bytes`);
  const result = parseCommand(sent);
  if (!result.ok) return refusal(result.error.message);
  const { label: _, ...command } = result.command;
  if (!isPageCommand(command)) return refusal(`a page cannot ask for ${command.type}`);
  const schema = additionsTo(command.type);
  if (!schema) return { ok: true, command };
  const additions = v.safeParse(schema, sent);
  return additions.success
    ? { ok: true, command: { ...command, ...additions.output } }
    : refusal(`${v.getDotPath(additions.issues[0])} ${additions.issues[0].message}`);
}

/** What a page says in addition, to the bridge alone. */
function additionsTo(type: PageCommandType) {
  switch (type) {
    case "join":
      return heardUpToSchema;
    case "register":
    case "change-password":
    case "unregister":
      return clearIsMeantSchema;
    default:
      return undefined;
  }
}

function isPageCommand(command: Question): command is Question<PageCommandType> {
  return isForPages[command.type];
}

/** Undefined for what is nested so deeply that it cannot be written again, though it could be read. */
function asLine(sent: unknown): string | undefined {
  try {
    return JSON.stringify(sent) ?? "";
  } catch {
    return undefined;
  }
}

function refusal(message: string): PageCommandResult {
  return { ok: false, answer: { ok: false, code: "invalid", message } };
}
