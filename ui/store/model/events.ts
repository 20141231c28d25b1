/** Applies the bridge's numbered events to the rooms: each event once, in the room it is about or in all of them. */
import type { NumberedEvent } from "../../../protocol/bridge-events.ts";
import type { EventOf, Message } from "../../../protocol/events.ts";
import { isAnotherLog } from "../../../protocol/log-name.ts";
import { lobby, nameKey, privateRoom } from "../../../protocol/names.ts";
import { announce, withoutAnnouncementsOf } from "./announcements.ts";
import { replaced, sealed } from "./former.ts";
import { presenceAfter, presentIn, withRegistered } from "./presence.ts";
import { renameConversation, renamePartner } from "./renamed.ts";
import { addRights, rightsOf, roleRenamed, rolesOf, withRole } from "./rights.ts";
import { addEventLine, withEachRoom, withoutRoom, withRoom } from "./rooms.ts";
import {
  currentRoom,
  isPrivate,
  membersMax,
  newRoom,
  type PageState,
  type RoomState,
  roomKey,
  roomOf,
} from "./state.ts";
import { addChange, addLine, addMessage, type MessageChange, withFormerName } from "./timeline.ts";
import { withoutTypist } from "./typing.ts";

/** Adds one event of the state's epoch. An event that was applied before changes nothing. */
export function addEvent(state: PageState, { n, event }: NumberedEvent): PageState {
  if (n <= state.lastN) return state;
  const key = `${state.epoch}/${n}`;
  // The bridge has dropped events, so the members of every room must be asked for again.
  const known = n === state.lastN + 1 ? state : withEachRoom(state, (room) => ({ ...room, entered: false }));
  const next = { ...known, lastN: n };
  switch (event.type) {
    case "joined":
      return addJoined(event.room === lobby ? presentIn(next, event.members) : next, key, event);
    case "message":
      return withoutTypist(addTold(next, event), event.room, event.from);
    case "edit":
    case "delete":
    case "react":
      return addToldChange(next, event);
    case "read":
      return markRead(next, event.room, event.seq);
    case "member-left":
      return isOwnLeaving(next, event) ? leaveRoom(next, key, event) : addMembership(next, key, event);
    case "member-joined":
      return addMembership(next, key, event);
    case "member-renamed": {
      const moved = event.same ? renamePartner(next, event.from, event.to) : next;
      return addMembership(event.to === next.name ? renamedBefore(moved, event) : moved, key, event);
    }
    case "conversation-renamed":
      return renameConversation(next, event.from, event.to);
    case "member-away":
      return presenceAfter(next, event);
    case "topic":
      return withRoom(next, roomKey(event.room), (room) =>
        addEventLine(next, { ...room, topic: event.topic }, key, event),
      );
    case "room-removed": {
      const left = withoutRoom(next, roomKey(event.room));
      return event.from === next.name ? left : announce(left, { kind: "room-removed", key, ...event });
    }
    case "invited":
      return next.rooms.has(roomKey(event.room)) ? next : announce(next, { kind: "invited", key, ...event });
    case "reported":
      return announce(next, { kind: "reported", key, ...event });
    case "member-registered":
      return withRegistered(next, event.name, true);
    case "room-settings":
    case "role":
    case "may":
      return addRights(next, key, event);
    case "notice":
      return withRoom(next, next.current, (room) => addEventLine(next, room, key, event));
  }
}

/** The server says how far the person has read a room, in any window. */
export function markRead(state: PageState, name: string, seq: number): PageState {
  const key = roomKey(name);
  if (!state.rooms.has(key)) return state;
  return withRoom(state, key, (room) =>
    seq <= room.markedSeq ? room : { ...room, markedSeq: seq, readSeq: Math.max(room.readSeq, seq) },
  );
}

/** Renames a member everywhere. Own renames may be told twice; the second time changes nothing. */
export function renameMember(state: PageState, from: string, to: string): PageState {
  return withEachRoom(state, (room) => renamedIn(room, from, to));
}

/**
 * The reader has a new name.
 * @param same they are the person that they were before; somebody else has other private conversations, with numbers of
 * their own
 */
export function renameReader(state: PageState, from: string, to: string, same: boolean): PageState {
  const renamed = renameMember(state, from, to);
  if (same || nameKey(from) === nameKey(to)) return renamed;
  return withEachRoom(renamed, (room) => (isPrivate(room.name) ? { ...sealed(room), entered: false } : room));
}

/** The same for a page that was loaded later and is told what happened before. Its read marks are current. */
function renamedBefore(state: PageState, { from, same }: EventOf<"member-renamed">): PageState {
  if (nameKey(from) === nameKey(state.name ?? "")) return state;
  return withEachRoom(state, (each) => {
    const room = withFormerName(each, from);
    const isOld = !same && isPrivate(room.name) && room.entries.lastMessage?.former === false;
    return isOld ? { ...sealed(room), readSeq: room.readSeq } : room;
  });
}

/** Whatever follows belongs to the log of this name. If that is another one than before, all messages become former. */
export function inLog(state: PageState, log: string | undefined, key: string): PageState {
  if (log === undefined || log === state.log) return state;
  return { ...(isAnotherLog(state.log, log) ? withEachRoom(state, (room) => replaced(room, key)) : state), log };
}

