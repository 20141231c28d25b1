/** How the plain dialect speaks to one person, for the modules that have something to say. */
import type { PlainLine, Wording } from "./plain-lines.ts";

/** Speaks to one person. */
export interface Voice {
  readonly wording: Wording;
  /** Says lines from the server in turn, after the answers to what the person sent before. */
  say(...texts: string[]): void;
  /** Sends lines at once. */
  sendLines(lines: readonly PlainLine[]): void;
  quit(): void;
}
