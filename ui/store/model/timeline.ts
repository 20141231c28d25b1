/**
 * One room's messages in order: takes messages and changes from any source, each once, and puts each where its `seq`
 * belongs. It knows neither delivery (outbox.ts) nor events (events.ts).
 */
import type { HistoryEntry, HistoryMessage, Message } from "../../../protocol/events.ts";
import { isMeant, type Meant, meantIn } from "../text/mentions.ts";
import type { Entries } from "./entries.ts";
import type { LineEntry, MessageEntry, TimelineEntry, ToldMessage } from "./entry.ts";
import { peopleIn } from "./known-people.ts";
import { reactionsAfter } from "./reactions.ts";
import { type Span, spanOf, spansMax, withoutBefore, withSpan } from "./seq-ranges.ts";
import { entriesMax, type PageState, type RoomState } from "./state.ts";

/**
 * Who reads, on which kind of server, among whom: decides which messages are the reader's own and whom they mention.
 */
export type Reader = Pick<PageState, "name" | "upstream" | "rooms" | "absentees">;

/**
 * Adds a message. One that is here already changes nothing, unless it is former: then it is also in the present log,
 * for example after a backup was restored, and takes its place there.
 */
export function addMessage(room: RoomState, message: Message, reader: Reader): RoomState {
  const at = positionOf(room, message);
  const there = room.entries.at(at);
  const before = there?.kind === "message" ? there : undefined;
  if (before && !before.former) return room;
  const { id, msgid, seq, from, unconfirmed = false } = message;
  const own = id !== undefined || message.own === true || isOwnName(reader, from);
  const meant = meantBy(room, message, own, reader);
  // While it was being sent, it was shown under its own id.
  const about = { key: before?.key ?? id ?? msgid, own, unconfirmed, away: false, meant, former: false };
  const others = before ? room.entries.without(at) : room.entries;
  return withEntries(withKnown(room, seq), inserted(others, { kind: "message", message, ...about }));
}

/** Records that the recipient of a message was not here when it was sent. */
export function markAway(room: RoomState, msgid: string): RoomState {
  const at = room.entries.positionOf(msgid);
  const there = room.entries.at(at);
  return there?.kind === "message" ? { ...room, entries: room.entries.with(at, { ...there, away: true }) } : room;
}

/** A change to a message: an edit, a deletion, a reaction. */
export type MessageChange = Exclude<HistoryEntry, HistoryMessage>;

/** Applies a change to a message. When the page does not have the message, only the number is recorded. */
export function addChange(room: RoomState, change: MessageChange, reader: Reader): RoomState {
  const { msgid, seq } = change;
  const known = withKnown(room, seq);
  const at = room.entries.positionOf(msgid);
  const there = room.entries.at(at);
  if (there?.kind !== "message") return known;
  return {
    ...known,
    entries: room.entries.with(at, withMessage(room, there, changed(there.message, change, reader.name), reader)),
  };
}

/** Mentions are decided again only when the text changes. */
function withMessage(room: RoomState, there: MessageEntry, message: ToldMessage, reader: Reader): MessageEntry {
  const isSame = message.text === there.message.text;
  return { ...there, message, meant: isSame ? there.meant : meantBy(room, message, there.own, reader) };
}

/** Nobody mentions themselves. */
function meantBy(room: RoomState, { text }: Message, own: boolean, reader: Reader): Meant {
  const people = peopleIn(reader, room);
  return meantIn(text, own ? { ...people, own: undefined } : people);
}

/** A message after a change. */
export function changed(message: ToldMessage, change: MessageChange, reader = ""): ToldMessage {
  switch (change.type) {
    case "edit":
      // The server may have forgotten the new text. No edit leaves a message empty.
      return change.text === "" ? message : { ...message, text: change.text, edited: true };
    case "delete":
      return {
        ...{ ...message, text: "", deleted: true, reactions: [] },
        ...(change.by === undefined ? {} : { deletedBy: change.by }),
      };
    case "react":
      return { ...message, reactions: reactionsAfter(message.reactions ?? [], change, reader) };
  }
}

/** The requested part of the history: by `seq`, by the msgid of a message, or by a time, ISO 8601. */
export type Asked = { before: number } | { after: number } | { around: string } | { since: string };

export interface LoadedHistory {
  asked: Asked;
  entries: readonly HistoryEntry[];
  more: boolean;
}

/** Adds a page of history, and remembers where the server has no more of it. */
export function addHistory(room: RoomState, { asked, entries, more }: LoadedHistory, reader: Reader): RoomState {
  const isElsewhere = "around" in asked || "since" in asked;
  // A reader who is looking elsewhere must see this part, so it replaces older entries where there is no room for both.
  const place = isElsewhere ? withEntries(room, room.entries, Math.max(entriesMax - entries.length, 0)) : room;
  const filled = entries.reduce((next, entry) => addHistoryEntry(next, entry, reader), place);
  if ("before" in asked) return { ...filled, complete: !more };
  if (isElsewhere) return filled;
  const isFilled = entries[0]?.seq === asked.after + 1;
  return isFilled ? filled : { ...filled, lostAfter: [...room.lostAfter, asked.after].slice(-spansMax) };
}

