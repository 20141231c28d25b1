/**
 * Which unread messages are worth a notification, and what it says. Pure: when to look, and how a notification is
 * shown, is decided elsewhere.
 */
import type { Message } from "../../../protocol/events.ts";
import { isPrivate, type PageState, type RoomState, roomKey } from "../model/state.ts";
import { unreadMessages } from "../model/unread.ts";
import type { RoomNotices, Settings } from "../settings/settings.ts";

/** One message, or the number of messages in each room and the `msgid` of the newest. */
export type Notice =
  | { kind: "message"; message: Message }
  | { kind: "summary"; messages: number; rooms: readonly { room: string; messages: number }[]; newest: string };

/** The keys of the newest message of each room that has one. */
export type ToldUpTo = ReadonlySet<string>;

/** Everything that is here now counts as notified. */
export function toldNow({ rooms }: PageState): ToldUpTo {
  return new Set([...rooms.values()].flatMap(({ entries }) => entries.lastMessage?.key ?? []));
}

/** The person's choice for a room. Private conversations always notify. */
export function noticesOf({ rooms }: Settings, room: string): RoomNotices {
  return isPrivate(room) ? "all" : (rooms[roomKey(room)] ?? "mentions");
}

/** What to notify of the messages after `told`; undefined when there is nothing. */
export function noticeOf(state: PageState, told: ToldUpTo, settings: Settings): Notice | undefined {
  const rooms = [...state.rooms.values()]
    .map((room) => ({ room: room.name, found: worthTelling(room, told, settings) }))
    .filter(({ found }) => found.length > 0);
  const all = rooms.flatMap(({ found }) => found);
  const [message] = all;
  if (message === undefined) return undefined;
  if (all.length === 1) return { kind: "message", message };
  const counted = rooms.map(({ room, found }) => ({ room, messages: found.length }));
  const newest = all.reduce((one, other) => (other.time > one.time ? other : one)).msgid;
  return { kind: "summary", messages: all.length, rooms: counted, newest };
}

function worthTelling(room: RoomState, told: ToldUpTo, settings: Settings): Message[] {
  const wanted = noticesOf(settings, room.name);
  if (wanted === "none") return [];
  return [...unreadMessages(room, told)]
    .filter(({ meant }) => wanted === "all" || meant.own !== undefined)
    .map(({ message }) => message);
}

/**
 * Whether these are quiet hours. They may span midnight; equal times mean never.
 * @param nowMs the moment, read in the reader's time zone
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
