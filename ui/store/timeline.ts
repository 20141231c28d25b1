/**
 * What was said in one room, in order: takes messages from wherever they come, each once, and puts each where its `seq`
 * says. It knows neither delivery (outbox.ts) nor events (events.ts).
 */
import type { Message, PastMessage } from "../../protocol/events.ts";
import { type ChatState, type Entry, entriesMax, type LineEntry, type MessageEntry, type RoomState } from "./state.ts";

/** Who reads, and on what kind of server: decides which messages are the reader's own. */
export type Reader = Pick<ChatState, "name" | "upstream">;

export interface Told {
  message: Message;
  /** Written to an old server that has not echoed it. */
  unconfirmed?: boolean;
}

/**
 * Adds a message. The bridge may tell an own one both ways, as the answer to its post and as an event: the second changes
 * nothing but what was not confirmed.
 */
export function addMessage(room: RoomState, { message, unconfirmed = false }: Told, reader: Reader): RoomState {
  const own = message.id !== undefined || isOwnName(reader, message.from);
  const key = message.id ?? message.msgid;
  const entry: MessageEntry = { kind: "message", key, message, own, unconfirmed, life: room.life };
  const known = room.entries.findLastIndex((other) => other.kind === "message" && isSame(other.message, message));
  if (known === -1) return withEntries(room, inserted(room.entries, entry));
  const there = room.entries[known];
  if (there?.kind !== "message" || !there.unconfirmed) return room;
  return { ...room, entries: room.entries.with(known, { ...entry, life: there.life }) };
}

/** What was asked of the server's history, by `seq`. */
export type Asked = { before: number } | { after: number };

/** Adds messages of the past, and remembers where the server has no more of them. */
export function addPast(
  room: RoomState,
  { asked, messages, more }: { asked: Asked; messages: readonly PastMessage[]; more: boolean },
  reader: Reader,
): RoomState {
  const filled = messages.reduce(
    (next, past) => addMessage(next, { message: { type: "message", room: room.name, ...past } }, reader),
    room,
  );
  if ("before" in asked) return { ...filled, complete: !more };
  const isFilled = messages[0]?.seq === asked.after + 1;
  return isFilled ? filled : { ...filled, lostAfter: [...room.lostAfter, asked.after] };
}

export function addLine(room: RoomState, entry: LineEntry): RoomState {
  return withEntries(room, [...room.entries, entry]);
}

/** What was said under our name before this window was here, where a name is one person's. */
function isOwnName({ name, upstream }: Reader, from: string): boolean {
  return upstream?.kind === "salotto" && from === name;
}

function isSame(one: Message, other: Message): boolean {
  return one.msgid === other.msgid || (one.id !== undefined && one.id === other.id);
}

/** After the messages before it, and among the lines that follow those by their time. */
function inserted(entries: readonly Entry[], entry: MessageEntry): readonly Entry[] {
  const lastBefore = entries.findLastIndex((other) => other.kind === "message" && !isAfter(other, entry));
  const firstAfter = entries.findIndex((other, index) => index > lastBefore && other.kind === "message");
  let at = firstAfter === -1 ? entries.length : firstAfter;
  while (at > lastBefore + 1 && isLaterLine(entries[at - 1], entry)) at -= 1;
  return entries.toSpliced(at, 0, entry);
}

function isLaterLine(line: Entry | undefined, { message }: MessageEntry): boolean {
  return line?.kind === "line" && line.event.time > message.time;
}

/** `seq` decides where it can: within one life of the room. Otherwise the server's clock does. */
function isAfter(one: MessageEntry, other: MessageEntry): boolean {
  if (one.life === other.life) return one.message.seq > other.message.seq;
  return one.message.time > other.message.time;
}

function withEntries(room: RoomState, entries: readonly Entry[]): RoomState {
  if (entries.length <= entriesMax) return { ...room, entries };
  return { ...room, entries: entries.slice(-entriesMax), complete: false };
}
