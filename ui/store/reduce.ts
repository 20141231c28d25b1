/**
 * Every way the page's state changes, as pure functions from one state to the next. It starts nothing: what follows
 * from a change (sending, rejoining) is the store's business.
 */
import type { LinkState, NumberedEvent, PostAnswer, Snapshot } from "../../protocol/bridge-events.ts";
import { answerPost, settleLost, withDelivery, withoutOutgoing } from "./outbox.ts";
import { type ChatState, initialState, type OutgoingMessage, type Presence, type ServerHop } from "./state.ts";
import { addEvent, renameMember } from "./timeline.ts";

export type Change =
  | { type: "snapshot"; snapshot: Snapshot; nowMs: number }
  | { type: "link"; link: LinkState; nowMs: number }
  | { type: "event"; event: NumberedEvent }
  | { type: "name"; name: string }
  | { type: "bridge-lost" }
  | { type: "replaced" }
  | { type: "reopen" }
  | { type: "enter"; name: string }
  | { type: "quit" }
  | { type: "quit-heard" }
  | { type: "post"; message: OutgoingMessage }
  | { type: "sending"; id: string }
  | { type: "answered"; sent: OutgoingMessage; answer: PostAnswer }
  | { type: "retry"; id: string }
  | { type: "discard"; id: string };

export function reduce(state: ChatState, change: Change): ChatState {
  switch (change.type) {
    case "snapshot":
      return takeSnapshot(state, change.snapshot, change.nowMs);
    case "link":
      return takeLink(state, change.link, change.nowMs);
    case "event":
      return takeEvent(state, change.event);
    case "name":
      return takeName(state, change.name);
    case "bridge-lost":
      return state.bridge === "replaced" ? state : { ...state, bridge: "lost" };
    case "replaced":
      return { ...state, bridge: "replaced" };
    case "reopen":
      return { ...state, bridge: "connecting" };
    case "enter":
      return {
        ...state,
        presence: "entering",
        goodbye: false,
        name: change.name,
        link: { phase: "connecting", attempt: 1 },
      };
    case "quit":
      return leave(state);
    case "quit-heard":
      return { ...state, quitting: false };
    case "post":
      return { ...state, outbox: [...state.outbox, change.message] };
    case "sending":
      return withDelivery(state, change.id, { phase: "sending" });
    case "answered":
      return answerPost(state, change.sent, change.answer);
    case "retry":
      return withDelivery(state, change.id, { phase: "queued" });
    case "discard":
      return withoutOutgoing(state, change.id);
  }
}

/** A bridge that forgot the person, or never heard the name, is no reason to stand at the door: the store joins again. */
function takeSnapshot(state: ChatState, snapshot: Snapshot, nowMs: number): ChatState {
  const { epoch, server, link, name } = snapshot;
  const sameEpoch = epoch === state.epoch;
  const known: ChatState = {
    ...state,
    bridge: "open",
    server,
    epoch,
    lastN: sameEpoch ? state.lastN : 0,
    name: state.quitting ? state.name : (name ?? state.name),
    upstream: link.phase === "online" ? link.upstream : state.upstream,
  };
  if (state.quitting) return known;
  const told = snapshot.events.reduce(takeEvent, known);
  return isForgotten(state, snapshot)
    ? { ...told, link: { phase: "connecting", attempt: 1 } }
    : takeLink(told, link, nowMs);
}

function isForgotten(state: ChatState, { epoch, link }: Snapshot): boolean {
  if (link.phase !== "idle" || link.refusal || link.ended) return false;
  return state.presence === "entering" || (state.presence === "in" && epoch !== state.epoch);
}

function takeLink(state: ChatState, link: LinkState, nowMs: number): ChatState {
  if (state.quitting) return state;
  const next: ChatState = { ...state, link: onThisClock(link, nowMs), presence: presenceAfter(state.presence, link) };
  return link.phase === "online" ? settleLost({ ...next, upstream: link.upstream, goodbye: false }) : next;
}

function presenceAfter(presence: Presence, link: LinkState): Presence {
  if (link.phase === "online") return "in";
  if (link.phase === "idle") return "out";
  return presence === "out" ? "entering" : presence;
}

function onThisClock(link: LinkState, nowMs: number): ServerHop {
  if (link.phase !== "waiting") return link;
  const { retryInMs, ...rest } = link;
  return { ...rest, retryAtMs: nowMs + retryInMs };
}

function takeEvent(state: ChatState, event: NumberedEvent): ChatState {
  if (state.quitting) return { ...state, lastN: event.n };
  const next = addEvent(state, event);
  return event.event.type === "message" && event.event.id ? withoutOutgoing(next, event.event.id) : next;
}

function takeName(state: ChatState, name: string): ChatState {
  if (state.quitting) return state;
  const renamed = state.name === undefined ? state : renameMember(state, state.name, name);
  return { ...renamed, name };
}

/** What was said stays with those who are in: who leaves starts afresh. */
function leave(state: ChatState): ChatState {
  const { bridge, epoch, lastN, server, name } = state;
  return {
    ...initialState(),
    ...{ bridge, epoch, lastN, server, name },
    quitting: true,
    goodbye: state.presence === "in",
  };
}
