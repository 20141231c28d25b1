/** Who is writing at the moment. Nobody announces that they stopped, so it expires by itself. */
import { nameKey } from "../../../protocol/names.ts";
import { type PageState, roomKey, type Typist } from "./state.ts";

/** Somebody counts as writing for this many ms after the last notice. */
export const typingShownMs = 6_000;

/** The server is told that the person is writing at most once in this many ms. */
export const typingGapMs = 3_000;

/** Names kept of one room. More people write at once only in a flood. */
export const typistsMax = 20;

export function addTypist(state: PageState, room: string, name: string, nowMs: number): PageState {
  const key = roomKey(room);
  if (!state.rooms.has(key)) return state;
  const others = othersOf(state, key, name);
  const typists = [...others, { name, untilMs: nowMs + typingShownMs }].slice(-typistsMax);
  return { ...state, typing: new Map(state.typing).set(key, typists) };
}

/** The message somebody was writing has arrived. */
export function withoutTypist(state: PageState, room: string, name: string): PageState {
  const key = roomKey(room);
  const before = state.typing.get(key);
  const others = othersOf(state, key, name);
  return before === undefined || others.length === before.length ? state : withTypists(state, key, others);
}

/** Forgets people who have sent no typing notice for long enough. */
export function withoutSilent(state: PageState, nowMs: number): PageState {
  return [...state.typing].reduce((next, [key, typists]) => {
    const left = typists.filter(({ untilMs }) => untilMs > nowMs);
    return left.length === typists.length ? next : withTypists(next, key, left);
  }, state);
}

function othersOf({ typing }: PageState, key: string, name: string): readonly Typist[] {
  return (typing.get(key) ?? []).filter((typist) => nameKey(typist.name) !== nameKey(name));
}

function withTypists(state: PageState, key: string, typists: readonly Typist[]): PageState {
  const typing = new Map(state.typing);
  if (typists.length === 0) typing.delete(key);
  else typing.set(key, typists);
  return { ...state, typing };
}
