/**
 * Makes sure that the old text of an edited or deleted message stays nowhere in the browser: neither in the kept chat
 * nor in drafts about it.
 */

import type { Action } from "../model/reduce.ts";
import { type PageState, roomKey } from "../model/state.ts";
import type { Keep } from "../persistence/keep.ts";
import type { ChatKeeper } from "./chat-keeper.ts";
import { amendWriting } from "./composing.ts";

/** @param state the state after the change */
export function amendKept(change: Action, state: PageState, keep: Keep, keeper: ChatKeeper): void {
  const told = change.type === "snapshot" ? change.snapshot.events : change.type === "event" ? [change.event] : [];
  for (const { event } of told) {
    if (event.type !== "edit" && event.type !== "delete") continue;
    const room = roomKey(event.room);
    amendWriting(keep, room, event);
    keeper.amend(state, room, event);
  }
}
