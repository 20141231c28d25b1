/**
 * Which of the unread messages are worth a notification, and what it is about. Pure: when they are looked at, and how a
 * notification is shown, is decided elsewhere.
 */
import type { Message } from "../../../protocol/events.ts";
import { isPrivate, type PageState, type RoomState, roomKey } from "../model/state.ts";
import { unreadMessages } from "../model/unread.ts";
import type { RoomNotices, Settings } from "../settings/settings.ts";

/** One message, or how many there are in which rooms, and the `msgid` of the newest. */
export type Notice =
  | { kind: "message"; message: Message }
  | { kind: "summary"; messages: number; rooms: readonly { room: string; messages: number }[]; newest: string };

/** The key of the newest message of each room that has one, by the rooms' keys. */
export type ToldUpTo = ReadonlyMap<string, string>;

/** Everything that is there now counts as told. */
export function toldNow({ rooms }: PageState): ToldUpTo {
  return new Map(
    [...rooms].flatMap(([key, { entries }]) => (entries.lastMessage ? [[key, entries.lastMessage.key] as const] : [])),
  );
}

/** What a person is to be told of a room; of private conversations, everything. */
export function noticesOf({ rooms }: Settings, room: string): RoomNotices {
  return isPrivate(room) ? "all" : (rooms[roomKey(room)] ?? "mentions");
}

/** What there is to tell of the messages after `told`; undefined when there is nothing. */
export function noticeOf(state: PageState, told: ToldUpTo, settings: Settings): Notice | undefined {
  const rooms = [...state.rooms]
    .map(([key, room]) => ({ room: room.name, found: worthTelling(room, told.get(key), settings) }))
    .filter(({ found }) => found.length > 0);
  const all = rooms.flatMap(({ found }) => found);
  const [message] = all;
  if (message === undefined) return undefined;
  if (all.length === 1) return { kind: "message", message };
  const counted = rooms.map(({ room, found }) => ({ room, messages: found.length }));
  const newest = all.reduce((one, other) => (other.time > one.time ? other : one)).msgid;
  return { kind: "summary", messages: all.length, rooms: counted, newest };
}

function worthTelling(room: RoomState, told: string | undefined, settings: Settings): Message[] {
  const wanted = noticesOf(settings, room.name);
  if (wanted === "none") return [];
  return [...unreadMessages(room, told)]
    .filter(({ meant }) => wanted === "all" || meant.own !== undefined)
    .map(({ message }) => message);
}

/**
 * Whether it is quiet now. The hours may go over midnight; from a time to the same time is never.
 * @param nowMs the moment, of which the reader's own time of day counts
 */
export function isQuiet({ quiet, quietFrom, quietTo }: Settings, nowMs: number): boolean {
  if (!quiet) return false;
  const now = new Date(nowMs);
  const minute = now.getHours() * 60 + now.getMinutes();
  const [from, to] = [minuteOf(quietFrom), minuteOf(quietTo)];
  return from <= to ? from <= minute && minute < to : minute >= from || minute < to;
}

/** @param time `22:00` */
function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
