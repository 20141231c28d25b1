/**
 * What the reader is told above the messages until they dismiss it: invitations, reports, and why they are no longer in a
 * room.
 */
import type { EventOf } from "../../../protocol/events.ts";

type Told<T extends "invited" | "reported" | "room-removed" | "member-left"> = Omit<EventOf<T>, "type"> & {
  key: string;
};

export type Announcement =
  | ({ kind: "invited" } & Told<"invited">)
  | ({ kind: "reported" } & Told<"reported">)
  | ({ kind: "room-removed" } & Told<"room-removed">)
  | ({ kind: "taken-out"; reason: "kicked" | "banned" } & Told<"member-left">);
