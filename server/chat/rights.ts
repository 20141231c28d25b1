/** Who may do what. Nothing else decides about it. */
import type { Command } from "../../protocol/commands.ts";

export type Verb = Command["type"];

/** How somebody stands to what they want to do something to. */
export interface Standing {
  /** They have given a name. */
  isHere: boolean;
  /** The place is a room, and they are in it. True between two people. */
  isInPlace?: boolean;
  /** They said what they want to change. */
  isAuthor?: boolean;
}

export type Denial = "not-logged-in" | "not-in-room" | "not-yours";

/** What anybody may ask who has given no name: nothing that tells of the others. */
const withoutName: ReadonlySet<Verb> = new Set<Verb>(["hello", "login", "ping", "quit"]);
/** What only those may do who are in the room. What is said in rooms, and who is there, everyone may know. */
const insideOnly: ReadonlySet<Verb> = new Set<Verb>(["post", "edit", "delete", "react", "typing", "topic", "leave"]);
/** What only the author of a message may do. */
const authorOnly: ReadonlySet<Verb> = new Set<Verb>(["edit", "delete"]);

/** Whether somebody may do something; why not, or undefined when they may. */
export function denial(verb: Verb, { isHere, isInPlace, isAuthor }: Standing): Denial | undefined {
  if (!isHere) return withoutName.has(verb) ? undefined : "not-logged-in";
  if (isInPlace === false && insideOnly.has(verb)) return "not-in-room";
  return isAuthor === false && authorOnly.has(verb) ? "not-yours" : undefined;
}
