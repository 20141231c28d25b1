/**
 * Every change of the page's state, as pure functions from one state to the next. Nothing is started here: what follows
 * from a change (sending, rejoining) is up to the store.
 */
import type {
  ConnectionState,
  NumberedEvent,
  PostAnswer,
  Snapshot,
  UpstreamInfo,
} from "../../../protocol/bridge-events.ts";
import type { Absentee } from "../../../protocol/events.ts";
import { lobby } from "../../../protocol/names.ts";
import type { RoomSnapshot } from "../../../protocol/room-snapshot.ts";
import { dismiss } from "./announcements.ts";
import { addEvent, inLog, markRead, renameReader } from "./events.ts";
import { type KeptChat, recall } from "./kept-chat.ts";
import { answerPost, restore, settleLost, withDelivery, withoutOutgoing } from "./outbox.ts";
import { absentIn, presentIn, withRegistered } from "./presence.ts";
import { rightsOf, rolesOf } from "./rights.ts";
import { withEachRoom, withoutRoom, withRoom } from "./rooms.ts";
import {
  initialState,
  isPrivate,
  type JoinState,
  newRoom,
  type OutgoingMessage,
  type PageState,
  type RoomState,
  roomKey,
  type ServerHop,
} from "./state.ts";
import { addHistory, type LoadedHistory } from "./timeline.ts";
import { addTypist, withoutSilent } from "./typing.ts";
import { unreadOf } from "./unread.ts";

export type Action =
  /** `upstream`: what the server was when an earlier page last saw it. */
  | { type: "snapshot"; snapshot: Snapshot; upstream?: UpstreamInfo | undefined; nowMs: number }
  | { type: "connection"; connection: ConnectionState; nowMs: number }
  | { type: "event"; event: NumberedEvent }
  /** `same`: with another name, they are the person that they were before. */
  | { type: "name"; name: string; same: boolean }
  | { type: "bridge-lost" }
  /** `isTold`: the other session is told from its beginning; otherwise it begins now. */
  | { type: "another-session"; isTold: boolean }
  | { type: "recall"; chat: KeptChat }
  | { type: "enter"; name: string }
  | { type: "quit" }
  | { type: "quit-heard" }
  | { type: "post"; message: OutgoingMessage }
  | { type: "sending"; id: string }
  | { type: "answered"; sent: OutgoingMessage; answer: PostAnswer }
  | { type: "retry"; id: string }
  | { type: "discard"; id: string }
  | { type: "restore"; messages: readonly OutgoingMessage[] }
  | { type: "open-room"; room: string }
  | { type: "room-entered"; room: string; entered: boolean }
  | { type: "room-left"; room: string }
  /** The person's own name belongs to them from now on, or no longer does. */
  | { type: "registered"; name: string; isRegistered: boolean }
  | { type: "dismiss"; key: string }
  | { type: "absentees"; people: readonly Absentee[] }
  | { type: "conversation"; room: string; read: number; isUnread: boolean }
  | { type: "read"; room: string; seq: number }
  | { type: "attention"; attentive: boolean }
  | { type: "typing"; room: string; name: string; nowMs: number }
  | { type: "silence"; nowMs: number }
  | ({ type: "past"; room: string } & LoadedHistory);

