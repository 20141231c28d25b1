/**
 * Who may do what. Nothing else in the chat decides about that. The table in docs/security.md says the same for people,
 * and a test walks it.
 */
import type { Command } from "../../protocol/commands.ts";

export type Verb = Command["type"];

/** What somebody is in a room, from the least to the most. Administrators are so in every room. */
export const roles = ["none", "moderator", "owner", "admin"] as const;
export type Role = (typeof roles)[number];

/** What a verb needs: nothing, a name, to be in the place, or at least a role there. */
type Need = "nothing" | "name" | "presence" | Exclude<Role, "none">;

const needs: Readonly<Record<Verb, Need>> = {
  hello: "nothing",
  login: "nothing",
  ping: "nothing",
  quit: "nothing",
  // About oneself, at the door as well.
  register: "nothing",
  authenticate: "nothing",
  "change-password": "nothing",
  sessions: "nothing",
  "sign-out": "nothing",
  unregister: "name",
  rename: "name",
  away: "name",
  people: "name",
  rooms: "name",
  search: "name",
  conversations: "name",
  join: "name",
  who: "name",
  history: "name",
  reactions: "name",
  read: "name",
  report: "name",
  block: "name",
  unblock: "name",
  blocked: "name",
  audit: "name",
  post: "presence",
  edit: "presence",
  delete: "presence",
  react: "presence",
  typing: "presence",
  topic: "presence",
  leave: "presence",
  kick: "moderator",
  ban: "moderator",
  unban: "moderator",
  bans: "moderator",
  mute: "moderator",
  unmute: "moderator",
  invite: "moderator",
  reports: "moderator",
  "settle-report": "moderator",
  "make-invitation": "admin",
  invitations: "admin",
  "drop-invitation": "admin",
  "room-settings": "owner",
  role: "owner",
  "remove-room": "owner",
};

/** Tells what was said in a room. */
const readsMessages: ReadonlySet<Verb> = new Set<Verb>(["history", "reactions", "read", "report"]);
/** Others hear it, so it is nothing for somebody who is muted. */
const speaks: ReadonlySet<Verb> = new Set<Verb>(["post", "edit", "react", "typing", "topic"]);

/** How somebody stands to what they want to act on. */
export interface Standing {
  /** They have given a name. */
  isHere: boolean;
  /** They are in the room; always true in a private conversation. */
  isInPlace?: boolean;
  /** They wrote the message that they want to change. */
  isAuthor?: boolean;
  /** What they are in the room. */
  role?: Role;
  /** What the person is there whom they want to act on. */
  target?: Role;
  /** They are kept out of the room. */
  isBanned?: boolean;
  /** The room is for invited people, and they are not. */
  isUninvited?: boolean;
  /** What is said in the room is for those who are in it. */
  hasMembersHistory?: boolean;
  isMuted?: boolean;
  isTopicLocked?: boolean;
  /** They said something a moment ago, and the room is slow. */
  mustWait?: boolean;
  /** In a private conversation: the other person does not want to hear them, or they not that person. */
  isBlocked?: boolean;
  isBlocking?: boolean;
}

export type Denial =
  | "not-logged-in"
  | "not-in-room"
  | "not-yours"
  | "not-allowed"
  | "banned"
  | "not-invited"
  | "members-only"
  | "muted"
  | "slow-mode"
  | "topic-locked"
  | "blocked"
  | "blocking";

/** Why somebody may not do something; undefined when they may. */
export function denial(verb: Verb, standing: Standing): Denial | undefined {
  const { isHere, role = "none", target } = standing;
  const need = needs[verb];
  if (!isHere) return need === "nothing" ? undefined : "not-logged-in";
  if (need !== "nothing" && need !== "name" && need !== "presence") {
    const isAbove = target === undefined || isHigher(role, target);
    return isHigher(need, role) || !isAbove ? "not-allowed" : undefined;
  }
  return denialOutside(verb, standing) ?? denialInside(verb, standing);
}

/** Whether a role is above another one. */
export function isHigher(one: Role, other: Role): boolean {
  return roles.indexOf(one) > roles.indexOf(other);
}

function denialOutside(verb: Verb, standing: Standing): Denial | undefined {
  const { isInPlace, role = "none", isBanned, isUninvited, hasMembersHistory } = standing;
  if (isInPlace !== false) return undefined;
  const needsPresence = needs[verb] === "presence";
  if (role !== "none") return needsPresence && verb !== "delete" ? "not-in-room" : undefined;
  const reads = readsMessages.has(verb);
  if (isBanned && verb !== "leave" && (needsPresence || reads || verb === "join" || verb === "who")) return "banned";
  if (isUninvited && (reads || verb === "join" || verb === "who")) return "not-invited";
  if (hasMembersHistory && reads) return "members-only";
  return needsPresence ? "not-in-room" : undefined;
}

function denialInside(verb: Verb, standing: Standing): Denial | undefined {
  const { role = "none", isAuthor, isMuted, isTopicLocked, mustWait, isBlocked, isBlocking } = standing;
  if (speaks.has(verb)) {
    if (isMuted) return "muted";
    if (isBlocked) return "blocked";
    if (isBlocking) return "blocking";
  }
  if (role === "none" && verb === "topic" && isTopicLocked) return "topic-locked";
  if (role === "none" && verb === "post" && mustWait) return "slow-mode";
  // Moderators may take away what others said, but not put words into their mouths.
  const mayBeOthers = verb === "delete" && role !== "none";
  return isAuthor === false && (verb === "edit" || verb === "delete") && !mayBeOthers ? "not-yours" : undefined;
}
