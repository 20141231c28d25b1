/** What is being written besides a new message: a reply, or a new text for an own message. */

import { nameKey } from "../../../protocol/names.ts";
import type { RoomState } from "../model/state.ts";
import type { MessageChange } from "../model/timeline.ts";
import type { Keep } from "../persistence/keep.ts";
import type { LogMessage } from "../selectors/log-items.ts";

/** `gone`: the message being answered was deleted. `draft`: what was being written when editing began. */
export type About =
  | { kind: "reply"; msgid: string; author: string; text: string }
  | { kind: "gone" }
  | { kind: "edit"; msgid: string; text: string; draft: string };

export function replyTo({ msgid, author, text }: LogMessage): (About & { kind: "reply" }) | undefined {
  return msgid === undefined ? undefined : { kind: "reply", msgid, author, text };
}

/** What is being written, given the messages as they are now. */
export function aboutNow(about: About | undefined, { entries }: RoomState): About | undefined {
  const message = about && about.kind !== "gone" ? entries.messageOf(about.msgid)?.message : undefined;
  if (!about || about.kind === "gone" || !message) return about;
  if (about.kind === "edit") return message.deleted ? undefined : about;
  if (message.deleted) return { kind: "gone" };
  return message.text === about.text ? about : { ...about, text: message.text };
}

/** Updates a room's draft after a change to a message there. */
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

/** What is being written in a conversation goes with it to its new name. @param from the key of the room, as `to` */
export function renameWriting(keep: Keep, from: string, to: string): void {
  const kinds = ["draft", "about"] as const;
  const written = kinds.map((kind) => keep.get(`${kind} ${from}`));
  if (from === to || written.every((each) => each === undefined)) return;
  for (const [index, kind] of kinds.entries()) {
    keep.set(`${kind} ${from}`, undefined);
    keep.set(`${kind} ${to}`, written[index]);
  }
}

/** The reader's last message that can be changed. */
export function lastEditable({ entries }: RoomState): { msgid: string; text: string } | undefined {
  for (const entry of entries.reversed()) {
    if (entry.kind !== "message" || !entry.own || entry.unconfirmed || entry.former) continue;
    const { msgid, text, action, deleted } = entry.message;
    if (!deleted && !action) return { msgid, text };
  }
  return undefined;
}

/** The last thing that somebody has said in a room. */
export function lastOf({ entries }: RoomState, name: string): string | undefined {
  for (const entry of entries.reversed()) {
    if (entry.kind !== "message" || entry.former || entry.message.deleted) continue;
    if (nameKey(entry.message.from) === nameKey(name)) return entry.message.msgid;
  }
  return undefined;
}
