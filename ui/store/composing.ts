/** What is being written besides a new message: the answer to one, or another text for an own one. */
import type { LogMessage } from "./log-items.ts";
import type { RoomState } from "./state.ts";

/** `draft` is what was being written when the editing began. */
export type About =
  | { kind: "reply"; msgid: string; author: string; text: string }
  | { kind: "edit"; msgid: string; text: string; draft: string };

export function replyTo({ msgid, author, text }: LogMessage): (About & { kind: "reply" }) | undefined {
  return msgid === undefined ? undefined : { kind: "reply", msgid, author, text };
}

/** The last own message that can be changed. */
export function lastEditable({ entries, life }: RoomState): { msgid: string; text: string } | undefined {
  for (const entry of entries.reversed()) {
    if (entry.kind !== "message" || !entry.own || entry.unconfirmed || entry.life !== life) continue;
    const { msgid, text, action, deleted } = entry.message;
    if (!deleted && !action) return { msgid, text };
  }
  return undefined;
}
