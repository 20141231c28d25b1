/**
 * What the browser keeps follows what is told: the old text of an edited or deleted message stays nowhere, neither in the
 * kept chat nor in drafts about it, and a draft goes with its conversation to another name.
 */

import { privateRoom } from "../../../protocol/names.ts";
import type { Action } from "../model/reduce.ts";
import { type PageState, roomKey } from "../model/state.ts";
import type { Keep } from "../persistence/keep.ts";
import type { ChatKeeper } from "./chat-keeper.ts";
import { amendWriting, renameWriting } from "./composing.ts";

/** @param state the state after the change */
export function amendKept(change: Action, state: PageState, keep: Keep, keeper: ChatKeeper): void {
  const told = change.type === "snapshot" ? change.snapshot.events : change.type === "event" ? [change.event] : [];
  for (const { event } of told) {
    switch (event.type) {
      case "edit":
      case "delete": {
        const room = roomKey(event.room);
        amendWriting(keep, room, event);
        keeper.amend(state, room, event);
        break;
      }
      case "member-renamed":
        if (event.same) renameWriting(keep, keyOf(event.from), keyOf(event.to));
        break;
      case "conversation-renamed":
        renameWriting(keep, roomKey(event.from), roomKey(event.to));
        break;
    }
  }
}

function keyOf(partner: string): string {
  return roomKey(privateRoom(partner));
}
