/** Whom somebody with rights wants to act on, and in which room. */
import type { ChatState } from "./chat-state.ts";
import type { PlaceProblem } from "./outcomes.ts";
import type { Person } from "./people.ts";
import type { Verb } from "./rights.ts";
import type { Member, Room } from "./room.ts";

export interface PersonInRoom {
  room: Room;
  person: Person;
  /** Their connection, if they are here. */
  holder: Member | undefined;
}

/** Finds a person on whom a member may act, or says why not. Nobody acts on a higher or an equal. */
export function findTarget(
  state: ChatState,
  member: Member,
  verb: Verb,
  { room: roomName, name }: { room: string; name: string },
): PersonInRoom | PlaceProblem {
  const room = state.roomFor(member, verb, roomName);
  if (typeof room === "string") return room;
  const person = state.people.byName(name);
  if (!person) return "no-such-person";
  const holder = state.holderOf(person);
  const target = state.standings.roleOf(person, holder, room);
  const denied = state.roomFor(member, verb, roomName, { target });
  return typeof denied === "string" ? denied : { room, person, holder };
}
