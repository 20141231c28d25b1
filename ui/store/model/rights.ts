/** What the reader may do in each room, how it is run, and who has a role there. */
import type { PageCommand } from "../../../protocol/bridge-events.ts";
import type { EventOf, MemberInfo } from "../../../protocol/events.ts";
import type { moderationCommands } from "../../../protocol/moderation-commands.ts";
import type { RoomSnapshot } from "../../../protocol/room-snapshot.ts";
import { addEventLine, withRoom } from "./rooms.ts";
import { membersMax, type PageState, type RoomRights, type RoomState, roomKey } from "./state.ts";

/** Commands about rights, reports and blocks. What they change is told as events. */
export type RightsCommandType = keyof typeof moderationCommands;
export type RightsCommand<T extends RightsCommandType = RightsCommandType> = PageCommand & { type: T };

/** What everybody may do who is in a room, on a server that knows no rights. */
const alwaysAllowed: readonly string[] = ["post", "topic"];

/**
 * @param verb the name of a command; `delete` means the messages of others
 * @param nowMs the end of a mute is not told when it comes
 */
export function mayDo({ may, mutedUntil }: Pick<RoomState, "may" | "mutedUntil">, verb: string, nowMs = 0): boolean {
  const isMuteOver = mutedUntil !== undefined && Date.parse(mutedUntil) <= nowMs;
  if (isMuteOver && verb === "post") return true;
  return (may ?? alwaysAllowed).includes(verb);
}

/** Whether the server knows roles, reports and blocks. */
export function hasRights({ rooms }: Pick<PageState, "rooms">): boolean {
  return [...rooms.values()].some(({ may }) => may !== undefined);
}

const ranks = ["none", "moderator", "owner", "admin"];

/** Whether the reader has a higher role in the room than somebody else: nobody acts on a higher or an equal. */
export function isAbove({ role = "none", roles }: Pick<RoomState, "role" | "roles">, name: string): boolean {
  return ranks.indexOf(role) > ranks.indexOf(roles.get(name) ?? "none");
}

export function rightsOf({ settings = {}, role, may, mutedUntil }: ToldRights): RoomRights {
  return { settings, role, may, mutedUntil };
}

type ToldRights = { [K in "settings" | "role" | "may" | "mutedUntil"]?: RoomSnapshot[K] | undefined };

export function rolesOf(members: readonly MemberInfo[]): ReadonlyMap<string, string> {
  const known = members.slice(0, membersMax);
  return new Map(known.flatMap(({ name, role }) => (role === undefined ? [] : [[name, role] as const])));
}

/** @param role `none` or nothing takes away the one that there was */
export function withRole(room: RoomState, name: string, role = "none"): RoomState {
  if ((room.roles.get(name) ?? "none") === role) return room;
  const roles = new Map(room.roles);
  if (role === "none") roles.delete(name);
  else if (roles.size < membersMax) roles.set(name, role);
  return { ...room, roles };
}

export function roleRenamed(roles: ReadonlyMap<string, string>, from: string, to: string): ReadonlyMap<string, string> {
  const role = roles.get(from);
  if (role === undefined) return roles;
  return new Map([...roles].map(([name, each]) => [name === from ? to : name, each]));
}

/** Only what is about a room that the reader is in. */
export function addRights(state: PageState, key: string, event: EventOf<"room-settings" | "role" | "may">): PageState {
  const name = roomKey(event.room);
  if (!state.rooms.has(name)) return state;
  return withRoom(state, name, (room) => {
    switch (event.type) {
      case "may":
        return { ...room, ...rightsOf({ ...event, settings: room.settings }) };
      case "role":
        return addEventLine(state, withRole(room, event.name, event.role), key, event);
      case "room-settings":
        return addEventLine(state, { ...room, settings: event.settings }, key, event);
    }
  });
}
