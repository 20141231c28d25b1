/** A room's name as people read it: a private conversation has just the other person's name. */
import { isPrivate } from "../../store/model/state.ts";

/** @param name as the server writes it */
export function roomTitle(name: string): string {
  return isPrivate(name) ? name.slice(1) : name;
}
