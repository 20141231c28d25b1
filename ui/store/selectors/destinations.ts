/** Where a person can go by typing part of a name: rooms they are in, people, other rooms, a room to create. */
import { foldText } from "../../../protocol/fold.ts";
import { parseRoomName, privateRoom } from "../../../protocol/names.ts";
import { everyone, hasRooms, isPrivate, type PageState, roomKey } from "../model/state.ts";
import { type Unread, unreadOf } from "../model/unread.ts";
import { orderedRooms } from "./room-order.ts";

/** Places offered; another letter finds the rest. */
export const destinationsMax = 50;

/**
 * `open`: a room or conversation the person is in; `person`: somebody here; `join`: an existing room; `create`: a new
 * one.
 */
export interface Destination {
  kind: "open" | "person" | "join" | "create";
  /** As the server writes it: `dev`; `@bruno` for a private conversation. */
  room: string;
  unread: Unread;
}

const nothing: Unread = { messages: 0, mentions: 0 };

/**
 * @param typed parts of the name, in any order
 * @param listed the existing rooms, as far as the server has told
 */
export function destinationsFor(
  state: PageState,
  typed: string,
  listed: readonly string[],
  language: string,
): Destination[] {
  const words = foldText(typed)
    .split(/[\s#@]+/)
    .filter((word) => word !== "");
  const all = [
    ...openDestinations(state, language),
    ...peopleDestinations(state, language),
    ...listedDestinations(state, listed),
  ];
  const found = all
    .filter(({ room }) => words.every((word) => titleOf(room).includes(word)))
    .toSorted((one, other) => rank(one, words, state) - rank(other, words, state))
    .slice(0, destinationsMax);
  const name = hasRooms(state) ? parseRoomName(typed) : undefined;
  if (name === undefined || all.some(({ room }) => room === name)) return found;
  return [...found, { kind: "create", room: name, unread: nothing }];
}

function openDestinations(state: PageState, language: string): Destination[] {
  return orderedRooms(state.rooms.values(), language).map((room) => ({
    kind: "open",
    room: room.name,
    unread: unreadOf(room),
  }));
}

/** People without a conversation yet. */
function peopleDestinations(state: PageState, language: string): Destination[] {
  if (state.upstream?.lacks.includes("private") !== false) return [];
  const { compare } = new Intl.Collator(language, { sensitivity: "base" });
  return everyone(state)
    .filter((name) => name !== state.name && !state.rooms.has(roomKey(privateRoom(name))))
    .toSorted(compare)
    .map((name) => ({ kind: "person", room: privateRoom(name), unread: nothing }));
}

function listedDestinations({ rooms }: PageState, listed: readonly string[]): Destination[] {
  return listed.filter((room) => !rooms.has(room)).map((room) => ({ kind: "join", room, unread: nothing }));
}

/** Unread places come first, then those that begin with the typed text; the current place comes last. */
function rank({ room, unread }: Destination, words: readonly string[], { current }: PageState): number {
  if (unread.mentions > 0) return 0;
  if (unread.messages > 0) return 1;
  if (roomKey(room) === current && words.length === 0) return 4;
  return words.length > 0 && titleOf(room).startsWith(words[0] ?? "") ? 2 : 3;
}

function titleOf(room: string): string {
  return foldText(isPrivate(room) ? room.slice(1) : room);
}
