/**
 * Validates commands and their answers, given as values; how those are written on the wire is up to the dialect. The
 * result is a command as declared, or an error that says which field is wrong and what it must be.
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

/** Unknown fields are ignored, so that older servers work with newer clients. */
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

/** The answer to a command of this type; undefined when the value is not one. */
export function parseAnswer<T extends CommandType>(type: T, value: unknown): Answer<T> | undefined {
  const result = v.safeParse(commands[type].answer, value);
  return result.success ? result.output : undefined;
}

function invalid(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): CommandError {
  // A field of the wrong kind reveals more about the mistake than a missing one.
  const issue = issues.find(({ received }) => received !== "undefined") ?? issues[0];
  const field = v.getDotPath(issue) ?? "type";
  const message = issue.received === "undefined" ? `${field} is missing` : `${field} ${issue.message}`;
  return { code: "invalid", field, message };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
