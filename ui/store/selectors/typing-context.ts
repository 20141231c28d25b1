/** Where somebody types, and what is available there. */
import { addressees } from "../model/people.ts";
import { hasRights, mayDo } from "../model/rights.ts";
import { hasAccounts, hasRooms, type PageState, roomOf } from "../model/state.ts";
import type { TypingContext } from "./typed-line.ts";

/** @param key of the room */
export function typingContext(state: PageState, key: string, nowMs: number): TypingContext {
  const room = roomOf(state, key);
  return {
    room: room.name,
    names: addressees(state),
    private: !state.upstream?.lacks.includes("private"),
    rooms: hasRooms(state),
    accounts: hasAccounts(state),
    may: hasRights(state) ? (verb) => mayDo(room, verb, nowMs) : undefined,
    nowMs,
  };
}
