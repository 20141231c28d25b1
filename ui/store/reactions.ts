/** Who reacted with what, as the reader asks about it. */
import type { Reaction } from "../../protocol/events.ts";
import { nameKey } from "../../protocol/names.ts";

/** Whether somebody has reacted with that emoji. */
export function isReactionOf(reactions: readonly Reaction[], emoji: string, name: string): boolean {
  const reaction = reactions.find((one) => one.emoji === emoji);
  return reaction?.from.some((who) => nameKey(who) === nameKey(name)) ?? false;
}
