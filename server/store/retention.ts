/** Sees to it that what need not be kept is not: at the start, and every hour from then on, a little at a time. */
import type { MessageLog, Retention } from "../chat/ports.ts";

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
}

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** @returns a function that stops it */
export function startRetention({ log, keep, now, forgotten }: RetentionOptions): () => void {
  if (keep.days === undefined && keep.messages === undefined) return () => {};
  let next: NodeJS.Immediate | undefined;
  const forget = (before: number) => {
    const count = log.forget(ruleOf(keep, now()));
    if (count > 0) next = setImmediate(forget, before + count);
    else if (before > 0) forgotten(before);
  };
  forget(0);
  const timer = setInterval(forget, EVERY_MS, 0);
  return () => {
    clearInterval(timer);
    clearImmediate(next);
  };
}

function ruleOf({ days, messages }: Keep, now: Date): Retention {
  return {
    ...(days === undefined ? {} : { since: new Date(now.getTime() - days * DAY_MS).toISOString() }),
    ...(messages === undefined ? {} : { messagesMax: messages }),
  };
}
