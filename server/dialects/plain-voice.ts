/** How the plain dialect speaks to one person, as those see it who have something to say. */
import type { PlainLine, Wording } from "./plain-lines.ts";

/** A person's ear. */
export interface Voice {
  readonly wording: Wording;
  /** Says lines of the server's own in turn, after the answers to what the person sent before. */
  say(...texts: string[]): void;
  /** Sends lines at once. */
  sendLines(lines: readonly PlainLine[]): void;
  quit(): void;
}
