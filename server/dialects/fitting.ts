/** Cuts lists of messages to what fits in one line of the json dialect. */
import type { HistoryEntry } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { utf8Bytes } from "../../protocol/text.ts";

/** As many neighbours as fit, and where the first of them was. */
export interface Fitting<E> {
  kept: readonly E[];
  first: number;
}

/**
 * Expands from a place in the list to both sides while there is room.
 * @param pivot the index to start at: 0 keeps the first ones, the list's length the last ones
 */
export function fitting<E extends HistoryEntry>(entries: readonly E[], pivot: number): Fitting<E> {
  const sizes = entries.map((entry) => utf8Bytes(JSON.stringify(entry)) + 1);
  let [first, end, free] = [pivot, pivot, wireLimits.historyBytesMax];
  const fits = (index: number) => index >= 0 && (sizes[index] ?? Number.POSITIVE_INFINITY) <= free;
  while (fits(end) || fits(first - 1)) {
    if (fits(end)) {
      free -= sizes[end] ?? 0;
      end += 1;
    }
    if (fits(first - 1)) {
      first -= 1;
      free -= sizes[first] ?? 0;
    }
  }
  return { kept: entries.slice(first, end), first };
}
