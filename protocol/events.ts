/**
 * What the server tells a program in the json dialect, and what the bridge passes on to the page: one vocabulary for
 * all three programs. Fields are named after IRCv3, so that other dialects can be mapped to it without loss.
 */
import * as v from "valibot";
import {
  type foundMessage,
  historyDelete,
  historyEdit,
  type historyEntry,
  historyMessage,
  historyReact,
  type reaction,
} from "./entries.ts";
import { eventLimits } from "./limits.ts";
import {
  invited,
  may,
  mayChanged,
  reported,
  roleChanged,
  roomRemoved,
  roomSettings,
  roomSettingsChanged,
} from "./moderation-events.ts";
import { count, list, seq, text, time, word } from "./values.ts";

/** Stable codes: programs act on these, people read the message beside them. */
export const errorCodes = [
  "not-json",
  "not-utf8",
  "unknown-command",
  "invalid",
  "version",
  "not-logged-in",
  "logged-in",
  "name-invalid",
  "name-taken",
  "name-registered",
  "wrong-password",
  "too-many-attempts",
  "password-required",
  "password-invalid",
  "password-expired",
  "account-required",
  "invitation-required",
  "invitation-invalid",
  "not-registered",
  "registered",
  "too-many-accounts",
  "token-invalid",
  "tls-required",
  "no-such-room",
  "not-in-room",
  "room-invalid",
  "too-many-rooms",
  "too-many-new-names",
  "too-many-new-rooms",
  "too-many-new-conversations",
  "no-such-person",
  "no-such-message",
  "not-yours",
  "too-many-reactions",
  "empty",
  "too-long",
  "too-many-lines",
  "too-many-conversations",
  "not-stored",
  "not-read",
  "not-allowed",
  "banned",
  "muted",
  "slow-mode",
  "topic-locked",
  "not-invited",
  "members-only",
  "blocked",
  "blocking",
  "not-here",
  "last-owner",
  "no-such-rule",
  "too-many-rules",
  "too-many-new-rules",
  "too-many-reports",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * Why a person left, as others are told: `left` applies to that room only, everything else to the chat and all rooms at
 * once.
 */
export const leaveReasons = [
  "quit",
  "left",
  "closed",
  "lost",
  "too-slow",
  "line-too-long",
  "closing",
  "kicked",
  "banned",
] as const;
export type LeaveReason = (typeof leaveReasons)[number];

/** Why the server ends a connection. */
export const byeCodes = [
  "quit",
  "closing",
  "too-slow",
  "line-too-long",
  "login-timeout",
  "server-full",
  "replaced",
  "signed-out",
  "too-many-connections",
  "too-many-unnamed",
  "connecting-too-fast",
  "kicked",
  "banned",
] as const;
export type ByeCode = (typeof byeCodes)[number];

const { membersMax, roomsMax, entriesMax, featuresMax } = eventLimits;
const label = v.optional(word);
/**
 * `away`: here, but not looking. `registered`: they have proved that the name is theirs. `role`: what they are in the
 * room, if they may do more than others.
 */
const member = v.object({
  name: word,
  away: v.optional(v.boolean()),
  registered: v.optional(v.boolean()),
  role: v.optional(word),
});
export const members = list(member, membersMax);

/**
 * A private conversation: its room is `@name` of the other person, `seq` belongs to its last entry, `read` is how far
 * the reader has read.
 */
const conversation = v.object({ room: word, seq, read: seq });
export const conversations = list(conversation, entriesMax);

/** Somebody who was here before and is gone; `seen` is when they were last here. */
const absentee = v.object({ name: word, seen: time });
export const absentees = list(absentee, entriesMax);

/**
 * A room in the list; `count` is how many people are in it, and the topic may be empty. One can enter an `invitedOnly`
 * room only when invited, and its topic is told only inside.
 */
const roomInfo = v.object({ room: word, topic: text, count, invitedOnly: v.optional(v.boolean()) });
export const roomInfos = list(roomInfo, roomsMax);

export const welcome = v.object({
  type: v.literal("welcome"),
  label,
  version: v.number(),
  server: text,
  /** The name of the log in which messages are kept, a UUID; absent from servers of earlier releases. */
  log: v.optional(word),
  limits: v.object({ textBytesMax: v.number(), nameCharsMax: v.number(), lineBytesMax: v.number() }),
  features: v.pipe(v.array(word), v.maxLength(featuresMax)),
  /** What is asked at the door, in this order: `password` (the chat's own), `invitation`, `account`; absent for nothing. */
  door: v.optional(list(word, featuresMax)),
});

/** The positive answer to a command. Its other fields depend on the command, and are declared in commands.ts. */
const ok = v.looseObject({ type: v.literal("ok"), label });

const error = v.object({
  type: v.literal("error"),
  label,
  code: word,
  /** The field of the command that is wrong, if it is a single one. */
  field: v.optional(word),
  /** Milliseconds after which it may be tried again. */
  retryInMs: v.optional(v.number()),
  /** Until when somebody is kept out, and why, as whoever did it put it. */
  until: v.optional(time),
  reason: v.optional(text),
  message: text,
});

/**
 * You are in a room now: who is there, the seq of its last entry, how far you have read, and the last few messages,
 * oldest first.
 */
const joined = v.object({
  type: v.literal("joined"),
  room: word,
  /** The name of the log that `seq` and all other numbers belong to, as in `welcome`. */
  log: v.optional(word),
  topic: v.optional(text),
  members,
  seq,
  /** The bridge tells earlier messages as events that follow: `seq` is where they begin, this is the last of them. */
  upTo: v.optional(seq),
  read: v.optional(seq),
  recent: v.optional(list(historyMessage, entriesMax)),
  /** How the room is run, what the reader is there, and what they may do. */
  settings: v.optional(roomSettings),
  role: v.optional(word),
  may: v.optional(may),
  mutedUntil: v.optional(time),
});

const message = v.object({
  ...historyMessage.entries,
  type: v.literal("message"),
  room: word,
  /** Only to a sender who asked for an echo: their id for the message, and the label of their command. */
  id: v.optional(word),
  label,
  /** Only from the bridge, to the sender: sent to an old server that has not echoed it. */
  unconfirmed: v.optional(v.boolean()),
});
const edit = v.object({ ...historyEdit.entries, room: word });
const remove = v.object({ ...historyDelete.entries, room: word });
const react = v.object({ ...historyReact.entries, room: word });

/** How far you have read a room, in any window. */
const read = v.object({ type: v.literal("read"), room: word, seq });

/** Somebody is writing at this moment; repeated while they continue, and never kept. */
const typing = v.object({ type: v.literal("typing"), room: word, from: word });

const memberJoined = v.object({
  type: v.literal("member-joined"),
  room: word,
  name: word,
  registered: v.optional(v.boolean()),
  role: v.optional(word),
  count,
  time,
});
const memberLeft = v.object({
  type: v.literal("member-left"),
  room: word,
  name: word,
  count,
  time,
  reason: word,
  /** Who made them leave, and why, as they put it. */
  by: v.optional(word),
  why: v.optional(text),
});
const memberRenamed = v.object({
  type: v.literal("member-renamed"),
  room: word,
  from: word,
  to: word,
  /** It is the same person as before, not somebody else whose name they took; absent where the server does not know. */
  same: v.optional(v.boolean()),
  registered: v.optional(v.boolean()),
  time,
});

/** Somebody, perhaps you, has registered the name that they have here. */
const memberRegistered = v.object({ type: v.literal("member-registered"), room: word, name: word, time });

/** Somebody, perhaps you, is away or looking again. */
const memberAway = v.object({
  type: v.literal("member-away"),
  room: word,
  name: word,
  away: v.boolean(),
  time,
});

/** Somebody, perhaps you, changed a room's topic. */
const topic = v.object({ type: v.literal("topic"), room: word, topic: text, from: word, time });

/**
 * A line for people, for anything that is not covered above. `name-protected`: the reader's name looks like `name`, which
 * belongs to somebody now; in so many seconds they get another.
 */
const notice = v.object({
  type: v.literal("notice"),
  code: v.optional(word),
  name: v.optional(word),
  seconds: v.optional(v.number()),
  text,
  time,
});

/** The last line on a connection that the server closes. */
const bye = v.object({ type: v.literal("bye"), code: word, message: text });

const serverEvent = v.variant("type", [
  welcome,
  ok,
  error,
  joined,
  message,
  edit,
  remove,
  react,
  read,
  typing,
  memberJoined,
  memberLeft,
  memberRenamed,
  memberRegistered,
  memberAway,
  topic,
  roomSettingsChanged,
  roleChanged,
  mayChanged,
  roomRemoved,
  invited,
  reported,
  notice,
  bye,
]);

export type ServerEvent = v.InferOutput<typeof serverEvent>;
export type EventOf<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;
export type Message = EventOf<"message">;
export type RoomInfo = v.InferOutput<typeof roomInfo>;
export type FoundMessage = v.InferOutput<typeof foundMessage>;
export type HistoryMessage = v.InferOutput<typeof historyMessage>;
/** Something that happened in a conversation, as history tells it: a message, or a change to one. */
export type HistoryEntry = v.InferOutput<typeof historyEntry>;
/** The same as told live. */
export type EntryEvent = EventOf<HistoryEntry["type"]>;
export type Reaction = v.InferOutput<typeof reaction>;
export type ConversationSummary = v.InferOutput<typeof conversation>;
export type Absentee = v.InferOutput<typeof absentee>;
export type MemberInfo = v.InferOutput<typeof member>;

/** Events about what happens in a room, before they are numbered or addressed. */
export type RoomEvent = EventOf<
  | "joined"
  | HistoryEntry["type"]
  | "read"
  | "typing"
  | "member-joined"
  | "member-left"
  | "member-renamed"
  | "member-registered"
  | "member-away"
  | "topic"
  | "room-settings"
  | "role"
  | "may"
  | "room-removed"
  | "invited"
  | "reported"
  | "notice"
>;

/** Reads one line that a server sent; undefined when it is an unknown event (a newer server may send more). */
export function parseEvent(line: string): ServerEvent | undefined {
  try {
    const result = v.safeParse(serverEvent, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
