/**
 * The part of a chat that a browser keeps, so that it can be read while the bridge is away, and how the page's state is
 * restored from it. A kept chat is an earlier state: once the bridge is back, the page continues from it as after a
 * lost connection. Pure functions.
 */
import { lobby, nameKey } from "../../../protocol/names.ts";
import { Entries } from "./entries.ts";
import type { TimelineEntry } from "./entry.ts";
import { isPrivate, newRoom, type PageState, type RoomState, roomKey } from "./state.ts";
import { changed, type MessageChange, withNewest } from "./timeline.ts";

/** The newest entries kept of one room. */
export const keptEntriesMax = 1_000;

/** Rooms kept of one chat. Beyond that, the private conversations that were quiet the longest are left out. */
export const keptRoomsMax = 100;

/** Whose chat it is, on which server. */
export interface ChatOwner {
  /** The chat server's address. */
  server: string;
  name: string;
}

export type KeptRoom = Omit<RoomState, "entries"> & { entries: readonly TimelineEntry[] };

export interface KeptChat extends ChatOwner, Pick<PageState, "epoch" | "lastN" | "log" | "upstream" | "current"> {
  /** The session that `epoch` and `lastN` belong to. */
  session: string;
  rooms: readonly KeptRoom[];
}

/** Undefined while nobody is in a chat that could be kept. */
export function ownerOf({ joinState, server, name }: PageState): ChatOwner | undefined {
  return joinState !== "in" || server === undefined || name === undefined ? undefined : { server, name };
}

export function isSameOwner(one: ChatOwner | undefined, other: ChatOwner | undefined): boolean {
  return one?.server === other?.server && nameKey(one?.name ?? "") === nameKey(other?.name ?? "");
}

/** The rooms to keep, by key, each with all its entries. */
export function roomsToKeep({ rooms }: PageState): Map<string, RoomState> {
  if (rooms.size <= keptRoomsMax) return new Map(rooms);
  const lastTime = ({ entries }: RoomState) => entries.lastMessage?.message.time ?? "";
  const byUse = [...rooms].toSorted(([oneKey, one], [otherKey, other]) => {
    const rank = Number(isPrivate(oneKey)) - Number(isPrivate(otherKey));
    return rank || lastTime(other).localeCompare(lastTime(one));
  });
  return new Map(byUse.slice(0, keptRoomsMax));
}

export function toKeep(room: RoomState): KeptRoom {
  const newest = withNewest(room, keptEntriesMax);
  return { ...newest, entries: [...newest.entries] };
}

/** A kept room after one of its messages was changed; the same room when it does not have that message. */
export function amended(room: KeptRoom, change: MessageChange): KeptRoom {
  const isIt = (entry: TimelineEntry) => entry.kind === "message" && entry.message.msgid === change.msgid;
  const at = room.entries.findIndex(isIt);
  const there = room.entries[at];
  if (there?.kind !== "message") return room;
  return { ...room, entries: room.entries.with(at, { ...there, message: changed(there.message, change) }) };
}

/**
 * The state in which the chat was kept. A window that was in the chat knows better which rooms it had and which one it
 * showed.
 * @param state the state of a page that has heard nothing from the bridge yet
 */
export function recall(state: PageState, chat: KeptChat): PageState {
  const { server, name, epoch, lastN, log, upstream } = chat;
  const kept = new Map(chat.rooms.map((room) => [roomKey(room.name), recalled(room)]));
  const wasHere = state.joinState === "in";
  const rooms = wasHere ? new Map([...state.rooms].map(([key, room]) => [key, asKept(room, kept.get(key))])) : kept;
  const current = wasHere ? state.current : chat.current;
  return {
    ...state,
    ...{ server, name, epoch, lastN, log, upstream, rooms },
    current: rooms.has(current) ? current : lobby,
    joinState: "in",
  };
}

/** The line above new messages belonged to that visit. */
function recalled(room: KeptRoom): RoomState {
  // An earlier release may have kept less of it.
  return { ...newRoom(room.name), ...room, entries: Entries.of(room.entries), unreadAfter: undefined };
}

/** A window may have read further than its kept copy says. */
function asKept(room: RoomState, kept: RoomState | undefined): RoomState {
  return kept ? { ...kept, readSeq: Math.max(kept.readSeq, room.readSeq) } : room;
}
