/** What the page knows, as one immutable value. Nothing here says how it is shown, sent or stored. */
import type { ConnectionState, HeardUpTo, PostAnswer, UpstreamInfo } from "../../../protocol/bridge-events.ts";
import type { Absentee } from "../../../protocol/events.ts";
import type { RoomSettings } from "../../../protocol/moderation-events.ts";
import { lobby, nameKey } from "../../../protocol/names.ts";
import type { Announcement } from "./announcement.ts";
import { Entries } from "./entries.ts";
import type { Span } from "./seq-ranges.ts";

/** Entries kept in memory of one room, of which the document shows a few. The oldest are dropped first. */
export const entriesMax = 100_000;

/** Entries of all rooms together. Beyond that, the oldest entries of the longest room are dropped first. */
export const entriesOfAllMax = 200_000;

/**
 * Rooms and private conversations kept; further ones are ignored. A Salotto server does not let anybody join as many.
 */
export const roomsMax = 500;

/** People kept of one room; further ones are not listed. A server admits fewer. */
export const membersMax = 5_000;

/**
 * Own messages that are waiting for an answer or have failed. The next one is refused until some are sent or discarded.
 */
export const outboxMax = 100;

/** The first hop: this page to its bridge. */
export type BridgeHop = "connecting" | "open" | "lost";

/** The second hop: the bridge to the chat server. The next attempt is a moment of this page's clock. */
export type ServerHop =
  | Exclude<ConnectionState, { phase: "waiting" | "idle" }>
  /** `retryAtMs`: before that moment of this page's clock, whoever was refused is refused again. */
  | (Extract<ConnectionState, { phase: "idle" }> & { retryAtMs?: number })
  | (Omit<Extract<ConnectionState, { phase: "waiting" }>, "retryInMs"> & { retryAtMs: number });

/** `out`: at the join form; `entering`: a name was given but not accepted yet; `in`: in the chat, connected or not. */
export type JoinState = "out" | "entering" | "in";

/** `queued`: not sent yet; `sending`: no answer yet; `lost`: the answer never came. All three show as pending. */
export type Delivery =
  | { phase: "queued" | "sending" | "lost" }
  | { phase: "failed"; code: FailureCode; message: string };

export type FailureCode = Exclude<PostAnswer, { ok: true }>["code"];

/** An own message that has no place in the room yet. */
export interface OutgoingMessage {
  id: string;
  room: string;
  text: string;
  action: boolean;
  /** The msgid of the message it replies to. */
  reply?: string;
  /** When it was typed, by this page's clock, ISO 8601. */
  time: string;
  delivery: Delivery;
}

/** Somebody who is writing, until that moment of this page's clock unless renewed. */
export interface Typist {
  name: string;
  untilMs: number;
}

/** How a room is run, what the reader is there, and what they may do. */
export interface RoomRights {
  settings: RoomSettings;
  role: string | undefined;
  /** The names of commands; undefined where the server knows no rights. */
  may: readonly string[] | undefined;
  /** When the reader may speak again, if that is known; ISO 8601. */
  mutedUntil: string | undefined;
}

/** One room, or one private conversation. */
export interface RoomState extends RoomRights {
  /** As the server calls it: `dev`; `@bruno` for a private conversation. */
  name: string;
  /** The bridge has confirmed, since it last started, that the person is in the room. */
  entered: boolean;
  /** The connection was lost since the person last joined the room. */
  away: boolean;
  members: readonly string[];
  /** What some of them are there: `moderator`, `owner` or `admin`. */
  roles: ReadonlyMap<string, string>;
  /** Empty without a topic. */
  topic: string;
  entries: Entries;
  /** The numbers of the room's log that the page was told, including those of changes. */
  known: readonly Span[];
  /** The `seq` of the last entry that the bridge told. */
  lastSeq: number;
  /** The `seq` of the last entry that the reader has seen, in any window. */
  readSeq: number;
  /** The server's `readSeq`, as far as the page knows. */
  markedSeq: number;
  /** The value of `readSeq` when the reader returned to unread messages: the first unread one comes after it. */
  unreadAfter: number | undefined;
  /** The server has no messages before the first one here. */
  complete: boolean;
  /** The `seq`s after which messages are missing that the server no longer has either. */
  lostAfter: readonly number[];
}

