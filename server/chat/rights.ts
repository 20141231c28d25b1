/** Who may do what. Nothing else decides about it. */
import type { Command } from "../../protocol/commands.ts";

export type Verb = Command["type"];

/** Somebody's relation to what they want to act on. */
export interface Standing {
  /** They have given a name. */
  isHere: boolean;
  /** The place is a room that they are in. True between two people. */
  isInPlace?: boolean;
  /** They said what they want to change. */
  isAuthor?: boolean;
}

export type Denial = "not-logged-in" | "not-in-room" | "not-yours";

/** What is allowed without a name: nothing that reveals anything about others. */
const withoutName: ReadonlySet<Verb> = new Set<Verb>(["hello", "login", "ping", "quit"]);
/** What only members of the room may do. Anybody may know what is said in rooms, and who is there. */
const insideOnly: ReadonlySet<Verb> = new Set<Verb>(["post", "edit", "delete", "react", "typing", "topic", "leave"]);
/** What only the author of a message may do. */
const authorOnly: ReadonlySet<Verb> = new Set<Verb>(["edit", "delete"]);

/** Why somebody may not do something; undefined when they may. */
export function denial(verb: Verb, { isHere, isInPlace, isAuthor }: Standing): Denial | undefined {
  if (!isHere) return withoutName.has(verb) ? undefined : "not-logged-in";
  if (isInPlace === false && insideOnly.has(verb)) return "not-in-room";
  return isAuthor === false && authorOnly.has(verb) ? "not-yours" : undefined;
}
