/** Who may do what. Nothing else in the chat decides about that. */
import type { Command } from "../../protocol/commands.ts";

export type Verb = Command["type"];

/** How somebody stands to what they want to act on. */
export interface Standing {
  /** They have given a name. */
  isHere: boolean;
  /** They are in the room; always true in a private conversation. */
  isInPlace?: boolean;
  /** They wrote the message that they want to change. */
  isAuthor?: boolean;
}

export type Denial = "not-logged-in" | "not-in-room" | "not-yours";

/** Allowed without a name. None of it reveals anything about others, except that somebody who proves it is somebody. */
const withoutName: ReadonlySet<Verb> = new Set<Verb>([
  "hello",
  "login",
  "ping",
  "quit",
  "register",
  "authenticate",
  "change-password",
  "sessions",
  "sign-out",
]);
/** Only for members of the room. Anybody here may read what is said in a room and see who is in it. */
const insideOnly: ReadonlySet<Verb> = new Set<Verb>(["post", "edit", "delete", "react", "typing", "topic", "leave"]);
/** Only for the author of the message. */
const authorOnly: ReadonlySet<Verb> = new Set<Verb>(["edit", "delete"]);

/** Why somebody may not do something; undefined when they may. */
export function denial(verb: Verb, { isHere, isInPlace, isAuthor }: Standing): Denial | undefined {
  if (!isHere) return withoutName.has(verb) ? undefined : "not-logged-in";
  if (isInPlace === false && insideOnly.has(verb)) return "not-in-room";
  return isAuthor === false && authorOnly.has(verb) ? "not-yours" : undefined;
}