export interface PageState {
  bridge: BridgeHop;
  /** The epoch of the last snapshot, and the number of its last event. */
  epoch: string | undefined;
  lastN: number;
  /** The chat server's address. */
  server: string | undefined;
  connection: ServerHop;
  /** Whoever uses the page has started the bridge. */
  mayInvite: boolean;
  /** The name of the server's log, if it has told one. */
  log: string | undefined;
  /** What the server was when it was last there. */
  upstream: UpstreamInfo | undefined;
  joinState: JoinState;
  /** The person has quit, but the bridge may not have heard it yet. */
  quitting: boolean;
  /** The person's last action was to quit. */
  goodbye: boolean;
  /** The person's name: while entering, the one asked for; afterwards, the one the server knows. */
  name: string | undefined;
  /** By key. The lobby is always among them. */
  rooms: ReadonlyMap<string, RoomState>;
  /** The key of the room that is shown. */
  current: string;
  /** The reader has this window in front of them. */
  attentive: boolean;
  /** Who is writing, by room key. */
  typing: ReadonlyMap<string, readonly Typist[]>;
  outbox: readonly OutgoingMessage[];
  /** What was written last in this window, wherever it is now. */
  lastWritten: Pick<OutgoingMessage, "id" | "room"> | undefined;
  /** The names of people who are here but not looking. */
  idle: ReadonlySet<string>;
  /** The names of people who are here and have proved that the name is theirs. */
  registered: ReadonlySet<string>;
  /** People who were here before and are gone, the latest first. */
  absentees: readonly Absentee[];
  announcements: readonly Announcement[];
  /** The keys of those that the reader has dismissed. */
  dismissed: readonly string[];
}

/** What a window remembers of its rooms across a reload. */
export interface KeptRooms {
  current: string;
  /** The name of the log that the numbers belong to. */
  log?: string | undefined;
  rooms: readonly Pick<RoomState, "name" | "readSeq">[];
}

/**
 * @param name the person's name in this window before it was reloaded
 * @param kept the window's rooms
 * @param dismissed the announcements dismissed in it
 */
export function initialState(
  name?: string,
  kept: KeptRooms = { current: lobby, rooms: [] },
  dismissed: readonly string[] = [],
): PageState {
  const rooms = new Map([[lobby, newRoom(lobby)]]);
  for (const { name, readSeq } of kept.rooms) rooms.set(roomKey(name), { ...newRoom(name), readSeq });
  return {
    bridge: "connecting",
    epoch: undefined,
    lastN: 0,
    server: undefined,
    connection: { phase: "idle" },
    mayInvite: false,
    log: kept.log,
    upstream: undefined,
    joinState: name === undefined ? "out" : "in",
    quitting: false,
    goodbye: false,
    name,
    rooms,
    current: rooms.has(kept.current) ? kept.current : lobby,
    attentive: true,
    typing: new Map(),
    outbox: [],
    lastWritten: undefined,
    idle: new Set(),
    registered: new Set(),
    absentees: [],
    announcements: [],
    dismissed,
  };
}

/** Nobody has to join the lobby: everyone is in it. */
export function newRoom(name: string): RoomState {
  return {
    name,
    entered: name === lobby,
    away: false,
    members: [],
    roles: new Map(),
    settings: {},
    role: undefined,
    may: undefined,
    mutedUntil: undefined,
    topic: "",
    entries: Entries.none,
    known: [],
    lastSeq: 0,
    readSeq: 0,
    markedSeq: 0,
    unreadAfter: undefined,
    complete: false,
    lostAfter: [],
  };
}

/** Rooms are the same when their keys are. */
export function roomKey(name: string): string {
  return isPrivate(name) ? nameKey(name) : name;
}

export function isPrivate(room: string): boolean {
  return room.startsWith("@");
}

/** The room with that key; an empty one when nothing is known of it. */
export function roomOf(state: Pick<PageState, "rooms">, key: string): RoomState {
  return state.rooms.get(key) ?? newRoom(key);
}

/** The room that is shown. */
export function currentRoom(state: PageState): RoomState {
  return roomOf(state, state.current);
}

/** Everyone in the chat: whoever is in any room is also in the lobby. */
export function everyone(state: Pick<PageState, "rooms">): readonly string[] {
  return roomOf(state, lobby).members;
}

/** True where there is more than the lobby. */
export function hasRooms(state: PageState): boolean {
  return state.upstream !== undefined && !state.upstream.lacks.includes("rooms");
}

/** True where messages can be searched, changed and marked as read. */
export function hasMemory({ upstream }: Pick<PageState, "upstream">): boolean {
  return upstream !== undefined && !upstream.lacks.includes("memory");
}

/** True where a name can be registered. */
export function hasAccounts({ upstream }: Pick<PageState, "upstream">): boolean {
  return upstream !== undefined && !upstream.lacks.includes("accounts");
}

/** True while a reloaded window does not know yet what is in its rooms. */
export function isLoading({ joinState, epoch, upstream }: PageState): boolean {
  return joinState === "in" && epoch === undefined && upstream === undefined;
}

/** True when a message can be sent now: both hops are connected. */
export function isOnline(state: PageState): boolean {
  return state.bridge === "open" && state.connection.phase === "online";
}

/** How much of a room the page has, for the bridge to continue after; nothing without a message of the present log. */
export function heardUpTo({ log }: Pick<PageState, "log">, { entries, lastSeq }: RoomState): HeardUpTo {
  if (entries.lastMessage?.former !== false) return {};
  return { after: lastSeq, ...(log === undefined ? {} : { log }) };
}