/**
 * Within one log, numbers go back only when an old copy of it has taken its place. Old servers have no numbers: the
 * bridge counts, and may have lost count.
 */
function inLogOf(state: PageState, key: string, { room, log, seq, upTo = seq }: EventOf<"joined">): PageState {
  const named = inLog(state, log, key);
  if (upTo >= roomOf(named, roomKey(room)).lastSeq) return named;
  const isNumbered = named.upstream?.kind === "salotto";
  return withEachRoom(named, (each) => (isNumbered ? replaced(each, key) : sealed(each)));
}

function addJoined(before: PageState, key: string, event: EventOf<"joined">): PageState {
  const state = withoutAnnouncementsOf(inLogOf(before, `${key} log`, event), event.room);
  return withRoom(state, roomKey(event.room), (room) => {
    const members = event.members.slice(0, membersMax).map((member) => member.name);
    const { read = 0, upTo = event.seq } = event;
    // In the room that is shown, what follows counts as read at once; the line where it begins is still shown.
    const isNew = room === currentRoom(state) && event.read !== undefined && read < upTo && room.entries.length === 0;
    const unreadAfter = isNew ? read : room.unreadAfter;
    // `seq` lies before what is known when something is told a second time.
    const lastSeq = Math.max(room.lastSeq, event.seq);
    const marks = { lastSeq, markedSeq: read, readSeq: Math.max(room.readSeq, read) };
    const entered = {
      ...room,
      ...marks,
      ...{ members, topic: event.topic ?? "", entered: true, away: false, unreadAfter },
      ...{ ...rightsOf(event), roles: rolesOf(event.members) },
    };
    if (!room.away) return entered;
    const isReplaced = room.entries.lastMessage?.former ?? false;
    const missed = state.upstream?.kind !== "salotto" || event.seq > room.lastSeq || isReplaced;
    return addLine(entered, { kind: "returned", key, missed });
  });
}

function addTold(state: PageState, message: Message): PageState {
  const key = roomKey(message.room);
  return withRoom(state, key, (known) => {
    const there = state.rooms.has(key) ? known : { ...newRoom(message.room), readSeq: message.seq - 1 };
    const room = toldUpTo(state, there, message.seq);
    return addMessage({ ...room, entered: room.entered || isPrivate(key) }, message, state);
  });
}

/** A conversation that the reader has closed stays closed, whatever happens to its messages. */
function addToldChange(state: PageState, { room, ...change }: MessageChange & { room: string }): PageState {
  const key = roomKey(room);
  if (!state.rooms.has(key)) return state;
  return withRoom(state, key, (known) => addChange(toldUpTo(state, known, change.seq), change, state));
}

/** Whatever arrives in the room that the reader is looking at counts as read. */
function toldUpTo(state: PageState, room: RoomState, seq: number): RoomState {
  const lastSeq = Math.max(room.lastSeq, seq);
  const isRead = roomKey(room.name) === state.current && state.attentive;
  return { ...room, lastSeq, readSeq: isRead ? Math.max(room.readSeq, lastSeq) : room.readSeq };
}

type MembershipEvent = EventOf<"member-joined" | "member-left" | "member-renamed">;

/** Quits and renames apply everywhere; the server tells them once, in the lobby. */
function addMembership(state: PageState, key: string, event: MembershipEvent): PageState {
  const known = presenceAfter(state, event);
  const everywhere = event.type === "member-renamed" || (event.type === "member-left" && event.room === lobby);
  if (!everywhere) return withRoom(known, roomKey(event.room), (room) => presenceIn(known, room, key, event));
  return withEachRoom(known, (room) => (isAbout(room, event) ? presenceIn(known, room, key, event) : room));
}

/** A conversation with somebody who has another name has that name, too, when they are the same person. */
function isAbout(room: RoomState, event: MembershipEvent): boolean {
  if (room.name === event.room) return true;
  if (event.type !== "member-renamed") return room.members.includes(event.name);
  return room.members.includes(event.from) || (event.same === true && room.name === privateRoom(event.to));
}

function presenceIn(state: PageState, room: RoomState, key: string, event: MembershipEvent): RoomState {
  if (event.type === "member-renamed") return addEventLine(state, renamedIn(room, event.from, event.to), key, event);
  const others = room.members.filter((name) => name !== event.name);
  const members = event.type === "member-left" ? others : [...others, event.name].slice(0, membersMax);
  const count = room.name === event.room ? event.count : members.length;
  const role = event.type === "member-left" ? undefined : event.role;
  return addEventLine(state, { ...withRole(room, event.name, role), members }, key, { ...event, count });
}

function renamedIn(room: RoomState, from: string, to: string): RoomState {
  if (!room.members.includes(from)) return room;
  const members = [...room.members.filter((name) => name !== from && name !== to), to];
  return { ...room, members, roles: roleRenamed(room.roles, from, to) };
}

/** Whoever was taken out sees why; whoever left knows it. */
function leaveRoom(state: PageState, key: string, event: EventOf<"member-left">): PageState {
  const left = withoutRoom(state, roomKey(event.room));
  const { reason } = event;
  if (reason !== "kicked" && reason !== "banned") return left;
  return announce(left, { kind: "taken-out", key, ...event, reason });
}

function isOwnLeaving(state: PageState, { room, name }: EventOf<"member-left">): boolean {
  return room !== lobby && name === state.name;
}
