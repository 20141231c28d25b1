/** The order of rooms in lists, and which room is next to which. */
import { lobby } from "../../../protocol/names.ts";
import { isPrivate, type PageState, type RoomState, roomKey } from "../model/state.ts";
import { unreadOf } from "../model/unread.ts";

/** The lobby first, then rooms, then private conversations, each sorted for the reader's language. */
export function orderedRooms(rooms: Iterable<RoomState>, language: string): RoomState[] {
  const { compare } = new Intl.Collator(language, { sensitivity: "base" });
  const rank = ({ name }: RoomState) => (name === lobby ? 0 : isPrivate(name) ? 2 : 1);
  return [...rooms].toSorted((one, other) => rank(one) - rank(other) || compare(one.name, other.name));
}

/**
 * The room that many places further down; after the last comes the first.
 * @param unreadOnly skips rooms without unread messages
 */
export function neighbour(
  { rooms, current }: Pick<PageState, "rooms" | "current">,
  step: 1 | -1,
  unreadOnly: boolean,
  language: string,
): RoomState | undefined {
  const ordered = orderedRooms(rooms.values(), language);
  const at = ordered.findIndex((room) => roomKey(room.name) === current);
  const others = [...ordered.slice(at + 1), ...ordered.slice(0, Math.max(at, 0))];
  if (step === -1) others.reverse();
  return others.find((room) => !unreadOnly || unreadOf(room).messages > 0);
}