export function reduce(state: PageState, action: Action): PageState {
  switch (action.type) {
    case "snapshot":
      return takeSnapshot(state, action);
    case "connection":
      return takeConnection(state, action.connection, action.nowMs);
    case "event":
      return takeEvent(state, action.event);
    case "name":
      return takeName(state, action);
    case "bridge-lost":
      return { ...state, bridge: "lost" };
    case "another-session":
      return {
        ...(action.isTold ? withEachRoom(state, ({ name }) => newRoom(name)) : state),
        ...{ bridge: "connecting", epoch: undefined, lastN: 0 },
        log: action.isTold ? undefined : state.log,
      };
    case "recall":
      return recall(state, action.chat);
    case "enter":
      return {
        ...state,
        joinState: "entering",
        goodbye: false,
        name: action.name,
        // A message that somebody else wrote must not be sent under this name.
        outbox: action.name === state.name ? state.outbox : [],
        connection: { phase: "connecting", attempt: 1 },
      };
    case "quit":
      return leave(state);
    case "quit-heard":
      return { ...state, quitting: false };
    case "post":
      return { ...state, outbox: [...state.outbox, action.message], lastWritten: action.message };
    case "sending":
      return withDelivery(state, action.id, { phase: "sending" });
    case "answered":
      return answerPost(state, action.sent, action.answer);
    case "retry":
      return withDelivery(state, action.id, { phase: "queued" });
    case "discard":
      return withoutOutgoing(state, action.id);
    case "restore":
      return restore(state, action.messages);
    case "open-room":
      return openRoom(state, action.room);
    case "room-entered":
      return withKnownRoom(state, action.room, (room) => ({ ...room, entered: action.entered }));
    case "room-left":
      return withoutRoom(state, roomKey(action.room));
    case "registered":
      return withRegistered(state, action.name, action.isRegistered);
    case "dismiss":
      return dismiss(state, action.key);
    case "absentees":
      return absentIn(state, action.people);
    case "conversation":
      return addConversation(state, action);
    case "read":
      return markRead(state, action.room, action.seq);
    case "attention":
      return attend(state, action.attentive);
    case "typing":
      return addTypist(state, action.room, action.name, action.nowMs);
    case "silence":
      return withoutSilent(state, action.nowMs);
    case "past":
      return withKnownRoom(state, action.room, (room) => addHistory(room, action, state));
  }
}

/** While the server was asked, the room may have been left, or the conversation renamed. */
function withKnownRoom(state: PageState, name: string, change: (room: RoomState) => RoomState): PageState {
  const key = roomKey(name);
  return state.rooms.has(key) ? withRoom(state, key, change) : state;
}

/**
 * A bridge that has forgotten the person, or never heard the name, is no reason to show the join form: the store joins
 * again.
 */
function takeSnapshot(state: PageState, { snapshot, upstream, nowMs }: Action & { type: "snapshot" }): PageState {
  const { epoch, server, connection, name, mayInvite = false } = snapshot;
  const here = state.server === undefined || state.server === server ? state : movedFrom(state);
  const sameEpoch = epoch === here.epoch;
  const begun = inLog(here, snapshot.log, `${epoch}/${snapshot.events[0]?.n} log`);
  const known: PageState = {
    ...(sameEpoch ? begun : withEachRoom(begun, forgotten)),
    bridge: "open",
    mayInvite,
    server,
    epoch,
    lastN: sameEpoch ? here.lastN : 0,
    name: state.quitting ? state.name : (name ?? state.name),
    upstream: connection.phase === "online" ? connection.upstream : (here.upstream ?? upstream),
  };
  if (state.quitting) return known;
  const told = (snapshot.rooms ?? []).reduce(
    takeRoom,
    withoutLeft(snapshot.events.reduce(takeEvent, known), known, snapshot),
  );
  return isForgotten(state, snapshot)
    ? { ...told, connection: { phase: "connecting", attempt: 1 } }
    : takeConnection(told, connection, nowMs);
}

/**
 * Removes rooms that the bridge used to report and no longer does: the event of leaving may have been dropped, or carry
 * the person's earlier name. Rooms that the page is about to rejoin stay.
 */
function withoutLeft(told: PageState, known: PageState, { rooms }: Snapshot): PageState {
  if (!rooms) return told;
  const isIn = new Set(rooms.map(({ room }) => roomKey(room)));
  const left = [...told.rooms].filter(([key, { entered }]) => {
    const wasTold = entered || known.rooms.get(key)?.entered === true;
    return wasTold && !isPrivate(key) && !isIn.has(key);
  });
  return left.reduce((state, [key]) => withoutRoom(state, key), told);
}

/** Takes members and read mark from the snapshot, which is newer than any event still in the buffer. */
function takeRoom(state: PageState, told: RoomSnapshot): PageState {
  const { room, members, topic, read = 0 } = told;
  const names = members.map(({ name }) => name);
  const present = room === lobby ? presentIn(state, members) : state;
  const marked = markRead(present, room, read);
  return withRoom(marked, roomKey(room), (known) => ({
    ...{ ...known, members: names, topic: topic ?? known.topic },
    ...{ ...rightsOf(told), roles: rolesOf(members) },
  }));
}

function isForgotten(state: PageState, { epoch, connection }: Snapshot): boolean {
  if (connection.phase !== "idle" || connection.refusal || connection.ended) return false;
  return state.joinState === "entering" || (state.joinState === "in" && epoch !== state.epoch);
}

