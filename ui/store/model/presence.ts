/** Who is here but not looking, whose name is registered, and who was here before, as the events tell it. */
import type { Absentee, EventOf, MemberInfo } from "../../../protocol/events.ts";
import { lobby, nameKey } from "../../../protocol/names.ts";
import { everyone, membersMax, type PageState } from "./state.ts";

/** Absentees kept. The server does not send more. */
export const absenteesKeptMax = 100;

type Told = EventOf<"member-joined" | "member-left" | "member-renamed" | "member-away">;

/** Who is in the lobby, and therefore in the chat. */
export function presentIn(state: PageState, members: readonly MemberInfo[]): PageState {
  const idle = new Set(members.flatMap(({ name, away }) => (away ? [name] : [])));
  const registered = new Set(members.flatMap(({ name, registered }) => (registered ? [name] : [])));
  const here = new Set(members.map(({ name }) => nameKey(name)));
  return { ...state, idle, registered, absentees: state.absentees.filter(({ name }) => !here.has(nameKey(name))) };
}

/** The server has sent the list of people who were here before. */
export function absentIn(state: PageState, people: readonly Absentee[]): PageState {
  const here = new Set(everyone(state).map(nameKey));
  return { ...state, absentees: people.filter(({ name }) => !here.has(nameKey(name))).slice(0, absenteesKeptMax) };
}

/** Applies joins, leaves, renames and away changes. Events of rooms other than the lobby change nothing. */
export function presenceAfter(state: PageState, event: Told): PageState {
  if (event.room !== lobby) return state;
  switch (event.type) {
    case "member-away":
      if (!event.away) return { ...state, idle: without(state.idle, event.name) };
      return state.idle.size < membersMax ? { ...state, idle: new Set(state.idle).add(event.name) } : state;
    case "member-joined": {
      const known = withRegistered(state, event.name, event.registered);
      return { ...known, absentees: othersThan(state.absentees, event.name) };
    }
    case "member-left": {
      const absentee = { name: event.name, seen: event.time };
      const absentees = [absentee, ...othersThan(state.absentees, event.name)].slice(0, absenteesKeptMax);
      const known = withRegistered(state, event.name, false);
      return { ...known, idle: without(state.idle, event.name), absentees };
    }
    case "member-renamed": {
      const others = without(state.idle, event.from);
      const idle = state.idle.has(event.from) ? new Set(others).add(event.to) : others;
      const known = withRegistered(withRegistered(state, event.from, false), event.to, event.registered);
      return { ...known, idle, absentees: othersThan(state.absentees, event.to) };
    }
  }
}

/** Says whether somebody who is here has proved that the name is theirs. */
export function withRegistered(state: PageState, name: string, isRegistered = false): PageState {
  const { registered } = state;
  if (registered.has(name) === isRegistered || (isRegistered && registered.size >= membersMax)) return state;
  return { ...state, registered: isRegistered ? new Set(registered).add(name) : without(registered, name) };
}

function without(names: ReadonlySet<string>, gone: string): ReadonlySet<string> {
  return names.has(gone) ? new Set([...names].filter((name) => name !== gone)) : names;
}

function othersThan(absentees: readonly Absentee[], who: string): readonly Absentee[] {
  return absentees.filter(({ name }) => nameKey(name) !== nameKey(who));
}
