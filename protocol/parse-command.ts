/**
 * Reads commands, and the answers to them, from values: how these were written on a wire is the dialect's concern. A command
 * becomes what is declared of it, or an error that says which field is wrong and what it must be.
 */
import * as v from "valibot";
import { type Answer, type Command, type CommandType, commands, isCommandType, label } from "./commands.ts";
import type { ErrorCode } from "./events.ts";

export interface CommandError {
  code: ErrorCode;
  message: string;
  field?: string;
  label?: string;
}

export type CommandResult = { ok: true; command: Command } | { ok: false; error: CommandError };

const envelope = v.object({ label });

/** Fields that are not declared are ignored, so that older servers take newer clients. */
export function parseCommand(value: unknown): CommandResult {
  if (!isRecord(value)) {
    return { ok: false, error: { code: "not-json", message: "each line must be one JSON object" } };
  }
  const { type } = value;
  const labelled = v.safeParse(envelope, value);
  const known = labelled.success ? labelled.output.label : undefined;
  const answerTo = known === undefined ? {} : { label: known };
  if (!isCommandType(type)) {
    const message = `type must be one of: ${Object.keys(commands).join(", ")}`;
    return { ok: false, error: { ...answerTo, code: "unknown-command", field: "type", message } };
  }
  if (!labelled.success) return { ok: false, error: invalid(labelled.issues) };
  const fields = v.safeParse(commands[type].fields, value);
  if (!fields.success) return { ok: false, error: { ...answerTo, ...invalid(fields.issues) } };
  return { ok: true, command: { type, ...answerTo, ...fields.output } as Command };
}

/** What a command was answered; undefined for what is no answer to such a command. */
export function parseAnswer<T extends CommandType>(type: T, value: unknown): Answer<T> | undefined {
  const result = v.safeParse(commands[type].answer, value);
  return result.success ? result.output : undefined;
}

function invalid(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): CommandError {
  // A field of the wrong kind tells more about the mistake than one that is not there.
  const issue = issues.find(({ received }) => received !== "undefined") ?? issues[0];
  const field = v.getDotPath(issue) ?? "type";
  const message = issue.received === "undefined" ? `${field} is missing` : `${field} ${issue.message}`;
  return { code: "invalid", field, message };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
