/**
 * When the clock is believed, for what cannot be undone. A clock that was set wrongly looks like time that has passed
 * while the server was off; what tells them apart is whether the clock still says so a day later. Pure.
 */
import type { ClockBelief } from "./upkeep.ts";

export const dayMs = 86_400_000;

/** As far the clock may have gone since it was believed last, forwards or backwards. More than `doubtMs`. */
const jumpMaxMs = 2 * dayMs;

/** Milliseconds for which a clock that has jumped must go on from there. */
const doubtMs = dayMs;

/**
 * What is believed after another reading of the clock.
 * @param belief what was believed before; undefined at the very first reading
 * @param newestMs when the newest message was said; undefined when there is none
 */
export function believeReading(
  belief: ClockBelief | undefined,
  nowMs: number,
  newestMs: number | undefined,
): ClockBelief {
  const { believedMs, doubtedMs } = belief ?? { believedMs: Math.min(newestMs ?? nowMs, nowMs) };
  if (isNear(believedMs, nowMs)) return { believedMs: nowMs };
  if (doubtedMs === undefined || nowMs < doubtedMs) return { believedMs, doubtedMs: nowMs };
  if (nowMs - doubtedMs < doubtMs) return { believedMs, doubtedMs };
  // That reading was right, or has not been set right; this one may be another jump.
  return isNear(doubtedMs, nowMs) ? { believedMs: nowMs } : { believedMs: doubtedMs, doubtedMs: nowMs };
}

function isNear(oneMs: number, otherMs: number): boolean {
  return Math.abs(oneMs - otherMs) <= jumpMaxMs;
}
