/** Builders for what a bridge tells, so that a test names only what it is about. */
import type {
  ConnectionState,
  KeptEvent,
  NumberedEvent,
  PostRequest,
  Snapshot,
  UpstreamInfo,
} from "../../protocol/bridge-events.ts";
import type { EventOf, HistoryMessage, Message } from "../../protocol/events.ts";

export const salotto: UpstreamInfo = { kind: "salotto", description: "Salotto", lacks: [] };
export const legacy: UpstreamInfo = {
  kind: "legacy",
  description: "WRITE YOUR NAME TO START!",
  lacks: ["delivery", "people", "unique-names", "multiline", "private", "rooms", "names", "memory", "accounts"],
};
export const online: ConnectionState = { phase: "online", upstream: salotto };
export const onlineLegacy: ConnectionState = { phase: "online", upstream: legacy };
export const waiting: Extract<ConnectionState, { phase: "waiting" }> = {
  phase: "waiting",
  attempt: 2,
  retryInMs: 8_000,
  error: { code: "ECONNREFUSED", message: "cannot reach it" },
};

export const noon = "2026-11-21T12:00:00.000Z";

/** The moment `minutes` after noon. */
export function at(minutes: number): string {
  return new Date(Date.parse(noon) + minutes * 60_000).toISOString();
}

export function message(seq: number, changes: Partial<Message> = {}): Message {
  return {
    type: "message",
    room: "lobby",
    msgid: `msg-${seq}`,
    seq,
    time: at(seq / 60),
    from: "bruno",
    text: `text ${seq}`,
    ...changes,
  };
}

/** The reader's own post, as it comes back to them. */
export function echo(request: PostRequest | undefined, seq: number, changes: Partial<Message> = {}): Message {
  if (!request) throw new Error("nothing was posted");
  const { id, room, text, action, reply } = request;
  const said = { id, room, text, ...(action ? { action } : {}), ...(reply === undefined ? {} : { reply }) };
  return message(seq, { msgid: `own-${seq}`, from: "anna", ...said, ...changes });
}

export function joined(seq: number, ...names: string[]): EventOf<"joined"> {
  return joinedRoom("lobby", seq, ...names);
}

export function joinedRoom(room: string, seq: number, ...names: string[]): EventOf<"joined"> {
  return { type: "joined", room, topic: "", members: names.map((name) => ({ name })), seq };
}

/** A room's earlier messages, as history tells them. */
export function past(from: number, to: number): HistoryMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const { room: _room, ...told } = message(from + index);
    return told;
  });
}

/** An edit of the message with that number. */
export function edit(seq: number, of: number, text: string): EventOf<"edit"> {
  return { type: "edit", room: "lobby", msgid: `msg-${of}`, seq, time: at(seq / 60), from: "bruno", text };
}

export function remove(seq: number, of: number): EventOf<"delete"> {
  return { type: "delete", room: "lobby", msgid: `msg-${of}`, seq, time: at(seq / 60), from: "bruno" };
}

/** The last of the people who have reacted with the emoji is the one who did it. */
export function react(seq: number, of: number, emoji: string, ...names: string[]): EventOf<"react"> {
  const change = { msgid: `msg-${of}`, seq, time: at(seq / 60), from: names.at(-1) ?? "bruno", emoji };
  return {
    type: "react",
    room: "lobby",
    ...change,
    on: names.length > 0,
    count: names.length,
    names: names.slice(0, 5),
  };
}

/** Numbers events from `first`. */
export function numbered(first: number, ...events: KeptEvent[]): NumberedEvent[] {
  return events.map((event, index) => ({ n: first + index, event }));
}

export function snapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return { epoch: "epoch-1", server: "127.0.0.1:8080", connection: online, name: "anna", events: [], ...changes };
}
