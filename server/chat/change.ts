/** What a change makes of a message, whatever the messages are kept in. */
import { wireLimits } from "../../protocol/limits.ts";
import { nameKey } from "../../protocol/names.ts";
import type { ChangeDraft, ChangeProblem, KeptEntry, KeptMessage, KeptReaction } from "./ports.ts";

/** Where messages are kept by their number, so many times as many changes are: however often one is changed, none goes for it. */
export const changesPerMessage = 10;

/**
 * @param message undefined when there is none of that msgid in the conversation
 * @returns the message as it is then, the very same when nothing changes, or why it cannot be changed
 */
export function changeMessage(message: KeptMessage | undefined, draft: ChangeDraft): KeptMessage | ChangeProblem {
  if (!message || message.deleted) return "no-such-message";
  if (draft.type === "react") return reactTo(message, draft);
  if (!isOwn(message.from, draft)) return "not-yours";
  if (draft.type === "delete") return tombstone(message);
  return message.text === draft.text ? message : { ...message, text: draft.text, edited: true };
}

/** A change as it is told: with what it is about as that is now. @param message undefined when it is not kept any more */
export function changeEntry(
  change: { msgid: string; seq: number; time: string; from: string } & (
    | { type: "edit" | "delete" }
    | { type: "react"; emoji: string; on: boolean }
  ),
  message: Pick<KeptMessage, "text" | "reactions"> | undefined,
): KeptEntry {
  const { msgid, seq, time, from } = change;
  const about = { msgid, seq, time, from };
  switch (change.type) {
    case "edit":
      return { type: "edit", ...about, text: message?.text ?? "" };
    case "delete":
      return { type: "delete", ...about };
    case "react": {
      const { emoji, on } = change;
      const { from: names } = message?.reactions?.find((reaction) => reaction.emoji === emoji) ?? { from: [] };
      return { type: "react", ...about, emoji, on, count: names.length, names: firstNames(names) };
    }
  }
}

/** Of everybody who reacted with one emoji, those who are told with it. */
export function firstNames(names: readonly string[]): readonly string[] {
  return names.slice(0, wireLimits.reactionNamesMax);
}

function reactTo(message: KeptMessage, draft: Extract<ChangeDraft, { type: "react" }>): KeptMessage | ChangeProblem {
  const { from, emoji, on } = draft;
  const { reactions = [], ...rest } = message;
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  const isOn = known?.from.some((name) => isOwn(name, draft)) ?? false;
  if (isOn === on) return message;
  const count = reactions.reduce((sum, reaction) => sum + reaction.from.length, 0);
  if (on && count >= wireLimits.reactionsMax) return "too-many-reactions";
  const others = known?.from.filter((name) => !isOwn(name, draft)) ?? [];
  const changed: KeptReaction = { emoji, from: on ? [...others, from] : others };
  const all = known ? reactions.map((reaction) => (reaction === known ? changed : reaction)) : [...reactions, changed];
  const left = all.filter((reaction) => reaction.from.length > 0);
  return left.length > 0 ? { ...rest, reactions: left } : rest;
}

/** What is left of a message that was deleted: that there was one. */
function tombstone({ type, msgid, seq, time, from }: KeptMessage): KeptMessage {
  return { type, msgid, seq, time, from, text: "", deleted: true };
}

function isOwn(name: string, { names }: ChangeDraft): boolean {
  return names.includes(nameKey(name));
}
