/** The chat's answers to each verb: values with stable codes, which the dialects put into words. */

import type { InvitationInfo } from "../../protocol/account-commands.ts";
import type { Dropped } from "../../protocol/characters.ts";
import type {
  ConversationSummary,
  FoundMessage,
  HistoryEntry,
  MemberInfo,
  Message,
  Reaction,
} from "../../protocol/events.ts";
import type { ActInfo, ReportInfo, RoomSettings, RuleInfo } from "../../protocol/moderation-events.ts";
import type { NameProblem } from "../../protocol/names.ts";
import type { TextProblem, Typed } from "../../protocol/text.ts";
import type { ChangeProblem, ConversationProblem, Quotes } from "./ports.ts";
import type { Denial } from "./rights.ts";

/** What was removed from what somebody sent, if anything. */
interface WithDropped {
  dropped?: readonly Dropped[];
}

export type NameOutcome =
  /** `same`: with another name they are the person that they were before. */
  | ({ ok: true; name: string; same?: boolean } & WithDropped)
  | { ok: false; code: "name-invalid"; problem: NameProblem }
  /** `like`: somebody whose name only looks like it. */
  | { ok: false; code: "name-taken"; name: string; like?: { name: string; isHere: boolean } }
  /** It belongs to somebody who has not proved here that they are that person. */
  | { ok: false; code: "name-registered"; name: string }
  /** Its password was given by the administrator, and must be changed first. */
  | { ok: false; code: "password-expired" }
  /** Only people with an account are let in, and the name has none. */
  | { ok: false; code: "account-required" }
  | { ok: false; code: "too-many-new-names" }
  | Banned;

/** Somebody is kept out, perhaps for a while, for a reason that a moderator gave. */
export interface Banned {
  ok: false;
  code: "banned";
  until?: string | undefined;
  reason?: string | undefined;
}

/** Somebody has to wait before the next attempt. */
export interface TooManyAttempts {
  ok: false;
  code: "too-many-attempts";
  retryInMs: number;
}

/** Why an invitation does not let somebody in. */
export type InvitationProblem =
  | TooManyAttempts
  | { ok: false; code: "invitation-required" | "invitation-invalid" }
  | { ok: false; code: "tls-required" };

/** Why somebody is not let in at all: it is about the chat's own password, or an invitation. */
export type DoorProblem = InvitationProblem | { ok: false; code: "password-required" | "password-invalid" };

/** `token`: for a device that asked for one. */
export type LoginOutcome =
  | DoorProblem
  | Extract<NameOutcome, { ok: false }>
  | (Extract<NameOutcome, { ok: true }> & { token?: string });

/** Why nothing can be said in a place. */
export type PlaceProblem = "no-such-room" | "no-such-person" | Denial;

/** Why something was not said or not changed. */
export type MessageProblem = TextProblem | PlaceProblem | ChangeProblem | ConversationProblem | "not-stored";

export interface NewPost {
  /** A room's name, or `@name` for a person. */
  room: string;
  id: string;
  text: Typed;
  action: boolean;
  /** The msgid of the message that it replies to. */
  reply?: string | undefined;
}

/** A message as it was sent, cleaned, and where it was committed. */
export interface Posted extends WithDropped {
  msgid: string;
  seq: number;
  /** ISO 8601, UTC. */
  time: string;
  text: string;
  /** The message that it replies to. */
  quotes?: Quotes | undefined;
  /** The room, or `@name` with the other person's current name. */
  room: string;
  /** It went to one person. */
  isPrivate: boolean;
  /** That person is not here. */
  away?: boolean;
  /** As others are told it, with the sender's name for the place; absent for a repeated post. */
  echo?: Message;
}

export type PostOutcome =
  | { ok: true; posted: Posted }
  /** `retryInMs`: in a slow room, when they may say it. */
  | { ok: false; code: MessageProblem; retryInMs?: number };

export type ChangeRequest = { room: string; id: string; msgid: string } & (
  | { type: "edit"; text: Typed }
  | { type: "delete" }
  | { type: "react"; emoji: string; on: boolean }
);

export type ChangeOutcome = ({ ok: true } & WithDropped) | { ok: false; code: MessageProblem };

