/**
 * Which part of a room's log is in the document: a window of entries that stand together, drawn as they are. It moves by
 * a step when the reader comes near one of its ends, so that however long the log is the document is not.
 */
import type { Entries } from "../model/entries.ts";
import { outboxMax } from "../model/state.ts";

/** Messages in the document, at most. */
export const shownMessagesMax = 400;

/** Entries in the window: with all own messages that can be on their way, not more messages than that. */
export const windowEntriesMax = shownMessagesMax - outboxMax;

/** Entries that are drawn to be printed, the last ones; an export has all. */
export const printedEntriesMax = 5_000;

/** Entries by which the window moves, and those that are drawn first: more than a screen holds. */
export const windowStep = 80;

/** Entries in the window while the reader follows the end: as few are drawn for what is new. */
export const followedEntriesMax = 2 * windowStep;

/** The positions of the first entry that is shown and of the one after the last. */
export interface Part {
  from: number;
  to: number;
}

/** The same by the entries' keys, which stay what they are when something is added before them. */
export interface LogWindow {
  first: string | undefined;
  /** Undefined where it reaches the end, and goes along with it. */
  last: string | undefined;
}

export function windowOf(entries: Entries, { from, to }: Part): LogWindow {
  return { first: entries.at(from)?.key, last: to >= entries.length ? undefined : entries.at(to - 1)?.key };
}

/** What stands where the window is now; of a window whose entries are gone, the end. */
export function partOf(entries: Entries, { first, last }: LogWindow): Part {
  const from = first === undefined ? 0 : entries.positionOf(first);
  const to = last === undefined ? entries.length : entries.positionOf(last) + 1;
  return from === -1 || to <= from ? endOf(entries) : { from, to };
}

export function endOf({ length }: Entries): Part {
  return { from: Math.max(length - windowStep, 0), to: length };
}

/** All that is here. */
export function printed({ length }: Entries): Part {
  return { from: Math.max(length - printedEntriesMax, 0), to: length };
}

/** @param position of the entry that is to be shown with what is around it */
export function around({ length }: Entries, position: number): Part {
  return { from: Math.max(position - windowStep, 0), to: Math.min(position + windowStep, length) };
}

/** Stays where it is when a position is in it; goes there otherwise. */
export function holding(entries: Entries, part: Part, position: number): Part {
  return part.from <= position && position < part.to ? part : around(entries, position);
}

/** Goes along with the end; with less than a step of it there may be nothing to scroll. */
export function following(entries: Entries, part: Part): Part {
  const count = part.to - part.from;
  const fits = part.to === entries.length && count >= windowStep && count <= followedEntriesMax;
  return fits ? part : endOf(entries);
}

/** Stays where it is unless too much was added to it; then around what the reader looks at. */
export function staying(entries: Entries, part: Part, position: number): Part {
  if (part.to - part.from <= windowEntriesMax) return part;
  return around(entries, position === -1 ? (part.from + part.to) >> 1 : position);
}

export function earlier({ from, to }: Part): Part {
  const moved = Math.max(from - windowStep, 0);
  return { from: moved, to: Math.min(to, moved + windowEntriesMax) };
}

export function later({ length }: Entries, { from, to }: Part): Part {
  const moved = Math.min(to + windowStep, length);
  return { from: Math.max(from, moved - windowEntriesMax), to: moved };
}
