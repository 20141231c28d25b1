/** What is in a conversation's history, as clients are told it: messages, changes to them, reactions. */
import * as v from "valibot";
import { eventLimits } from "./limits.ts";
import { count, list, seq, text, time, word } from "./values.ts";

const { entriesMax, reactionsMax } = eventLimits;

const namesOfReaction = list(word, reactionsMax);

/** The reactions to a message with one emoji. */
export const reaction = v.object({
  emoji: word,
  /** How many there are. */
  count,
  /** The first people who did, in order; all of them when asked for. */
  from: namesOfReaction,
  /** The reader is one of them. */
  own: v.optional(v.boolean()),
});
export const reactions = list(reaction, reactionsMax);

/** A message as it is now, whatever it was when it was sent. Its room is that of the surrounding answer or event. */
export const historyMessage = v.object({
  /** A server whose history contains only messages leaves this out. */
  type: v.optional(v.literal("message"), "message"),
  msgid: word,
  seq,
  time,
  from: word,
  /** Empty when it was deleted. */
  text,
  /** True when the text says what the sender does (`/me waves`). */
  action: v.optional(v.boolean()),
  /** The msgid of the message that this one replies to. */
  reply: v.optional(word),
  edited: v.optional(v.boolean()),
  deleted: v.optional(v.boolean()),
  reactions: v.optional(reactions),
  /** The reader said it, under any name. */
  own: v.optional(v.boolean()),
});

/** A change to a message, with a `seq` of its own. `msgid` is the message's. */
const change = { msgid: word, seq, time, from: word };
/** `text` is the new text. */
export const historyEdit = v.object({ type: v.literal("edit"), ...change, text });
/** `by`: a moderator's name, when it was not the author who deleted it. */
export const historyDelete = v.object({ type: v.literal("delete"), ...change, by: v.optional(word) });
/**
 * Somebody reacted or, when `on` is false, removed a reaction. `count` is the number of reactions with that emoji now,
 * `names` are the first people who gave them.
 */
export const historyReact = v.object({
  type: v.literal("react"),
  ...change,
  emoji: word,
  on: v.boolean(),
  count,
  names: namesOfReaction,
});

export const historyEntry = v.variant("type", [historyMessage, historyEdit, historyDelete, historyReact]);
export const pastEntries = list(historyEntry, entriesMax);

/** A message that was found, and its room. */
export const foundMessage = v.object({ ...historyMessage.entries, room: word });
export const foundMessages = list(foundMessage, entriesMax);
