/**
 * What the page knows, as one immutable value. Nothing here says how it is shown, how it travels or where it is kept.
 */
import type { LinkState, PostAnswer, UpstreamInfo } from "../../protocol/bridge-events.ts";
import type { EventOf, Message } from "../../protocol/events.ts";

/** Entries kept in memory, and so in the document; the oldest are dropped first. */
export const entriesMax = 2_000;

/** Own messages that wait for an answer or failed; one more is refused until some are sent or discarded. */
export const outboxMax = 100;

/** The first hop: this page to its bridge. `replaced`: another window took the conversation over. */
export type BridgeHop = "connecting" | "open" | "lost" | "replaced";

/** The second hop: the bridge to the chat server, with the next attempt as a moment of this page's clock. */
export type ServerHop =
  | Exclude<LinkState, { phase: "waiting" }>
  | (Omit<Extract<LinkState, { phase: "waiting" }>, "retryInMs"> & { retryAtMs: number });

/** `out`: at the door; `entering`: a name was given and the door is not open yet; `in`: in the chat, connected or not. */
export type Presence = "out" | "entering" | "in";

export interface MessageEntry {
  kind: "message";
  key: string;
  message: Message;
  own: boolean;
  unconfirmed: boolean;
  /** Counts the times the room was joined: `seq` is comparable only within one. */
  life: number;
}

export type LineEvent = EventOf<"member-joined" | "member-left" | "member-renamed" | "notice">;

/** What is told between the messages. `returned`: the connection was lost and is back; `dropped`: older events are gone. */
export type LineEntry =
  | { kind: "line"; key: string; event: LineEvent; own: boolean }
  | { kind: "returned"; key: string; missed: boolean }
  | { kind: "dropped"; key: string };

export type Entry = MessageEntry | LineEntry;

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
  /** When it was typed, by this page's clock, ISO 8601. */
  time: string;
  delivery: Delivery;
}

export interface ChatState {
  bridge: BridgeHop;
  /** The epoch of the last snapshot and the number of the last event of it. */
  epoch: string | undefined;
  lastN: number;
  /** The chat server's address. */
  server: string | undefined;
  link: ServerHop;
  /** What the server was, the last time it was there. */
  upstream: UpstreamInfo | undefined;
  presence: Presence;
  /** The person said goodbye, and the bridge may not have heard it yet. */
  quitting: boolean;
  /** The last thing the person did was to leave. */
  goodbye: boolean;
  /** The person's name: as asked for while entering, as the server knows it from then on. */
  name: string | undefined;
  members: readonly string[];
  entries: readonly Entry[];
  outbox: readonly OutgoingMessage[];
  /** How often the room was joined, and the highest `seq` seen in it. */
  life: number;
  lastSeq: number;
}

/** @param name the name under which this window was in the chat before it was reloaded */
export function initialState(name?: string): ChatState {
  return {
    bridge: "connecting",
    epoch: undefined,
    lastN: 0,
    server: undefined,
    link: { phase: "idle" },
    upstream: undefined,
    presence: name === undefined ? "out" : "in",
    quitting: false,
    goodbye: false,
    name,
    members: [],
    entries: [],
    outbox: [],
    life: 0,
    lastSeq: 0,
  };
}

/** True when a message can leave now: both hops stand. */
export function isOnline(state: ChatState): boolean {
  return state.bridge === "open" && state.link.phase === "online";
}
