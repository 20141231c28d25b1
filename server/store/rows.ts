/** What the database holds as values of our vocabulary, and the columns that such a value is made of. */
import type { StatementSync } from "node:sqlite";
import { nameKey } from "../../protocol/names.ts";
import { changeEntry } from "../chat/change.ts";
import type { Draft, FoundInLog, KeptEntry, KeptMessage, KeptReaction, MessageDraft } from "../chat/ports.ts";

export type Row = ReturnType<StatementSync["all"]>[number];

/** What stands as `post_id`: a sender's own id behind the key of their name, which holds no comma. */
export function postId(key: string, id: string): string {
  return `${key},${id}`;
}

/** Under which post ids a draft may have been committed before, the one that it is committed under last. */
export function postIdsOf({ id, from, names }: Pick<Draft, "id" | "from" | "names">): string[] {
  return [...new Set([...names, nameKey(from)])].map((key) => postId(key, id));
}

/** The names of those who are remembered for a message: who said it, and the one to whom it was said privately. */
export function takersPart({ from, to }: MessageDraft): string[] {
  return to === undefined ? [from] : [from, to];
}

/** Of the table `messages`. */
export const messageColumns = `messages.msgid, messages.seq, messages.time, messages.sender AS "from", text, action, reply,
  edited, deleted, reactions`;

/** A condition on the name of a private conversation: that it is one of `:person`'s. */
export const isOfPerson = `instr(replace(name, '@', ',') || ',', ',' || :person || ',') > 0`;

/** @param row holds `messageColumns`; what is not so is left out */
export function toMessage(row: Row): KeptMessage {
  const reactions = toReactions(row);
  return {
    type: "message",
    msgid: String(row.msgid),
    seq: Number(row.seq),
    time: String(row.time),
    from: String(row.from),
    text: String(row.text),
    ...(row.action === 1 ? { action: true } : {}),
    ...(row.reply === null ? {} : { reply: String(row.reply) }),
    ...(row.edited === 1 ? { edited: true } : {}),
    ...(row.deleted === 1 ? { deleted: true } : {}),
    ...(reactions.length > 0 ? { reactions } : {}),
  };
}

/** @param row holds `messageColumns`, and the name of the `conversation` */
export function toFound(row: Row): FoundInLog {
  return { ...toMessage(row), conversation: String(row.conversation) };
}

/** What stands beside `messageColumns` when changes stand among the messages. */
export const asEntry = `'message' AS type, NULL AS emoji, NULL AS made`;

/** The same columns of the table `changes`; of the message, which need not be kept any more, what a change may be about. */
export const changeColumns = `changes.msgid, changes.seq, changes.time, changes.sender AS "from", text, NULL AS action,
  NULL AS reply, NULL AS edited, NULL AS deleted, reactions, changes.type, emoji, made`;

/** @param row holds `messageColumns` and `asEntry`, or `changeColumns` */
export function toEntry(row: Row): KeptEntry {
  if (row.type === "message") return toMessage(row);
  const { msgid, seq, time, from } = row;
  const change = { msgid: String(msgid), seq: Number(seq), time: String(time), from: String(from) };
  const message = row.text === null ? undefined : { text: String(row.text), reactions: toReactions(row) };
  const type = String(row.type) as "edit" | "delete" | "react";
  if (type !== "react") return changeEntry({ type, ...change }, message);
  return changeEntry({ type, ...change, emoji: String(row.emoji), on: row.made === 1 }, message);
}

function toReactions(row: Row): readonly KeptReaction[] {
  // Only we write it.
  return JSON.parse(String(row.reactions)) as readonly KeptReaction[];
}
