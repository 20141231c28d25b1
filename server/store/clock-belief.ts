/**
 * When to believe the clock, for what cannot be undone. A wrong clock looks the same as time that passed while the
 * server was off; the difference is whether the clock still says so a day later. Pure.
 */
import type { ClockBelief } from "./upkeep.ts";

export const dayMs = 86_400_000;

/** How far the clock may have moved since it was last believed, forwards or backwards. More than `doubtMs`. */
const jumpMaxMs = 2 * dayMs;

/** Milliseconds for which a clock that has jumped must continue from there. */
const doubtMs = dayMs;

/**
 * What to believe after another reading of the clock.
 * @param belief what was believed before; undefined at the very first reading
 * @param newestMs the time of the newest message; undefined when there is none
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
  // That reading was right, or has not been corrected; this one may be another jump.
  return isNear(doubtedMs, nowMs) ? { believedMs: nowMs } : { believedMs: doubtedMs, doubtedMs: nowMs };
}

function isNear(oneMs: number, otherMs: number): boolean {
  return Math.abs(oneMs - otherMs) <= jumpMaxMs;
}
