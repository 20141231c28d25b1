/** The values that events and answers consist of, each within the bounds of `eventLimits`. */
import * as v from "valibot";
import { eventLimits } from "./limits.ts";
import { isMoment } from "./moment.ts";

export const word = v.pipe(v.string(), v.maxLength(eventLimits.wordCharsMax));
export const text = v.pipe(v.string(), v.maxLength(eventLimits.textCharsMax));
/** A read-only list with at most that many items. */
export const list = <S extends v.GenericSchema>(item: S, max: number) =>
  v.pipe(v.array(item), v.maxLength(max), v.readonly());
export const seq = v.pipe(v.number(), v.integer(), v.minValue(0));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** ISO 8601 with milliseconds, UTC. */
export const time = v.pipe(v.string(), v.check(isMoment));
