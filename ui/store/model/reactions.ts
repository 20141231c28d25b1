/** Adds up the reactions to a message from the events about them. */
import type { HistoryEntry, Reaction } from "../../../protocol/events.ts";
import { nameKey } from "../../../protocol/names.ts";

type React = Extract<HistoryEntry, { type: "react" }>;

/** Whether the reader has reacted with that emoji. */
export function isOwnReaction(reactions: readonly Reaction[], emoji: string): boolean {
  return reactions.some((reaction) => reaction.emoji === emoji && reaction.own);
}

/**
 * An event to everybody carries the new count of one emoji and who acted. Whether the reader is among those who reacted
 * changes only when the reader acted.
 */
export function reactionsAfter(reactions: readonly Reaction[], told: React, reader: string): readonly Reaction[] {
  const { emoji, on, from, count, names } = told;
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  const own = count > 0 && (nameKey(from) === nameKey(reader) ? on : known?.own === true);
  const now: Reaction = { emoji, count, from: names, ...(own ? { own } : {}) };
  const all = known ? reactions.map((reaction) => (reaction === known ? now : reaction)) : [...reactions, now];
  return all.filter((reaction) => reaction.count > 0);
}
