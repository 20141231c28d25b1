/**
 * What the server tells a program in the json dialect, and what the bridge passes on to the page: one vocabulary for
 * all three programs. Fields are named after IRCv3, so that other dialects map onto it without loss.
 */
import * as v from "valibot";

/** Stable codes: programs decide by these, people read the message beside them. */
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
  "no-such-room",
  "not-in-room",
  "room-invalid",
  "too-many-rooms",
  "no-such-person",
  "empty",
  "too-long",
  "too-many-lines",
  "too-many-conversations",
  "not-stored",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Why a person left, as the others are told: `left` that room only, everything else the chat, all rooms at once. */
export const leaveReasons = ["quit", "left", "closed", "lost", "too-slow", "line-too-long", "closing"] as const;
export type LeaveReason = (typeof leaveReasons)[number];

/** Why the server ends a connection. */
export const byeCodes = ["quit", "closing", "too-slow", "line-too-long", "login-timeout", "server-full"] as const;
export type ByeCode = (typeof byeCodes)[number];

const label = v.optional(v.string());
const seq = v.pipe(v.number(), v.integer(), v.minValue(0));
/** ISO 8601 with milliseconds, UTC. */
const time = v.pipe(v.string(), v.isoTimestamp());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const member = v.object({ name: v.string() });
const members = v.pipe(v.array(member), v.readonly());

/** A message of the past. Its room is that of the answer or event which holds it. */
const pastMessage = v.object({
  msgid: v.string(),
  seq,
  time,
  from: v.string(),
  text: v.string(),
  action: v.optional(v.boolean()),
});
/** A message that was found, and where. */
const foundMessage = v.object({ ...pastMessage.entries, room: v.string() });
const pastMessages = v.pipe(v.array(pastMessage), v.readonly());

/** A room as it is listed; `count` is how many are in it, the topic is empty when it has none. */
const roomInfo = v.object({ room: v.string(), topic: v.string(), count });

const welcome = v.object({
  type: v.literal("welcome"),
  label,
  version: v.number(),
  server: v.string(),
  limits: v.object({ textBytesMax: v.number(), nameCharsMax: v.number(), lineBytesMax: v.number() }),
  features: v.array(v.string()),
});

/** The positive answer to a command; which of the optional fields it has depends on the command. */
const ok = v.object({
  type: v.literal("ok"),
  label,
  /** login, rename: the name as the server keeps it. */
  name: v.optional(v.string()),
  /** post: where the message stands. */
  msgid: v.optional(v.string()),
  seq: v.optional(seq),
  /** post, ping: the server's time. */
  time: v.optional(time),
  /** who: the room and everyone in it. */
  room: v.optional(v.string()),
  members: v.optional(members),
  /** rooms: every room, the lobby first. */
  rooms: v.optional(v.pipe(v.array(roomInfo), v.readonly())),
  /** history: the messages, oldest first, and whether there are more in the direction that was asked for. */
  messages: v.optional(pastMessages),
  more: v.optional(v.boolean()),
  /** search: the messages found, newest first; `more` says that there are older ones. */
  found: v.optional(v.pipe(v.array(foundMessage), v.readonly())),
});

const error = v.object({
  type: v.literal("error"),
  label,
  code: v.string(),
  /** The field of the command that is wrong, where it is one field. */
  field: v.optional(v.string()),
  message: v.string(),
});

/** You are in a room now: who is there, the seq of its last message, and the last few messages, oldest first. */
const joined = v.object({
  type: v.literal("joined"),
  room: v.string(),
  topic: v.optional(v.string()),
  members,
  seq,
  recent: v.optional(pastMessages),
});

const message = v.object({
  type: v.literal("message"),
  room: v.string(),
  msgid: v.string(),
  seq,
  time,
  from: v.string(),
  text: v.string(),
  /** True when the text says what the sender does (`/me waves`). */
  action: v.optional(v.boolean()),
  /** The id its sender gave it; present only towards the sender. */
  id: v.optional(v.string()),
});

const memberJoined = v.object({ type: v.literal("member-joined"), room: v.string(), name: v.string(), count, time });
const memberLeft = v.object({
  type: v.literal("member-left"),
  room: v.string(),
  name: v.string(),
  count,
  time,
  reason: v.string(),
});
const memberRenamed = v.object({
  type: v.literal("member-renamed"),
  room: v.string(),
  from: v.string(),
  to: v.string(),
  time,
});

/** Somebody, perhaps you, gave a room another topic. */
const topic = v.object({ type: v.literal("topic"), room: v.string(), topic: v.string(), from: v.string(), time });

/** A line for people that is none of the above. */
const notice = v.object({ type: v.literal("notice"), text: v.string(), time });

/** The last thing said on a connection that the server ends. */
const bye = v.object({ type: v.literal("bye"), code: v.string(), message: v.string() });

const serverEvent = v.variant("type", [
  welcome,
  ok,
  error,
  joined,
  message,
  memberJoined,
  memberLeft,
  memberRenamed,
  topic,
  notice,
  bye,
]);

export type ServerEvent = v.InferOutput<typeof serverEvent>;
export type EventOf<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;
export type Message = EventOf<"message">;
export type RoomInfo = v.InferOutput<typeof roomInfo>;
export type FoundMessage = v.InferOutput<typeof foundMessage>;
export type PastMessage = v.InferOutput<typeof pastMessage>;
export type Member = v.InferOutput<typeof member>;

/** An event before it is numbered or addressed: the parts of the vocabulary that tell what happens in a room. */
export type RoomEvent = EventOf<
  "joined" | "message" | "member-joined" | "member-left" | "member-renamed" | "topic" | "notice"
>;

/** Reads one line that a server sent; undefined when it is no event we know (a newer server may send more). */
export function parseEvent(line: string): ServerEvent | undefined {
  try {
    const result = v.safeParse(serverEvent, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
