/** What the server needs of a log, in addition to the chat: forgetting old messages, and maintenance. */
import type { MessageLog } from "../chat/ports.ts";

/** The part of each conversation to keep: by age, and by number of messages. Without either, everything. */
export interface Retention {
  /**
   * Keep messages from this moment (ISO 8601) on. A message never counts as older than those before it, whatever the
   * clock said then.
   */
  since?: string;
  /** The present moment: a message with a later time counts as being as old as the one after it. */
  now?: string;
  messagesMax?: number;
}

/** Later than the time of any message. */
export const endOfTime = "9999";

/** What is believed about the clock, in ms since 1970. */
export interface ClockBelief {
  /** The last reading that was believed. */
  believedMs: number;
  /** The first reading that was not believed, if the clock has been far off since. */
  doubtedMs?: number;
}

/** A log as the server that opened it sees it. These requests, too, are handled in order. */
export interface OwnLog extends MessageLog {
  /**
   * Removes messages that a rule does not keep, the oldest first, and only so many that nobody has to wait. Their
   * numbers are not used again. @returns how many were removed; 0 when there are none left to remove
   */
  forget(rule: Retention): Promise<number>;
  /** The time of the newest message (ISO 8601); undefined when there is none. */
  newestTime(): Promise<string | undefined>;
  /** What was last believed about the clock; undefined before the first time. */
  clockBelief(): Promise<ClockBelief | undefined>;
  /** Stores a belief about the clock. @returns false when that failed */
  believe(belief: ClockBelief): Promise<boolean>;
  /**
   * Does a bounded part of the work due every second: gives back space, wipes what was removed, checks that all files
   * are there.
   */
  maintain(): Promise<void>;
  /** Whether something could be kept now: it writes, and waits for the disk, to find out. */
  isWritable(): Promise<boolean>;
  /** Closes the log's storage after all earlier requests. The log must not be used afterwards. */
  close(): Promise<void>;
}
