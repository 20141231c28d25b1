/** Reads the commands that a page may give to the server as they are. What they mean is the server's business. */
import { type CommandFailure, isForPages, type PageCommand, type PageCommandType } from "../protocol/bridge-events.ts";
import type { Question } from "../protocol/commands.ts";
import { wireLimits } from "../protocol/limits.ts";
import { parseCommand } from "../protocol/parse-command.ts";
import { utf8Bytes } from "../protocol/text.ts";

/** What is passed on becomes a line of the server's, with a label of the bridge's. */
const commandBytesMax = wireLimits.lineBytesMax - 2 * wireLimits.labelCharsMax;

export type PageCommandResult = { ok: true; command: PageCommand } | { ok: false; answer: CommandFailure };

export function parsePageCommand(sent: unknown): PageCommandResult {
  if (utf8Bytes(JSON.stringify(sent) ?? "") > commandBytesMax) {
    return refusal(`a command has at most ${commandBytesMax} bytes`);
  }
  const result = parseCommand(sent);
  if (!result.ok) return refusal(result.error.message);
  const { label: _, ...command } = result.command;
  if (!isPageCommand(command)) return refusal(`a page cannot ask for ${command.type}`);
  if (command.type !== "join") return { ok: true, command };
  const { after } = sent as { after?: unknown };
  if (after === undefined) return { ok: true, command };
  if (!isSeq(after)) return refusal("after must be a whole number that is not negative");
  return { ok: true, command: { ...command, after } };
}

function isPageCommand(command: Question): command is Question<PageCommandType> {
  return isForPages[command.type];
}

function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function refusal(message: string): PageCommandResult {
  return { ok: false, answer: { ok: false, code: "invalid", message } };
}
