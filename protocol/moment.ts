/** When something was: which texts are times, for whoever reads one that somebody else wrote. */
import * as v from "valibot";

/** What looks like a time, and may be none: `+09` is no offset, April has no 31st. */
const timestamp = v.pipe(v.string(), v.isoTimestamp());

/** Whether it is an ISO 8601 time with its offset, and in UTC of the years 0 to 9999, which compare as they are written. */
export function isMoment(typed: string): boolean {
  const ms = Date.parse(typed);
  if (!v.is(timestamp, typed) || Number.isNaN(ms)) return false;
  const day = typed.slice(0, 10);
  return new Date(day).toISOString().startsWith(day) && /^\d/.test(new Date(ms).toISOString());
}
