/** What a room is called where people read it: a private conversation by the other person's name alone. */
import { isPrivate } from "../../store/model/state.ts";

/** @param name as the server calls it */
export function roomTitle(name: string): string {
  return isPrivate(name) ? name.slice(1) : name;
}