function takeConnection(state: PageState, connection: ConnectionState, nowMs: number): PageState {
  if (state.quitting) return state;
  // The person was not sent away but has left in another window.
  const hasLeft =
    connection.phase === "idle" && !connection.refusal && connection.ended === undefined && state.joinState === "in";
  if (hasLeft) return { ...leave(state), quitting: false };
  const next: PageState = {
    ...state,
    connection: onThisClock(connection, nowMs),
    joinState: joinStateAfter(state.joinState, connection),
  };
  return connection.phase === "online"
    ? settleLost({ ...next, upstream: connection.upstream, goodbye: false })
    : away(next);
}

/** The connection is lost: when the rooms are told again, something may be missing in between. */
function away(state: PageState): PageState {
  return withEachRoom(state, awayFrom);
}

function awayFrom(room: RoomState): RoomState {
  return { ...room, away: room.entries.length > 0 };
}

/** The bridge was restarted for another chat server. Messages and drafts of the old one do not belong here. */
function movedFrom(state: PageState): PageState {
  const rooms = withEachRoom(state, ({ name }) => newRoom(name));
  const nothing = { epoch: undefined, log: undefined, upstream: undefined };
  return { ...rooms, ...nothing, outbox: [], absentees: [], idle: new Set(), registered: new Set() };
}

/** A restarted bridge knows only the lobby, where everyone is. */
function forgotten(room: RoomState): RoomState {
  return { ...awayFrom(room), entered: room.name === lobby };
}

/** Shows a room and marks where its unread messages begin. */
function openRoom(state: PageState, name: string): PageState {
  const key = roomKey(name);
  const left = withRoom(state, state.current, (room) =>
    room.unreadAfter === undefined ? room : { ...room, unreadAfter: undefined },
  );
  const rooms = left.rooms.has(key) ? left.rooms : new Map(left.rooms).set(key, newRoom(name));
  return seen({ ...left, current: key, rooms });
}

/** Somebody who returns to the window sees where the new messages of the current room begin. */
function attend(state: PageState, attentive: boolean): PageState {
  return attentive === state.attentive ? state : seen({ ...state, attentive });
}

/** The current room counts as read while somebody is looking at it; the line above its new messages stays. */
function seen(state: PageState): PageState {
  if (!state.attentive) return state;
  return withRoom(state, state.current, (room) => {
    const isNew = unreadOf(room).messages > 0;
    const readSeq = Math.max(room.readSeq, room.lastSeq);
    return { ...room, readSeq, unreadAfter: isNew ? room.readSeq : room.unreadAfter };
  });
}

/** Adds a conversation that the server knows more about than this window. Its unread messages will follow. */
function addConversation(
  state: PageState,
  { room: name, read, isUnread }: Action & { type: "conversation" },
): PageState {
  const marks = { readSeq: read, markedSeq: read, lastSeq: isUnread ? read : 0 };
  return withRoom(state, roomKey(name), () => ({ ...newRoom(name), ...marks, entered: true }));
}

function joinStateAfter(joinState: JoinState, connection: ConnectionState): JoinState {
  if (connection.phase === "online") return "in";
  if (connection.phase === "idle") return "out";
  return joinState === "out" ? "entering" : joinState;
}

function onThisClock(connection: ConnectionState, nowMs: number): ServerHop {
  if (connection.phase === "idle") {
    const { retryInMs } = connection.refusal ?? {};
    return retryInMs === undefined ? connection : { ...connection, retryAtMs: nowMs + retryInMs };
  }
  if (connection.phase !== "waiting") return connection;
  const { retryInMs, ...rest } = connection;
  return { ...rest, retryAtMs: nowMs + retryInMs };
}

function takeEvent(state: PageState, event: NumberedEvent): PageState {
  if (state.quitting) return { ...state, lastN: event.n };
  const next = addEvent(state, event);
  return event.event.type === "message" && event.event.id ? withoutOutgoing(next, event.event.id) : next;
}

function takeName(state: PageState, { name, same }: Action & { type: "name" }): PageState {
  if (state.quitting) return state;
  const before = state.name ?? name;
  const renamed = before === name ? state : renameReader(state, before, name, same);
  return { ...renamed, name };
}

/** What was said stays with those who are in the chat: whoever leaves starts afresh. */
function leave(state: PageState): PageState {
  const { bridge, epoch, lastN, server, name } = state;
  return {
    ...initialState(),
    ...{ bridge, epoch, lastN, server, name },
    quitting: true,
    goodbye: state.joinState === "in",
  };
}
