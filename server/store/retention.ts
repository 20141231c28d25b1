/**
 * Removes old messages, at the start and every hour after that, a little at a time. They are gone for good, so their
 * age does not depend on the clock alone, which may be wrong.
 */

import { setImmediate } from "node:timers/promises";
import { believeReading, dayMs } from "./clock-belief.ts";
import type { ClockBelief, OwnLog, Retention } from "./upkeep.ts";

/** How long messages are kept; for ever when both are undefined. */
export interface RetentionRule {
  /** Days that a message is kept. */
  days?: number | undefined;
  /** Messages of each conversation that are kept. */
  messages?: number | undefined;
}

export interface RetentionOptions {
  log: OwnLog;
  keep: RetentionRule;
  now: () => Date;
  /** That many messages were removed. */
  forgotten: (count: number) => void;
  /**
   * The clock has jumped from about `believed` to `clock`. Until it has stayed there for a day, age is counted by
   * `believed`.
   */
  doubted: (times: { clock: string; believed: string }) => void;
  /** The log could not be read; it is tried again later. */
  failed: (error: unknown) => void;
}

const EVERY_MS = 3_600_000;

/** @returns `first`, which is fulfilled when the first removal is complete, and `stop` */
export function startRetention({ log, keep, now, forgotten, doubted, failed }: RetentionOptions): {
  first: Promise<void>;
  stop: () => void;
} {
  const { days, messages: messagesMax } = keep;
  if (days === undefined && messagesMax === undefined) return { first: Promise.resolve(), stop: () => {} };
  const many: Retention = messagesMax === undefined ? {} : { messagesMax };
  let isStopped = false;
  let doubtedMs: number | undefined;
  const ruleOfNow = async (): Promise<Retention> => {
    if (days === undefined) return many;
    const clock = now();
    const { belief, age } = await ageOf(log, days, clock);
    if (belief.doubtedMs !== undefined && belief.doubtedMs !== doubtedMs) {
      doubted({ clock: clock.toISOString(), believed: new Date(belief.believedMs).toISOString() });
    }
    doubtedMs = belief.doubtedMs;
    // Without the record, the next reading would count as the first one again.
    return (await log.believe(belief)) ? { ...many, ...age } : many;
  };
  const run = async () => {
    const rule = await ruleOfNow();
    let count = 0;
    for (let last = 1; last > 0 && !isStopped; count += last) {
      last = await log.forget(rule);
      // Lets others have their turn.
      await setImmediate();
    }
    if (count > 0 && !isStopped) forgotten(count);
  };
  // After a failure, the next attempt is in an hour.
  const begin = () => run().catch(failed);
  const first = begin();
  const timer = setInterval(() => void begin(), EVERY_MS);
  return {
    first,
    stop: () => {
      clearInterval(timer);
      isStopped = true;
    },
  };
}

/**
 * Days are counted back from the clock, from what is believed of it and from the newest message, whichever is earliest.
 */
async function ageOf(log: OwnLog, days: number, clock: Date): Promise<{ belief: ClockBelief; age: Retention }> {
  const nowMs = clock.getTime();
  const newest = await log.newestTime();
  const newestMs = newest === undefined ? undefined : Date.parse(newest);
  const belief = believeReading(await log.clockBelief(), nowMs, newestMs);
  const fromMs = Math.min(nowMs, belief.believedMs, newestMs ?? nowMs);
  const since = new Date(Math.max(fromMs - days * dayMs, 0)).toISOString();
  return { belief, age: { since, now: clock.toISOString() } };
}
