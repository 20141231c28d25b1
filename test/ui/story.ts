/** Builders for what a bridge tells, so that a test names only what it is about. */
import type { LinkState, NumberedEvent, Snapshot, UpstreamInfo } from "../../protocol/bridge-events.ts";
import type { Message, RoomEvent } from "../../protocol/events.ts";

export const salotto: UpstreamInfo = { kind: "salotto", description: "Salotto", lacks: [] };
export const legacy: UpstreamInfo = {
  kind: "legacy",
  description: "WRITE YOUR NAME TO START!",
  lacks: ["delivery", "people", "unique-names", "multiline", "private", "rooms", "names"],
};
export const online: LinkState = { phase: "online", upstream: salotto };
export const onlineLegacy: LinkState = { phase: "online", upstream: legacy };
export const waiting: Extract<LinkState, { phase: "waiting" }> = {
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

export function joined(seq: number, ...names: string[]): RoomEvent {
  return joinedRoom("lobby", seq, ...names);
}

export function joinedRoom(room: string, seq: number, ...names: string[]): RoomEvent {
  return { type: "joined", room, topic: "", members: names.map((name) => ({ name })), seq };
}

/** Numbers events from `first`. */
export function numbered(first: number, ...events: RoomEvent[]): NumberedEvent[] {
  return events.map((event, index) => ({ n: first + index, event }));
}

export function snapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return { epoch: "epoch-1", server: "127.0.0.1:8080", link: online, name: "anna", events: [], ...changes };
}
