/** Who can be named in a room: who is there, who is elsewhere in the chat, who said something lately, who was here before. */

import { foldName } from "../text/folded-text.ts";
import type { People } from "../text/mentions.ts";
import { isMessage } from "./entries.ts";
import { membersOf } from "./people.ts";
import { everyone, type PageState, type RoomState } from "./state.ts";

/** Entries of a room's end in which those are looked for who were there. */
const authorsEntriesMax = 500;

/** What tells who is known. */
export type Known = Pick<PageState, "name" | "rooms" | "absentees">;

/** The most likely first, each once. */
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

/** A list of members is the same until somebody comes or goes. */
function byKey(names: readonly string[]): ReadonlyMap<string, string> {
  const known = keyed.get(names);
  if (known) return known;
  const made = new Map(names.map((name) => [foldName(name), name]));
  keyed.set(names, made);
  return made;
}

/** The same, to be found by their names. */
export function peopleIn(known: Known, room: RoomState): People {
  let names: ReadonlyMap<string, string>[] | undefined;
  return {
    own: known.name,
    names: () => {
      names ??= [...listsOf(known, room)].map(byKey);
      return names;
    },
  };
}
