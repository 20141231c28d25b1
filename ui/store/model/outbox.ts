/** Own messages on their way: the effect of an answer, or of a restored connection. It sends nothing. */
import type { PostAnswer } from "../../../protocol/bridge-events.ts";
import { conversationOf } from "./renamed.ts";
import { withRoom } from "./rooms.ts";
import { type Delivery, isOnline, type OutgoingMessage, type PageState } from "./state.ts";
import { markAway } from "./timeline.ts";

/** Applies the answer to a post. The message itself has already arrived as an event. */
export function answerPost(state: PageState, sent: OutgoingMessage, answer: PostAnswer): PageState {
  if (answer.ok) {
    const { msgid, away = false } = answer;
    // It may have been posted to an earlier name.
    const key = away ? conversationOf(state, msgid) : undefined;
    const there = key === undefined ? state : withRoom(state, key, (room) => markAway(room, msgid));
    return withoutOutgoing(there, sent.id);
  }
  switch (answer.code) {
    case "offline":
      return withDelivery(state, sent.id, { phase: "queued" });
    case "lost":
      return withDelivery(state, sent.id, { phase: "lost" });
    default:
      return withDelivery(state, sent.id, { phase: "failed", code: answer.code, message: answer.message });
  }
}

/**
 * Decides about messages whose answer was lost, once the server is back. A Salotto server recognises the `id` of a
 * message it has, so they can be sent again. An old server might repeat every one of them, so the person decides.
 */
export function settleLost(state: PageState): PageState {
  const again: Delivery =
    state.upstream?.kind === "salotto"
      ? { phase: "queued" }
      : { phase: "failed", code: "lost", message: "it may or may not have arrived" };
  const settle = (message: OutgoingMessage) =>
    message.delivery.phase === "lost" ? { ...message, delivery: again } : message;
  return { ...state, outbox: state.outbox.map(settle) };
}

/**
 * Takes over messages that an earlier page left behind. Their fate is unknown, unless they had failed or had not been
 * sent: a page records that it is sending a message before it sends it.
 */
export function restore(state: PageState, messages: readonly OutgoingMessage[]): PageState {
  const known = new Set([...state.outbox.map(({ id }) => id), ...confirmedIds(state)]);
  const restored = messages
    .filter(({ id }) => !known.has(id))
    .map((message): OutgoingMessage => {
      const { delivery } = message;
      const isKnown = delivery.phase === "failed" || delivery.phase === "queued";
      return { ...message, delivery: isKnown ? delivery : { phase: "lost" } };
    });
  const next = { ...state, outbox: [...restored, ...state.outbox] };
  return isOnline(state) ? settleLost(next) : next;
}

function confirmedIds(state: PageState): string[] {
  return [...state.rooms.values()].flatMap(({ entries }) =>
    [...entries].flatMap((entry) => (entry.kind === "message" && entry.message.id ? [entry.message.id] : [])),
  );
}

export function withDelivery(state: PageState, id: string, delivery: Delivery): PageState {
  return { ...state, outbox: state.outbox.map((message) => (message.id === id ? { ...message, delivery } : message)) };
}

export function withoutOutgoing(state: PageState, id: string): PageState {
  return { ...state, outbox: state.outbox.filter((message) => message.id !== id) };
}
