/**
 * A private conversation under another name: everything that hangs on its name goes with it. Pure functions.
 */
import { privateRoom } from "../../../protocol/names.ts";
import { isPrivate, type PageState, type RoomState, roomKey } from "./state.ts";
import { isContradicting, together } from "./timeline.ts";

/** Somebody has another name and is the same person. Whoever had that name before is not known by it any more. */
export function renamePartner(state: PageState, from: string, to: string): PageState {
  return renamed(state, privateRoom(from), privateRoom(to), (room, other) =>
    other.entries.lastMessage ? room : together(room, other),
  );
}

/** The server calls a conversation otherwise than this page does. It may be here under both names. */
export function renameConversation(state: PageState, from: string, to: string): PageState {
  return renamed(state, from, to, (room, other) => (isContradicting(room, other) ? room : together(room, other)));
}

/** @param unite makes one of two, of which the second has the new name already */
function renamed(
  state: PageState,
  from: string,
  to: string,
  unite: (room: RoomState, other: RoomState) => RoomState,
): PageState {
  const [fromKey, toKey] = [roomKey(from), roomKey(to)];
  const { lastWritten } = state;
  const isOfIt = ({ room }: { room: string }) => roomKey(room) === fromKey;
  const next = {
    ...state,
    outbox: state.outbox.some(isOfIt)
      ? state.outbox.map((message) => (isOfIt(message) ? { ...message, room: to } : message))
      : state.outbox,
    lastWritten: lastWritten && isOfIt(lastWritten) ? { ...lastWritten, room: to } : lastWritten,
  };
  const room = state.rooms.get(fromKey);
  if (!room) return next;
  const other = fromKey === toKey ? undefined : state.rooms.get(toKey);
  const united = { ...(other ? unite(room, other) : room), name: to };
  // Where both are here, the one that has the name already keeps its place among the others.
  const place = other ? toKey : fromKey;
  const rooms = [...state.rooms].flatMap(([key, each]): [string, RoomState][] => {
    if (key === place) return [[toKey, united]];
    return key === fromKey ? [] : [[key, each]];
  });
  const typing = new Map([...state.typing].filter(([key]) => key !== fromKey));
  return { ...next, rooms: new Map(rooms), typing, current: state.current === fromKey ? toKey : state.current };
}

/** The private conversation in which a message stands. */
export function conversationOf({ rooms }: PageState, msgid: string): string | undefined {
  return [...rooms].find(([key, { entries }]) => isPrivate(key) && entries.messageOf(msgid))?.[0];
}
