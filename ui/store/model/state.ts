/**
 * What the page knows, as one immutable value. Nothing here says how it is shown, how it travels or where it is kept.
 */
import type { ConnectionState, PostAnswer, UpstreamInfo } from "../../../protocol/bridge-events.ts";
import type { Absentee } from "../../../protocol/events.ts";
import { lobby, nameKey } from "../../../protocol/names.ts";
import { Entries } from "./entries.ts";
import type { Span } from "./seq-ranges.ts";

/** Entries of one room kept in memory, of which the document has a few; the oldest are dropped first. */
export const entriesMax = 100_000;

/** Entries of all rooms together; of more, those are dropped first that are the oldest of the room that has most. */
export const entriesOfAllMax = 200_000;

/** Rooms and private conversations kept; what is told of one more is not. A Salotto server lets nobody into as many. */
export const roomsMax = 500;

/** People kept of one room; one more is not listed. More than a server lets in. */
export const membersMax = 5_000;

/** Own messages that wait for an answer or failed; one more is refused until some are sent or discarded. */
export const outboxMax = 100;

/** The first hop: this page to its bridge. */
export type BridgeHop = "connecting" | "open" | "lost";

/** The second hop: the bridge to the chat server, with the next attempt as a moment of this page's clock. */
export type ServerHop =
  | Exclude<ConnectionState, { phase: "waiting" }>
  | (Omit<Extract<ConnectionState, { phase: "waiting" }>, "retryInMs"> & { retryAtMs: number });

/** `out`: at the door; `entering`: a name was given and the door is not open yet; `in`: in the chat, connected or not. */
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
  /** The msgid of the message that it answers. */
  reply?: string;
  /** When it was typed, by this page's clock, ISO 8601. */
  time: string;
  delivery: Delivery;
}

/** Somebody who is writing, until that moment of this page's clock unless it is told again. */
export interface Typist {
  name: string;
  untilMs: number;
}

/** One room, or one private conversation. */
export interface RoomState {
  /** As the server calls it: `dev`; `@bruno` for a private conversation. */
  name: string;
  /** The bridge told, since it was started, that the person is in it. */
  entered: boolean;
  /** The connection was lost since the room was joined last. */
  away: boolean;
  members: readonly string[];
  /** Empty when there is none. */
  topic: string;
  entries: Entries;
  /** The numbers of its log that the page was told, changes to messages among them. */
  known: readonly Span[];
  /** The `seq` of the last thing that the bridge told of its messages. */
  lastSeq: number;
  /** The `seq` of the last of them that the reader has had before them, in any window. */
  readSeq: number;
  /** What the server has as `readSeq`, as far as the page knows. */
  markedSeq: number;
  /** What `readSeq` was when the reader came back to unread messages: the first unread one is the next. */
  unreadAfter: number | undefined;
  /** The server has no messages before the first one here. */
  complete: boolean;
  /** The `seq`s after which messages are missing that the server does not have either. */
  lostAfter: readonly number[];
}

export interface PageState {
  bridge: BridgeHop;
  /** The epoch of the last snapshot and the number of the last event of it. */
  epoch: string | undefined;
  lastN: number;
  /** The chat server's address. */
  server: string | undefined;
  connection: ServerHop;
  /** The name of the server's log, where it told one. */
  log: string | undefined;
  /** What the server was, the last time it was there. */
  upstream: UpstreamInfo | undefined;
  joinState: JoinState;
  /** The person said goodbye, and the bridge may not have heard it yet. */
  quitting: boolean;
  /** The last thing the person did was to leave. */
  goodbye: boolean;
  /** The person's name: as asked for while entering, as the server knows it from then on. */
  name: string | undefined;
  /** By their keys. The lobby is always among them. */
  rooms: ReadonlyMap<string, RoomState>;
  /** The key of the room that is shown. */
  current: string;
  /** The reader has the window before them. */
  attentive: boolean;
  /** Who is writing, by the keys of the rooms. */
  typing: ReadonlyMap<string, readonly Typist[]>;
  outbox: readonly OutgoingMessage[];
  /** What was written last in this window, wherever it is now. */
  lastWritten: Pick<OutgoingMessage, "id" | "room"> | undefined;
  /** The names of those who are here and do not look. */
  idle: ReadonlySet<string>;
  /** Who was here before and is not now, those who left last first. */
  absentees: readonly Absentee[];
}

/** What a window remembers of its rooms over a reload. */
export interface KeptRooms {
  current: string;
  /** The name of the server's log of which the numbers are. */
  log?: string | undefined;
  rooms: readonly Pick<RoomState, "name" | "readSeq">[];
}

/**
 * @param name the name under which this window was in the chat before it was reloaded
 * @param kept its rooms
 */
export function initialState(name?: string, kept: KeptRooms = { current: lobby, rooms: [] }): PageState {
  const rooms = new Map([[lobby, newRoom(lobby)]]);
  for (const { name, readSeq } of kept.rooms) rooms.set(roomKey(name), { ...newRoom(name), readSeq });
  return {
    bridge: "connecting",
    epoch: undefined,
    lastN: 0,
    server: undefined,
    connection: { phase: "idle" },
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
    absentees: [],
  };
}

/** Nobody is asked into the lobby: everyone is there. */
export function newRoom(name: string): RoomState {
  return {
    name,
    entered: name === lobby,
    away: false,
    members: [],
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

/** The room of that key; one of which nothing is known yet is empty. */
export function roomOf(state: Pick<PageState, "rooms">, key: string): RoomState {
  return state.rooms.get(key) ?? newRoom(key);
}

/** The room that is shown. */
export function currentRoom(state: PageState): RoomState {
  return roomOf(state, state.current);
}

/** Everyone in the chat: nobody is anywhere without being in the lobby. */
export function everyone(state: Pick<PageState, "rooms">): readonly string[] {
  return roomOf(state, lobby).members;
}

/** True where there is more than the lobby. */
export function hasRooms(state: PageState): boolean {
  return state.upstream !== undefined && !state.upstream.lacks.includes("rooms");
}

/** True where messages can be looked up, changed and marked as read. */
export function hasMemory({ upstream }: Pick<PageState, "upstream">): boolean {
  return upstream !== undefined && !upstream.lacks.includes("memory");
}

/** True while a window that was reloaded does not know yet what is in its rooms. */
export function isLoading({ joinState, epoch, upstream }: PageState): boolean {
  return joinState === "in" && epoch === undefined && upstream === undefined;
}

/** True when a message can leave now: both hops stand. */
export function isOnline(state: PageState): boolean {
  return state.bridge === "open" && state.connection.phase === "online";
}
