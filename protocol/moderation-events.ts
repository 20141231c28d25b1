/** What clients are told about rights: how a room is run, who may do what there, what was done and reported. */
import * as v from "valibot";
import { eventLimits } from "./limits.ts";
import { count, list, text, time, word } from "./values.ts";

const { entriesMax, featuresMax } = eventLimits;

/** How a room is run; what is absent is off. `slowSeconds` pass between two messages of one person. */
export const roomSettings = v.object({
  invitedOnly: v.optional(v.boolean()),
  membersHistory: v.optional(v.boolean()),
  hidden: v.optional(v.boolean()),
  topicLocked: v.optional(v.boolean()),
  slowSeconds: v.optional(count),
});

/** What the reader may do in a room: the names of commands. `delete` means the messages of others. */
export const may = list(word, featuresMax);

/** How a room is run was changed. */
export const roomSettingsChanged = v.object({
  type: v.literal("room-settings"),
  room: word,
  settings: roomSettings,
  from: word,
  time,
});
/** Somebody, perhaps you, became `owner` or `moderator` of a room, or `none` of them any more. */
export const roleChanged = v.object({ type: v.literal("role"), room: word, name: word, role: word, from: word, time });
/** What you may do in a room has changed. `mutedUntil` is when it changes again, if that is known. */
export const mayChanged = v.object({
  type: v.literal("may"),
  room: word,
  role: v.optional(word),
  may,
  mutedUntil: v.optional(time),
});
/** A room is no more, and all that was said there is deleted. */
export const roomRemoved = v.object({ type: v.literal("room-removed"), room: word, from: word, time });
/** You may enter a room that is for invited people. */
export const invited = v.object({ type: v.literal("invited"), room: word, from: word, time });

/** `private`: it was said to the one who reports it, and concerns the administrators. */
const reportFields = {
  id: word,
  room: word,
  msgid: word,
  by: word,
  reason: v.optional(text),
  private: v.optional(v.boolean()),
  time,
};
/** A message that somebody has reported, as moderators are told it. */
export const reported = v.object({ type: v.literal("reported"), ...reportFields });

/** A ban or a mute: of a person, of names of a pattern, or of an address range. `source`: of where they come from, too. */
const rule = v.object({
  id: word,
  name: v.optional(word),
  pattern: v.optional(word),
  address: v.optional(word),
  source: v.optional(v.boolean()),
  until: v.optional(time),
  reason: v.optional(text),
  by: word,
  time,
});
export const rules = list(rule, entriesMax);

/** A reported message, as it is now; without `from` and `text` when it is no longer kept. */
const report = v.object({
  ...reportFields,
  from: v.optional(word),
  text: v.optional(text),
  deleted: v.optional(v.boolean()),
});
export const reports = list(report, entriesMax);

/** What somebody with rights did: which command, to whom. `room` is absent when it no longer exists. */
const act = v.object({
  id: count,
  time,
  room: v.optional(word),
  by: word,
  verb: word,
  name: v.optional(word),
  /** What exactly, as far as the command has more to it than a name: a role, a setting, an address. */
  what: v.optional(text),
  until: v.optional(time),
  reason: v.optional(text),
});
export const acts = list(act, entriesMax);
export const names = list(word, entriesMax);

export type RoomSettings = v.InferOutput<typeof roomSettings>;
export type RuleInfo = v.InferOutput<typeof rule>;
export type ReportInfo = v.InferOutput<typeof report>;
export type ActInfo = v.InferOutput<typeof act>;
