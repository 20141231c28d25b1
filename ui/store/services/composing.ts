/** What is being written besides a new message: the answer to one, or another text for an own one. */

import { isSamePerson } from "../model/people.ts";
import type { RoomState } from "../model/state.ts";
import type { MessageChange } from "../model/timeline.ts";
import type { Keep } from "../persistence/keep.ts";
import type { LogMessage } from "../selectors/log-items.ts";

/** `gone`: what was being answered was deleted. `draft` is what was being written when the editing began. */
export type About =
  | { kind: "reply"; msgid: string; author: string; text: string }
  | { kind: "gone" }
  | { kind: "edit"; msgid: string; text: string; draft: string };

export function replyTo({ msgid, author, text }: LogMessage): (About & { kind: "reply" }) | undefined {
  return msgid === undefined ? undefined : { kind: "reply", msgid, author, text };
}

/** What is being written, now that the messages are these. */
export function aboutNow(about: About | undefined, { entries }: RoomState): About | undefined {
  const message = about && about.kind !== "gone" ? entries.messageOf(about.msgid)?.message : undefined;
  if (!about || about.kind === "gone" || !message) return about;
  if (about.kind === "edit") return message.deleted ? undefined : about;
  if (message.deleted) return { kind: "gone" };
  return message.text === about.text ? about : { ...about, text: message.text };
}

/** What is kept of what is being written in a room, after what was done to a message there. */
export function amendWriting(keep: Keep, room: string, change: MessageChange): void {
  const about = keep.parsed<About>(`about ${room}`);
  if (!about || about.kind === "gone" || about.msgid !== change.msgid || change.type === "react") return;
  if (about.kind === "reply") {
    const next = change.type === "delete" ? { kind: "gone" } : { ...about, text: change.text };
    keep.set(`about ${room}`, JSON.stringify(next));
  } else if (change.type === "delete") {
    keep.set(`about ${room}`, undefined);
    keep.set(`draft ${room}`, about.draft === "" ? undefined : about.draft);
  }
}

/** The last message of that name that can be changed. */
export function lastEditable({ entries }: RoomState, name: string): { msgid: string; text: string } | undefined {
  for (const entry of entries.reversed()) {
    if (entry.kind !== "message" || entry.unconfirmed || entry.former) continue;
    const { from, msgid, text, action, deleted } = entry.message;
    if (isSamePerson(from, name) && !deleted && !action) return { msgid, text };
  }
  return undefined;
}
