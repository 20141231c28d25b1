/**
 * Which part of a room's log is in the document: a window of consecutive entries. It moves by a step when the reader
 * comes near one of its ends, so the document stays small however long the log is.
 */
import type { Entries } from "../model/entries.ts";
import { outboxMax } from "../model/state.ts";

/** Messages in the document at most. */
export const shownMessagesMax = 400;

/**
 * Entries in the window: together with all own messages that can be on their way, they stay within the messages
 * allowed.
 */
export const windowEntriesMax = shownMessagesMax - outboxMax;

/** Entries drawn for printing, the latest ones. An export has them all. */
export const printedEntriesMax = 5_000;

/** How many entries the window moves by, and how many are drawn first: more than a screen holds. */
export const windowStep = 80;

/** Entries in the window while the reader follows the end, so that little is drawn for each new message. */
export const followedEntriesMax = 2 * windowStep;

/** The position of the first entry shown, and the one after the last. */
export interface EntryRange {
  from: number;
  to: number;
}

/** The same by entry key, which stays valid when entries are added before. */
export interface LogWindow {
  first: string | undefined;
  /** Undefined when the window reaches the end and follows it. */
  last: string | undefined;
}

export function windowOf(entries: Entries, { from, to }: EntryRange): LogWindow {
  return { first: entries.at(from)?.key, last: to >= entries.length ? undefined : entries.at(to - 1)?.key };
}

/** Where the window is now; at the end when its entries are gone. */
export function rangeOf(entries: Entries, { first, last }: LogWindow): EntryRange {
  const from = first === undefined ? 0 : entries.positionOf(first);
  const to = last === undefined ? entries.length : entries.positionOf(last) + 1;
  return from === -1 || to <= from ? endOf(entries) : { from, to };
}

export function endOf({ length }: Entries): EntryRange {
  return { from: Math.max(length - windowStep, 0), to: length };
}

/** Everything that is here. */
export function printed({ length }: Entries): EntryRange {
  return { from: Math.max(length - printedEntriesMax, 0), to: length };
}

/** @param position the entry to be shown, with what is around it */
export function around({ length }: Entries, position: number): EntryRange {
  return { from: Math.max(position - windowStep, 0), to: Math.min(position + windowStep, length) };
}

/** Stays in place when it contains the position; otherwise moves there. */
export function holding(entries: Entries, range: EntryRange, position: number): EntryRange {
  return range.from <= position && position < range.to ? range : around(entries, position);
}

/** Follows the end. A window smaller than a step might leave nothing to scroll. */
export function following(entries: Entries, range: EntryRange): EntryRange {
  const count = range.to - range.from;
  const fits = range.to === entries.length && count >= windowStep && count <= followedEntriesMax;
  return fits ? range : endOf(entries);
}

/** Stays in place unless too much was added; then centres on what the reader is looking at. */
export function staying(entries: Entries, range: EntryRange, position: number): EntryRange {
  if (range.to - range.from <= windowEntriesMax) return range;
  return around(entries, position === -1 ? (range.from + range.to) >> 1 : position);
}

export function earlier({ from, to }: EntryRange): EntryRange {
  const moved = Math.max(from - windowStep, 0);
  return { from: moved, to: Math.min(to, moved + windowEntriesMax) };
}

export function later({ length }: Entries, { from, to }: EntryRange): EntryRange {
  const moved = Math.min(to + windowStep, length);
  return { from: Math.max(from, moved - windowEntriesMax), to: moved };
}