export type TypingOutcome = { ok: true } | { ok: false; code: PlaceProblem };

/** `like`: a room whose name only looks like it. */
export type JoinOutcome =
  | { ok: true; room: string }
  | { ok: false; code: "room-invalid"; like?: string }
  | { ok: false; code: "too-many-rooms" | "too-many-new-rooms" | "not-invited" }
  | Banned;

/** `invalid`: it is the lobby. */
export type LeaveOutcome =
  | { ok: true; room: string }
  | { ok: false; code: "not-in-room" }
  | { ok: false; code: "invalid" };

export type TopicOutcome =
  | ({ ok: true; room: string } & WithDropped)
  | { ok: false; code: PlaceProblem | "too-long" | "not-stored" };

export type WhoOutcome = { ok: true; room: string; members: readonly MemberInfo[] } | { ok: false; code: PlaceProblem };

/** What was found, oldest first. */
export interface HistoryFound {
  messages: readonly HistoryEntry[];
  /** The messages that these reply to. */
  quotes: Quotes;
  /** The index of the requested position: messages nearest to it are wanted most. */
  pivot: number;
  /** There are more: before these messages when the pivot is their end, otherwise after them. */
  more: boolean;
}

export type HistoryOutcome =
  | ({ ok: true; room: string } & HistoryFound)
  | { ok: false; code: PlaceProblem | "no-such-message" | "not-read" };

/** Everybody who reacted to a message. */
export type ReactionsOutcome =
  | { ok: true; room: string; msgid: string; reactions: readonly Reaction[] }
  | { ok: false; code: PlaceProblem | "no-such-message" | "not-read" };

/** `invalid`: `problem` is the part of the query that is wrong. */
export type SearchOutcome =
  | { ok: true; found: readonly FoundMessage[]; quotes: Quotes; more: boolean }
  | { ok: false; code: "invalid"; problem: string }
  | { ok: false; code: "not-read" };

export type ConversationsOutcome =
  | { ok: true; conversations: readonly ConversationSummary[] }
  | { ok: false; code: "not-read" };

export type ReadOutcome = { ok: true } | { ok: false; code: PlaceProblem | "not-stored" };

/** A field of the request is wrong: what about it. */
export interface WrongField {
  ok: false;
  code: "invalid";
  field: string;
  problem: string;
}

/** Why somebody with rights did not do something. */
export type RuleProblem =
  | PlaceProblem
  | "not-here"
  | "last-owner"
  | "no-such-rule"
  | "too-many-rules"
  | "too-many-new-rules"
  | "not-stored";

export type RuleOutcome = { ok: true } | { ok: false; code: RuleProblem } | WrongField;

export type BanOutcome = { ok: true; id: string } | Extract<RuleOutcome, { ok: false }>;

export type BansOutcome =
  | { ok: true; room: string; bans: readonly RuleInfo[]; mutes: readonly RuleInfo[] }
  | { ok: false; code: PlaceProblem };

export type SettingsOutcome =
  | { ok: true; room: string; settings: RoomSettings }
  | { ok: false; code: PlaceProblem | "not-stored" }
  | WrongField;

export type ReportOutcome =
  | { ok: true; id: string }
  | { ok: false; code: PlaceProblem | "no-such-message" | "too-many-reports" | "not-stored" | "not-read" };

export type ReportsOutcome =
  | { ok: true; reports: readonly ReportInfo[] }
  | { ok: false; code: PlaceProblem | "not-read" };

/** `name`: theirs, as they are called now. */
export type BlockOutcome = { ok: true; name: string } | { ok: false; code: RuleProblem };

export type AuditOutcome = { ok: true; acts: readonly ActInfo[] } | { ok: false; code: PlaceProblem };

export type InvitationsOutcome =
  | { ok: true; invitations: readonly InvitationInfo[] }
  | { ok: false; code: PlaceProblem };

/** `invitation`: the code, which is told only now. */
export type MakeInvitationOutcome =
  | { ok: true; id: string; invitation: string; uses: number; until: string }
  | { ok: false; code: PlaceProblem | "too-many-rules" | "too-many-new-rules" | "not-stored" };

export type DropInvitationOutcome = { ok: true } | { ok: false; code: PlaceProblem | "no-such-rule" | "not-stored" };
