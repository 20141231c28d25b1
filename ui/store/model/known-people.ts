/**
 * Who can be named in a room: people in it, people elsewhere in the chat, recent authors, people who were here before.
 */

import { foldName } from "../text/folded-text.ts";
import type { Mentionable } from "../text/mentions.ts";
import { isMessage } from "./entries.ts";
import { membersOf } from "./people.ts";
import { everyone, type PageState, type RoomState } from "./state.ts";

/** How many of a room's newest entries are searched for the authors who were there. */
const authorsEntriesMax = 500;

/** The parts of the state that decide who is known. */
export type Known = Pick<PageState, "name" | "rooms" | "absentees">;

/** The most likely first, each person once. */
export function peopleToMention(known: Known, room: RoomState): string[] {
  return [...new Map([...listsOf(known, room)].flat().map((name) => [foldName(name), name])).values()];
}

function* listsOf(known: Known, room: RoomState): Generator<readonly string[]> {
  const members = membersOf(room);
  yield members;
  if (everyone(known) !== members) yield everyone(known);
  if (known.name !== undefined) yield [known.name];
  const { length } = room.entries;
  const lately = room.entries.slice(Math.max(length - authorsEntriesMax, 0), length);
  yield lately.filter(isMessage).map(({ message }) => message.from);
  yield known.absentees.map(({ name }) => name);
}

const keyed = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** A list of members stays the same object until somebody comes or goes, so the result can be cached by it. */
function byKey(names: readonly string[]): ReadonlyMap<string, string> {
  const known = keyed.get(names);
  if (known) return known;
  const made = new Map(names.map((name) => [foldName(name), name]));
  keyed.set(names, made);
  return made;
}

/** The same people, for lookup by name. */
export function peopleIn(known: Known, room: RoomState): Mentionable {
  let names: ReadonlyMap<string, string>[] | undefined;
  return {
    own: known.name,
    names: () => {
      names ??= [...listsOf(known, room)].map(byKey);
      return names;
    },
  };
}
