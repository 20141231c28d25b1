/** Decides which texts are times, for readers of what somebody else wrote. */
import * as v from "valibot";

/** Looks like a time, but may not be one: `+09` is not an offset, and April has no 31st. */
const timestamp = v.pipe(v.string(), v.isoTimestamp());

/**
 * Whether a text is an ISO 8601 time with its offset that, in UTC, falls in the years 0 to 9999, where times can be
 * compared as text.
 */
export function isMoment(typed: string): boolean {
  const ms = Date.parse(typed);
  if (!v.is(timestamp, typed) || Number.isNaN(ms)) return false;
  const day = typed.slice(0, 10);
  return new Date(day).toISOString().startsWith(day) && /^\d/.test(new Date(ms).toISOString());
}
