/** What the bridge tells of a room that a person is in, to a page that has heard nothing or not everything. */
import type { MemberInfo } from "./events.ts";
import type { RoomSettings } from "./moderation-events.ts";

/** A room that the person is in, as it is after all events. */
export interface RoomSnapshot {
  room: string;
  members: readonly MemberInfo[];
  /** Absent where the server has none. */
  topic?: string;
  /** The seq of the room's last entry. */
  seq: number;
  /** How far the person has read, where the server keeps that. */
  read?: number;
  /** How the room is run, what the person is there, and what they may do: absent where the server knows no rights. */
  settings?: RoomSettings;
  role?: string;
  may?: readonly string[];
  mutedUntil?: string;
}
