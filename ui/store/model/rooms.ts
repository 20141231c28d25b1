/** Changes to one room of the state, or to all of them, within their bounds. */
import { lobby } from "../../../protocol/names.ts";
import type { LineEvent } from "./entry.ts";
import { entriesOfAllMax, type PageState, type RoomState, roomOf, roomsMax } from "./state.ts";
import { addLine, withNewest } from "./timeline.ts";

export function withRoom(state: PageState, key: string, change: (room: RoomState) => RoomState): PageState {
  if (!state.rooms.has(key) && state.rooms.size >= roomsMax) return state;
  const before = roomOf(state, key);
  const after = change(before);
  if (after === before) return state;
  const rooms = new Map(state.rooms).set(key, after);
  return { ...state, rooms: after.entries.length > before.entries.length ? withinBound(rooms) : rooms };
}

/** Drops entries until the total over all rooms is within its bound. */
function withinBound(rooms: ReadonlyMap<string, RoomState>): ReadonlyMap<string, RoomState> {
  const all = [...rooms];
  if (all.reduce((sum, [, { entries }]) => sum + entries.length, 0) <= entriesOfAllMax) return rooms;
  const [key, longest] = all.reduce((one, other) => (other[1].entries.length > one[1].entries.length ? other : one));
  // A quarter at a time, so that this is not repeated with every new entry.
  return new Map(rooms).set(key, withNewest(longest, Math.floor(longest.entries.length * 0.75)));
}

export function withEachRoom(state: PageState, change: (room: RoomState) => RoomState): PageState {
  return { ...state, rooms: new Map([...state.rooms].map(([key, room]) => [key, change(room)])) };
}

/** Removes a room that the person has left and shows the lobby instead. */
export function withoutRoom(state: PageState, key: string): PageState {
  if (key === lobby || !state.rooms.has(key)) return state;
  const rooms = new Map(state.rooms);
  rooms.delete(key);
  return { ...state, rooms, current: state.current === key ? lobby : state.current };
}

/** Adds a line about an event. */
export function addEventLine(state: PageState, room: RoomState, key: string, event: LineEvent): RoomState {
  return addLine(room, { kind: "line", key, event, own: isOwn(state, event) });
}

function isOwn({ name }: PageState, event: LineEvent): boolean {
  switch (event.type) {
    case "member-renamed":
      return event.from === name || event.to === name;
    case "topic":
      return event.from === name;
    case "room-settings":
      return event.from === name;
    case "notice":
      return false;
    default:
      return event.name === name;
  }
}
