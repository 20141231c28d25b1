/**
 * What a program may ask of the server in the json dialect: the shapes, and one parser that turns a line into a
 * command or into an error that says which field is wrong and what it must be.
 */
import * as v from "valibot";
import type { ErrorCode } from "./events.ts";
import { wireLimits } from "./limits.ts";
import { isMoment } from "./moment.ts";
import { asEmoji, isEmoji } from "./text.ts";

/** The version of the json dialect that this code speaks. */
export const protocolVersion = 1;

const label = v.optional(
  v.pipe(
    v.string("must be a string"),
    v.maxLength(wireLimits.labelCharsMax, `must have at most ${wireLimits.labelCharsMax} characters`),
  ),
);
const string = v.string("must be a string");
const room = v.pipe(
  string,
  v.minLength(1, "must not be empty"),
  v.maxLength(wireLimits.roomCharsMax, `must have at most ${wireLimits.roomCharsMax} characters`),
);

const seq = v.pipe(
  v.number("must be a number"),
  v.integer("must be a whole number"),
  v.minValue(0, "must not be negative"),
  v.safeInteger("must not be that large"),
);

/** The sender's own id: sent twice, it counts once. */
const id = v.pipe(string, v.uuid("must be a UUID"));
const msgid = v.pipe(
  string,
  v.minLength(1, "must not be empty"),
  v.maxLength(wireLimits.msgidCharsMax, `must have at most ${wireLimits.msgidCharsMax} characters`),
);
const boolean = v.boolean("must be true or false");

/** In UTC, however it was written. */
const time = v.pipe(
  string,
  v.check(isMoment, "must be a time like 2026-11-21T10:00:00.000Z"),
  v.transform((typed) => new Date(typed).toISOString()),
);

const commandSchemas = {
  hello: v.object({
    type: v.literal("hello"),
    label,
    version: v.number("must be a number"),
    client: v.optional(
      v.pipe(
        string,
        v.maxLength(wireLimits.clientCharsMax, `must have at most ${wireLimits.clientCharsMax} characters`),
      ),
    ),
  }),
  login: v.object({ type: v.literal("login"), label, name: string }),
  rename: v.object({ type: v.literal("rename"), label, name: string }),
  post: v.object({
    type: v.literal("post"),
    label,
    room,
    id,
    text: string,
    action: v.optional(boolean),
    reply: v.optional(msgid),
  }),
  edit: v.object({ type: v.literal("edit"), label, room, id, msgid, text: string }),
  delete: v.object({ type: v.literal("delete"), label, room, id, msgid }),
  react: v.object({
    type: v.literal("react"),
    label,
    room,
    id,
    msgid,
    emoji: v.pipe(string, v.transform(asEmoji), v.check(isEmoji, "must be one emoji")),
    on: v.optional(boolean),
  }),
  reactions: v.object({ type: v.literal("reactions"), label, room, msgid }),
  read: v.object({ type: v.literal("read"), label, room, seq }),
  typing: v.object({ type: v.literal("typing"), label, room }),
  conversations: v.object({ type: v.literal("conversations"), label }),
  history: v.object({
    type: v.literal("history"),
    label,
    room,
    before: v.optional(seq),
    after: v.optional(seq),
    around: v.optional(v.union([seq, msgid], "must be a seq or a msgid")),
    since: v.optional(time),
    changes: v.optional(boolean),
    limit: v.optional(
      v.pipe(
        v.number("must be a number"),
        v.integer("must be a whole number"),
        v.minValue(1, "must be at least 1"),
        v.maxValue(wireLimits.historyMessagesMax, `must be at most ${wireLimits.historyMessagesMax}`),
      ),
    ),
  }),
  search: v.object({
    type: v.literal("search"),
    label,
    query: v.pipe(
      string,
      v.maxLength(wireLimits.searchCharsMax, `must have at most ${wireLimits.searchCharsMax} characters`),
    ),
    skip: v.optional(seq),
  }),
  join: v.object({ type: v.literal("join"), label, room }),
  leave: v.object({ type: v.literal("leave"), label, room }),
  rooms: v.object({ type: v.literal("rooms"), label }),
  topic: v.object({ type: v.literal("topic"), label, room, topic: string }),
  who: v.object({ type: v.literal("who"), label, room: v.optional(room) }),
  away: v.object({ type: v.literal("away"), label, on: boolean }),
  people: v.object({ type: v.literal("people"), label }),
  ping: v.object({ type: v.literal("ping"), label }),
  quit: v.object({ type: v.literal("quit"), label }),
};

type CommandSchemas = typeof commandSchemas;

/** A command of the json dialect, by its `type`; without one, any command. */
export type Command<T extends keyof CommandSchemas = keyof CommandSchemas> = {
  [K in T]: v.InferOutput<CommandSchemas[K]>;
}[T];

export interface CommandError {
  code: ErrorCode;
  message: string;
  field?: string;
  label?: string;
}

export type CommandResult = { ok: true; command: Command } | { ok: false; error: CommandError };

/** Reads one line of the json dialect. Fields it does not know are ignored, so that older servers take newer clients. */
export function parseCommand(line: string): CommandResult {
  const value = parseJson(line);
  if (!isRecord(value)) {
    return { ok: false, error: { code: "not-json", message: "each line must be one JSON object" } };
  }
  const answerTo = typeof value.label === "string" && v.is(label, value.label) ? { label: value.label } : {};
  const schema = isCommandType(value.type) ? commandSchemas[value.type] : undefined;
  if (!schema) {
    const known = Object.keys(commandSchemas).join(", ");
    return {
      ok: false,
      error: { ...answerTo, code: "unknown-command", field: "type", message: `type must be one of: ${known}` },
    };
  }
  const result = v.safeParse(schema, value);
  if (result.success) return { ok: true, command: result.output };
  // A field of the wrong kind tells more about the mistake than one that is not there.
  const issue = result.issues.find(({ received }) => received !== "undefined") ?? result.issues[0];
  const field = v.getDotPath(issue) ?? "type";
  const message = issue.received === "undefined" ? `${field} is missing` : `${field} ${issue.message}`;
  return { ok: false, error: { ...answerTo, code: "invalid", field, message } };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCommandType(type: unknown): type is keyof CommandSchemas {
  return typeof type === "string" && Object.hasOwn(commandSchemas, type);
}
