/** What a log needs besides the chat: that it forgets what need not be kept, and is looked after. */
import type { MessageLog } from "../chat/ports.ts";

/** What is kept of each conversation: what is not too old, and so many messages. Without either, everything. */
export interface Retention {
  /** From this moment (ISO 8601) on. A message is not older than what was said before it, whatever the clock said then. */
  since?: string;
  /** The present moment: a message that is stamped later is as old as what was said after it. */
  now?: string;
  messagesMax?: number;
}

/** Later than any time that a message is stamped with. */
export const endOfTime = "9999";

/** What is believed of the clock, in ms since 1970. */
export interface ClockBelief {
  /** The last reading that was believed. */
  believedMs: number;
  /** The first reading that was not, if the clock has been far from it since. */
  doubtedMs?: number;
}

/** A log, as the server has it that opened it. Done in turn, like all that is asked of a log. */
export interface OwnLog extends MessageLog {
  /**
   * Removes messages that a rule does not keep, the oldest first, and a bounded number of them, so that nobody waits.
   * Their numbers are not used again. @returns how many were removed; none when all is as the rule wants it
   */
  forget(rule: Retention): Promise<number>;
  /** The time of the newest message (ISO 8601); undefined when there is none. */
  newestTime(): Promise<string | undefined>;
  /** What was last believed of the clock; undefined when nothing was yet. */
  clockBelief(): Promise<ClockBelief | undefined>;
  /** @returns false when it could not be kept */
  believe(belief: ClockBelief): Promise<boolean>;
  /** Does what is due every second, a bounded part of it: gives back space, wipes what was removed, looks whether all is there. */
  maintain(): Promise<void>;
  /** Lets go of what the log is kept in, after all that was asked before. Nothing may be asked of it afterwards. */
  close(): Promise<void>;
}
