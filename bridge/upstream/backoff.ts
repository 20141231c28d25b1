/** How long to wait before the next attempt. Arithmetic only: it does not know who waits, or for what. */

export interface BackoffBounds {
  backoffMinMs: number;
  backoffMaxMs: number;
}

/**
 * Exponential backoff with full jitter: anything between zero and the doubled delay, so that many bridges do not return
 * at the same moment when a server restarts.
 * @param failures failures in a row so far, 1 or more
 * @param random a number from 0 up to but not including 1
 * @returns whole milliseconds, at most `backoffMaxMs`
 */
export function backoffDelayMs(failures: number, bounds: BackoffBounds, random: number): number {
  const ceilingMs = Math.min(bounds.backoffMaxMs, bounds.backoffMinMs * 2 ** (failures - 1));
  return Math.round(random * ceilingMs);
}
