/**
 * Sees to it that what need not be kept is not: at the start, and every hour from then on, a little at a time. What is
 * removed is gone for good, so age is not counted by the clock alone, which may be wrong.
 */
import type { ClockBelief, MessageLog, Retention } from "../chat/ports.ts";
import { believeReading, dayMs } from "./clock-belief.ts";

/** How long messages are kept; both undefined for ever. */
export interface Keep {
  /** Days that a message is kept. */
  days?: number | undefined;
  /** Messages of each conversation that are kept. */
  messages?: number | undefined;
}

export interface RetentionOptions {
  log: MessageLog;
  keep: Keep;
  now: () => Date;
  /** So many messages were removed. */
  forgotten: (count: number) => void;
  /** The clock has jumped, to `clock` from about `believed`: until it has been so for a day, age is counted by the latter. */
  doubted: (times: { clock: string; believed: string }) => void;
}

const EVERY_MS = 3_600_000;

/** @returns a function that stops it */
export function startRetention({ log, keep, now, forgotten, doubted }: RetentionOptions): () => void {
  const { days, messages: messagesMax } = keep;
  if (days === undefined && messagesMax === undefined) return () => {};
  let next: NodeJS.Immediate | undefined;
  const forget = (rule: Retention, before: number) => {
    const count = log.forget(rule);
    if (count > 0) next = setImmediate(forget, rule, before + count);
    else if (before > 0) forgotten(before);
  };
  let doubtedMs: number | undefined;
  const begin = () => {
    const many = messagesMax === undefined ? {} : { messagesMax };
    if (days === undefined) return forget(many, 0);
    const clock = now();
    const { belief, age } = ageOf(log, days, clock);
    if (belief.doubtedMs !== undefined && belief.doubtedMs !== doubtedMs) {
      doubted({ clock: clock.toISOString(), believed: new Date(belief.believedMs).toISOString() });
    }
    doubtedMs = belief.doubtedMs;
    // Without the record, the next reading would be the first once more.
    forget(log.believe(belief) ? { ...many, ...age } : many, 0);
  };
  begin();
  const timer = setInterval(begin, EVERY_MS);
  return () => {
    clearInterval(timer);
    clearImmediate(next);
  };
}

/** Days are counted back from the clock, from what is believed of it and from the newest message, whichever is earliest. */
function ageOf(log: MessageLog, days: number, clock: Date): { belief: ClockBelief; age: Retention } {
  const nowMs = clock.getTime();
  const newest = log.newestTime();
  const newestMs = newest === undefined ? undefined : Date.parse(newest);
  const belief = believeReading(log.clockBelief(), nowMs, newestMs);
  const fromMs = Math.min(nowMs, belief.believedMs, newestMs ?? nowMs);
  const since = new Date(Math.max(fromMs - days * dayMs, 0)).toISOString();
  return { belief, age: { since, now: clock.toISOString() } };
}
