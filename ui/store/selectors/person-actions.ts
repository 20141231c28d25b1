/** What the reader may do about a person, in the room that they are looking at. */
import { lobby, privateRoom } from "../../../protocol/names.ts";
import { hasRights, isAbove, mayDo } from "../model/rights.ts";
import { isPrivate, type PageState, type RoomState } from "../model/state.ts";

export type PersonAction = "message" | "mute" | "unmute" | "kick" | "ban" | "moderator" | "owner" | "none" | "block";

/** What cannot be known before the server is asked, such as whether they are muted already, is left to whoever shows it. */
export function personActions(state: PageState, room: RoomState, name: string): PersonAction[] {
  if (name === state.name) return [];
  const isHere = room.members.includes(name);
  const withRole = (verb: string) => mayDo(room, verb) && isAbove(room, name);
  const offered: [PersonAction, boolean][] = [
    ["message", state.upstream?.lacks.includes("private") === false && room.name !== privateRoom(name)],
    ["mute", withRole("mute")],
    ["unmute", withRole("unmute")],
    ["kick", withRole("kick") && isHere],
    ["ban", withRole("ban")],
    ["moderator", withRole("role") && room.roles.get(name) !== "moderator"],
    ["owner", withRole("role") && room.name !== lobby],
    ["none", withRole("role") && room.roles.has(name)],
    ["block", hasRights(state)],
  ];
  return offered.flatMap(([action, isOffered]) => (isOffered ? [action] : []));
}

/** What is in the menu of a room, besides what everybody finds there. */
export type RoomTool = "room" | "rules" | "reports" | "audit";

export function roomTools(state: PageState, room: RoomState): RoomTool[] {
  if (isPrivate(room.name) || !hasRights(state)) return [];
  const offered: [RoomTool, boolean][] = [
    ["room", ["room-settings", "invite", "remove-room"].some((verb) => mayDo(room, verb))],
    ["rules", mayDo(room, "bans")],
    ["reports", mayDo(room, "reports")],
    ["audit", true],
  ];
  return offered.flatMap(([tool, isOffered]) => (isOffered ? [tool] : []));
}

/** How long a mute or a ban lasts, in ms; `forever` has no end. */
export const lastingMs = { ten: 600_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000, forever: undefined };
export type Lasting = keyof typeof lastingMs;
