/** Who can be named in a room with an @, and where a text does it. */
import { nameKey } from "../../protocol/names.ts";
import { isMessage } from "./entries.ts";
import { membersOf } from "./people.ts";
import { type ChatState, everyone, roomOf } from "./state.ts";

/** Entries of a room's end in which those are looked for who were there. */
const authorsEntriesMax = 500;

/** A name with its @, as it is written. */
export interface Mention {
  text: string;
  name: string;
}

/** Who is in the room, then who is elsewhere in the chat, then who said something here lately and went. */
export function peopleToMention(state: ChatState, room: string): string[] {
  const shown = roomOf(state, room);
  const { length } = shown.entries;
  const lately = shown.entries.slice(Math.max(length - authorsEntriesMax, 0), length);
  const authors = lately.filter(isMessage).map(({ message }) => message.from);
  const own = state.name === undefined ? [] : [state.name];
  const all = [...membersOf(shown), ...everyone(state), ...own, ...authors];
  return [...new Map(all.map((name) => [nameKey(name), name])).values()];
}

/** Finds those names: after an @ that follows no word, the longest that fits, in capitals or not. */
export function mentionPattern(names: readonly string[]): RegExp {
  const longestFirst = names.toSorted((one, other) => other.length - one.length).map(escaped);
  return new RegExp(String.raw`(?<![\p{L}\p{N}_@])@(?:${longestFirst.join("|")})(?![\p{L}\p{N}_])`, "giu");
}

/** As a part of a regular expression. */
export function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Cuts `text` into parts that together are `text` again. */
export function findMentions(text: string, pattern: RegExp): (string | Mention)[] {
  const parts: (string | Mention)[] = [];
  let end = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (index > end) parts.push(text.slice(end, index));
    parts.push({ text: found, name: found.slice(1) });
    end = index + found.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
