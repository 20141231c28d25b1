/** Who is writing at this moment, as the server tells it; nobody says that they stopped, so it ends by itself. */
import { nameKey } from "../../../protocol/names.ts";
import { type PageState, roomKey, type Typist } from "./state.ts";

/** Somebody counts as writing for this many ms after it was told last. */
export const typingShownMs = 6_000;

/** The server is told at most every so many ms that the person writes. */
export const typingGapMs = 3_000;

/** Names kept of one room: more write at once only where somebody floods. */
export const typistsMax = 20;

export function addTypist(state: PageState, room: string, name: string, nowMs: number): PageState {
  const key = roomKey(room);
  if (!state.rooms.has(key)) return state;
  const others = othersOf(state, key, name);
  const typists = [...others, { name, untilMs: nowMs + typingShownMs }].slice(-typistsMax);
  return { ...state, typing: new Map(state.typing).set(key, typists) };
}

/** What was being written has come. */
export function withoutTypist(state: PageState, room: string, name: string): PageState {
  const key = roomKey(room);
  const before = state.typing.get(key);
  const others = othersOf(state, key, name);
  return before === undefined || others.length === before.length ? state : withTypists(state, key, others);
}

/** Forgets those of whom nothing was heard for long enough. */
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
