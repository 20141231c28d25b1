/**
 * What happened in the room, in order: takes the bridge's numbered events and the answers to own posts, each once.
 * It knows neither delivery (outbox.ts) nor connections.
 */
import type { NumberedEvent } from "../../protocol/bridge-events.ts";
import type { EventOf, Message } from "../../protocol/events.ts";
import { lobby } from "../../protocol/names.ts";
import { type ChatState, type Entry, entriesMax, type MessageEntry } from "./state.ts";

/** Adds one event of the state's epoch; one that is already there changes nothing. */
export function addEvent(state: ChatState, { n, event }: NumberedEvent): ChatState {
  if (n <= state.lastN) return state;
  const key = `${state.epoch}/${n}`;
  const complete = n === state.lastN + 1 ? state : withEntry(state, { kind: "dropped", key: `${key}/dropped` });
  const next = { ...complete, lastN: n };
  switch (event.type) {
    case "message":
      return addMessage(next, event);
    case "joined":
      return addJoined(next, key, event);
    case "topic":
      // The page looks at the lobby alone, and shows no topic there yet.
      return next;
    default:
      return withEntry(withMembers(next, event), { kind: "line", key, event, own: isOwn(next, event) });
  }
}

/**
 * Adds a message; an own one goes where its `seq` puts it, because its answer may come after later messages.
 * The bridge may tell an own message both ways, as the answer to its post and as an event: the second changes nothing
 * but what was not confirmed.
 */
export function addMessage(state: ChatState, message: Message, unconfirmed = false): ChatState {
  const own = message.id !== undefined || isOwnName(state, message.from);
  const known = state.entries.findIndex((entry) => entry.kind === "message" && isSame(entry.message, message));
  const entry: MessageEntry = {
    kind: "message",
    key: message.id ?? message.msgid,
    message,
    own,
    unconfirmed,
    life: state.life,
  };
  if (known !== -1) {
    const there = state.entries[known];
    if (there?.kind !== "message" || !there.unconfirmed) return state;
    return { ...state, entries: state.entries.with(known, { ...entry, life: there.life }) };
  }
  const lastSeq = message.room === lobby ? Math.max(state.lastSeq, message.seq) : state.lastSeq;
  if (!own) return { ...withEntry(state, entry), lastSeq };
  const lastBefore = state.entries.findLastIndex((other) => other.kind === "message" && !isAfter(other, entry));
  const firstAfter = state.entries.findIndex((other, index) => index > lastBefore && other.kind === "message");
  const at = firstAfter === -1 ? state.entries.length : firstAfter;
  return { ...state, lastSeq, entries: bounded(state.entries.toSpliced(at, 0, entry)) };
}

/** What was said under our name before this window was here, where a name is one person's. */
function isOwnName({ name, upstream }: ChatState, from: string): boolean {
  return upstream?.kind === "salotto" && from === name;
}

function isSame(one: Message, other: Message): boolean {
  return one.msgid === other.msgid || (one.id !== undefined && one.id === other.id);
}

/** `seq` decides where it can: within one room, joined once. Otherwise the server's clock does. */
function isAfter(one: MessageEntry, other: MessageEntry): boolean {
  if (one.life === other.life && one.message.room === other.message.room) return one.message.seq > other.message.seq;
  return one.message.time > other.message.time;
}

function addJoined(state: ChatState, key: string, event: EventOf<"joined">): ChatState {
  const missed = state.upstream?.kind !== "salotto" || event.seq !== state.lastSeq;
  const told = state.life === 0 ? state : withEntry(state, { kind: "returned", key, missed });
  return {
    ...told,
    members: event.members.map((member) => member.name),
    life: state.life + 1,
    lastSeq: event.seq,
  };
}

type LineEvent = Exclude<NumberedEvent["event"], { type: "message" | "joined" | "topic" }>;

function withMembers(state: ChatState, event: LineEvent): ChatState {
  switch (event.type) {
    case "member-joined":
      return state.members.includes(event.name) ? state : { ...state, members: [...state.members, event.name] };
    case "member-left":
      return { ...state, members: state.members.filter((name) => name !== event.name) };
    case "member-renamed":
      return renameMember(state, event.from, event.to);
    case "notice":
      return state;
  }
}

/** Gives a member another name. Told twice, as own renames may be, it changes nothing the second time. */
export function renameMember(state: ChatState, from: string, to: string): ChatState {
  if (!state.members.includes(from)) return state;
  const others = state.members.filter((name) => name !== from && name !== to);
  return { ...state, members: [...others, to] };
}

function isOwn(state: ChatState, event: LineEvent): boolean {
  if (event.type === "member-renamed") return event.from === state.name || event.to === state.name;
  return event.type !== "notice" && event.name === state.name;
}

function withEntry(state: ChatState, entry: Entry): ChatState {
  return { ...state, entries: bounded([...state.entries, entry]) };
}

function bounded(entries: readonly Entry[]): readonly Entry[] {
  return entries.length > entriesMax ? entries.slice(-entriesMax) : entries;
}
