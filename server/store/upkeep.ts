/** What a log needs besides the chat: that it forgets what need not be kept, and is looked after. */
import type { MessageLog } from "../chat/ports.ts";

/** The part of each conversation to keep: by age, and by number of messages. Without either, everything. */
export interface Retention {
  /**
   * From this moment (ISO 8601) on. A message is never older than what was said before it, whatever the clock said
   * then.
   */
  since?: string;
  /** The present moment: a message with a later time is as old as what was said after it. */
  now?: string;
  messagesMax?: number;
}

/** Later than the time of any message. */
export const endOfTime = "9999";

/** What is believed about the clock, in ms since 1970. */
export interface ClockBelief {
  /** The last reading that was believed. */
  believedMs: number;
  /** The first reading that was not, if the clock has been far away since. */
  doubtedMs?: number;
}

/** A log, as the server has it that opened it. Done in turn, like all that is asked of a log. */
export interface OwnLog extends MessageLog {
  /**
   * Removes messages that a rule does not keep, the oldest first, and only so many that nobody has to wait. Their
   * numbers are not used again. @returns how many were removed; 0 when everything follows the rule
   */
  forget(rule: Retention): Promise<number>;
  /** The time of the newest message (ISO 8601); undefined when there is none. */
  newestTime(): Promise<string | undefined>;
  /** What was last believed about the clock; undefined before the first time. */
  clockBelief(): Promise<ClockBelief | undefined>;
  /** @returns false when it could not be kept */
  believe(belief: ClockBelief): Promise<boolean>;
  /**
   * Does a bounded part of the work due every second: gives back space, wipes what was removed, checks that all files
   * are there.
   */
  maintain(): Promise<void>;
  /** Lets go of what the log is kept in, after all that was asked before. Nothing may be asked of it afterwards. */
  close(): Promise<void>;
}