function addHistoryEntry(room: RoomState, entry: HistoryEntry, reader: Reader): RoomState {
  if (entry.type !== "message") return addChange(room, entry, reader);
  const message = { room: room.name, ...entry };
  const at = room.entries.positionOf(entry.msgid);
  const there = room.entries.at(at);
  if (there?.kind !== "message" || there.former) return addMessage(room, message, reader);
  // History tells a message as it is now, and mentions reactions only when it has some.
  const now = withMessage(room, there, { ...there.message, reactions: [], ...entry }, reader);
  return { ...room, entries: room.entries.with(at, now) };
}

/** The reader had this name until now: messages that mentioned it mentioned the reader. */
export function withFormerName(room: RoomState, name: string): RoomState {
  let { entries } = room;
  for (const [position, entry] of [...entries].entries()) {
    if (entry.kind !== "message" || entry.own || entry.meant.own !== undefined || !isMeant(entry.meant, name)) continue;
    entries = entries.with(position, { ...entry, meant: { ...entry.meant, own: name } });
  }
  return entries === room.entries ? room : { ...room, entries };
}

export function addLine(room: RoomState, entry: LineEntry): RoomState {
  return withEntries(room, room.entries.inserted(entry));
}

/** The room with only its newest entries. */
export function withNewest(room: RoomState, max: number): RoomState {
  return withEntries(room, room.entries, max);
}

/** The unbroken range around the first message; undefined while there is none, or when that one is former. */
export function firstSpan({ entries, known }: Pick<RoomState, "entries" | "known">): Span | undefined {
  const first = entries.firstMessage;
  return first && !first.former ? spanOf(known, first.message.seq) : undefined;
}

/**
 * The `seq` after which something is missing between two messages; undefined when nothing is, or when it is marked
 * already. Changes have numbers too, so two messages may be neighbours although their numbers are not.
 */
export function missingBetween(
  one: MessageEntry | undefined,
  next: MessageEntry,
  known: readonly Span[],
): number | undefined {
  if (one === undefined || next.former) return undefined;
  // The first of the new numbers may be missing.
  const after = one.former ? 0 : spanOf(known, one.message.seq).to;
  return spanOf(known, next.message.seq).from > after + 1 ? after : undefined;
}

/** Whether two rooms have another message under the same number, and are therefore of two conversations. */
export function isContradicting(one: RoomState, other: RoomState): boolean {
  const msgids = new Map([...presentMessages(one)].map(({ message }) => [message.seq, message.msgid]));
  return [...presentMessages(other)].some(
    ({ message }) => (msgids.get(message.seq) ?? message.msgid) !== message.msgid,
  );
}

/** One of two parts of the same conversation. Of a message that both have, the second one knows more. */
export function together(one: RoomState, other: RoomState): RoomState {
  let { entries } = one;
  for (const entry of presentMessages(other)) {
    const at = entries.positionOf(entry.message.msgid);
    entries = at === -1 ? inserted(entries, entry) : entries.with(at, entry);
  }
  const most = (field: "lastSeq" | "readSeq" | "markedSeq") => Math.max(one[field], other[field]);
  const known = other.known.reduce<readonly Span[]>(withSpan, one.known);
  const marks = { lastSeq: most("lastSeq"), readSeq: most("readSeq"), markedSeq: most("markedSeq") };
  const is = { entered: one.entered || other.entered, complete: one.complete || other.complete };
  return withEntries({ ...one, known, ...marks, ...is }, entries);
}

function* presentMessages({ entries }: RoomState): Generator<MessageEntry> {
  for (const entry of entries) if (entry.kind === "message" && !entry.former) yield entry;
}

function withKnown(room: RoomState, seq: number): RoomState {
  return { ...room, known: withSpan(room.known, { from: seq, to: seq }) };
}

/**
 * Messages sent under the reader's name before this window was opened, on servers where a name belongs to one person.
 */
function isOwnName({ name, upstream }: Reader, from: string): boolean {
  return upstream?.kind === "salotto" && from === name;
}

/** The position of a message that was told before; -1 for a new one. */
function positionOf({ entries }: RoomState, { msgid, seq }: Message): number {
  const last = entries.lastMessage;
  // Nearly always it is the next one, which needs no lookup unless there are former messages.
  const isNext = last !== undefined && last.message.seq < seq && entries.firstMessage?.former === false;
  return isNext ? -1 : entries.positionOf(msgid);
}

/** After the messages before it, and sorted by time among the lines that follow those. */
function inserted(entries: Entries, entry: MessageEntry): Entries {
  const lastBefore = entries.lastMessageWhere((other) => !isAfter(other, entry));
  let at = lastBefore + 1;
  while (isLine(entries.at(at))) at += 1;
  while (at > lastBefore + 1 && isLaterLine(entries.at(at - 1), entry)) at -= 1;
  return entries.inserted(entry, at);
}

function isLine(entry: TimelineEntry | undefined): boolean {
  return entry !== undefined && entry.kind !== "message";
}

function isLaterLine(line: TimelineEntry | undefined, { message }: MessageEntry): boolean {
  return line?.kind === "line" && line.event.time > message.time;
}

/** Former messages come before all others. */
function isAfter(one: MessageEntry, other: MessageEntry): boolean {
  return !one.former && one.message.seq > other.message.seq;
}

/** Entries that are dropped are no longer known. */
function withEntries(room: RoomState, entries: Entries, max = entriesMax): RoomState {
  if (entries.length <= max) return { ...room, entries };
  const rest = entries.withoutFirst(entries.length - max);
  const first = rest.firstMessage;
  const known = first && !first.former ? withoutBefore(room.known, first.message.seq) : room.known;
  return { ...room, entries: rest, known, complete: false };
}
