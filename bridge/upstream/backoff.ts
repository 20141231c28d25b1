/** How long to wait before trying again. It does arithmetic only: who waits, and for what, it does not know. */

export interface BackoffBounds {
  backoffMinMs: number;
  backoffMaxMs: number;
}

/**
 * Exponential backoff with full jitter: anything between nothing and the doubled delay, so that the many bridges of
 * a server that restarts do not come back in step.
 * @param failures failures in a row so far, 1 or more
 * @param random a number from 0 up to but not including 1
 * @returns whole milliseconds, at most `backoffMaxMs`
 */
export function backoffDelayMs(failures: number, bounds: BackoffBounds, random: number): number {
  const ceilingMs = Math.min(bounds.backoffMaxMs, bounds.backoffMinMs * 2 ** (failures - 1));
  return Math.round(random * ceilingMs);
}
