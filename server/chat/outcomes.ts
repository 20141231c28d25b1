/** What the chat answers to each verb: values with stable codes, which the dialects put into words. */
import type { FoundMessage, Member as MemberView, PastMessage } from "../../protocol/events.ts";
import type { NameProblem } from "../../protocol/names.ts";
import type { TextProblem } from "../../protocol/text.ts";
import type { Position } from "./ports.ts";

export type NameOutcome =
  | { ok: true; name: string }
  | { ok: false; code: "name-invalid"; problem: NameProblem }
  | { ok: false; code: "name-taken"; name: string };

export interface PostRequest {
  /** A room's name, or `@name` for a person. */
  room: string;
  id: string;
  text: string;
  action: boolean;
}

/** A message as its sender sent it, cleaned, and where it was committed. */
export interface Posted extends Position {
  text: string;
  /** The name by which the other person in a private conversation goes; undefined in a room. */
  to?: string;
}

export type PostOutcome =
  | { ok: true; posted: Posted }
  | {
      ok: false;
      code: TextProblem | "no-such-room" | "not-in-room" | "no-such-person" | "too-many-conversations" | "not-stored";
    };

export type JoinOutcome = { ok: true; room: string } | { ok: false; code: "room-invalid" | "too-many-rooms" };

/** `invalid`: it is the lobby. */
export type LeaveOutcome =
  | { ok: true; room: string }
  | { ok: false; code: "not-in-room" }
  | { ok: false; code: "invalid" };

export type TopicOutcome = { ok: true; room: string } | { ok: false; code: "not-in-room" | "too-long" | "not-stored" };

export type WhoOutcome =
  | { ok: true; room: string; members: readonly MemberView[] }
  | { ok: false; code: "no-such-room" };

/** `invalid`: `problem` is the part of the query that cannot be. */
export type SearchOutcome =
  | { ok: true; found: readonly FoundMessage[]; more: boolean }
  | { ok: false; code: "invalid"; problem: string };

export type HistoryOutcome =
  | { ok: true; room: string; messages: readonly PastMessage[]; more: boolean }
  | { ok: false; code: "no-such-room" };
