/** Applies changes to messages, independent of their storage. */
import { wireLimits } from "../../protocol/limits.ts";
import type { ChangeDraft, ChangeProblem, KeptEntry, KeptMessage, KeptReaction } from "./ports.ts";
import { denial } from "./rights.ts";

/** Where the number of messages is limited, this many times as many changes are kept, so that they displace none. */
export const changesPerMessage = 10;

/**
 * @param message undefined when the conversation has no message with that msgid
 * @returns the message after the change, the same object when nothing changes, or why it cannot be changed
 */
export function changeMessage(message: KeptMessage | undefined, draft: ChangeDraft): KeptMessage | ChangeProblem {
  if (!message || message.deleted) return "no-such-message";
  const role = isModerated(draft) ? "moderator" : "none";
  if (denial(draft.type, { isHere: true, role, isAuthor: draft.persons.has(message.person) })) return "not-yours";
  if (draft.type === "react") return reactTo(message, draft);
  if (draft.type === "delete") return tombstone(message);
  return message.text === draft.text ? message : { ...message, text: draft.text, edited: true };
}

function isModerated(draft: ChangeDraft): boolean {
  return draft.type === "delete" && draft.isModerated === true;
}

/** A change, before it is told. `by`: it was not the author who deleted it. */
type Change = { msgid: string; seq: number; time: string; from: string } & (
  | { type: "edit" }
  | { type: "delete"; by?: string | undefined }
  | { type: "react"; emoji: string; on: boolean }
);

/** The change that a draft makes to a message. */
export function changeOf(
  draft: ChangeDraft,
  message: KeptMessage | undefined,
  { seq, time }: { seq: number; time: string },
): Change {
  const { author, persons, msgid } = draft;
  const about = { msgid, seq, time, from: author.name };
  if (draft.type === "react") return { type: draft.type, ...about, emoji: draft.emoji, on: draft.on };
  const isOthers = message !== undefined && !persons.has(message.person);
  return { type: draft.type, ...about, ...(isOthers ? { by: author.name } : {}) };
}

/** A change as it is told, with the message's present state. @param message undefined when it is no longer kept */
export function changeEntry(change: Change, message: Pick<KeptMessage, "text" | "reactions"> | undefined): KeptEntry {
  const { msgid, seq, time, from } = change;
  const about = { msgid, seq, time, from };
  switch (change.type) {
    case "edit":
      return { type: "edit", ...about, text: message?.text ?? "" };
    case "delete":
      return { type: "delete", ...about, ...(change.by === undefined ? {} : { by: change.by }) };
    case "react": {
      const { emoji, on } = change;
      const reaction = message?.reactions?.find((each) => each.emoji === emoji);
      const names = namesOf(reaction);
      return { type: "react", ...about, emoji, on, count: names.length, names: firstNames(names) };
    }
  }
}

/** The names of everybody who reacted with one emoji. */
export function namesOf(reaction: KeptReaction | undefined): readonly string[] {
  return reaction?.from.map(({ name }) => name) ?? [];
}

/** The first of them, as many as are named with the message. */
export function firstNames(names: readonly string[]): readonly string[] {
  return names.slice(0, wireLimits.reactionNamesMax);
}

function reactTo(message: KeptMessage, draft: Extract<ChangeDraft, { type: "react" }>): KeptMessage | ChangeProblem {
  const { author, persons, emoji, on } = draft;
  const { reactions = [], ...rest } = message;
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  const others = known?.from.filter(({ person }) => !persons.has(person)) ?? [];
  const isOn = known !== undefined && others.length < known.from.length;
  if (isOn === on) return message;
  const count = reactions.reduce((sum, reaction) => sum + reaction.from.length, 0);
  if (on && count >= wireLimits.reactionsMax) return "too-many-reactions";
  const changed: KeptReaction = { emoji, from: on ? [...others, author] : others };
  const all = known ? reactions.map((reaction) => (reaction === known ? changed : reaction)) : [...reactions, changed];
  const left = all.filter((reaction) => reaction.from.length > 0);
  return left.length > 0 ? { ...rest, reactions: left } : rest;
}

/** What stays of a deleted message: the fact that it existed. */
function tombstone({ type, msgid, seq, time, from, person }: KeptMessage): KeptMessage {
  return { type, msgid, seq, time, from, person, text: "", deleted: true };
}
