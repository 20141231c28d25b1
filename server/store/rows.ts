/** Converts between database rows and values of our vocabulary, with the columns that such a value consists of. */
import type { StatementSync } from "node:sqlite";
import { changeEntry } from "../chat/change.ts";
import type { Draft, FoundInLog, KeptEntry, KeptMessage, KeptReaction } from "../chat/ports.ts";

export type Row = ReturnType<StatementSync["all"]>[number];

/** The value of `post_id`: a person's id, and their own id for the entry. */
export function postId(person: string, id: string): string {
  return `${person},${id}`;
}

/** The post ids under which a draft may have been committed before; it is committed under the last one. */
export function postIdsOf({ id, author, persons }: Pick<Draft, "id" | "author" | "persons">): string[] {
  return [...new Set([...persons].filter((person) => person !== author.person)), author.person].map((person) =>
    postId(person, id),
  );
}

/** Columns of the table `messages`. */
export const messageColumns = `messages.msgid, messages.seq, messages.time, messages.sender AS "from", messages.person,
  text, action, reply,
  edited, deleted, reactions`;

/** A condition on the name of a conversation, `@` and two people's ids: that it is one of `:person`'s. */
export const isOfPerson = "(substr(name, 2, 36) = :person OR substr(name, 39) = :person)";

/** @param row has `messageColumns`; false and empty values are left out */
export function toMessage(row: Row): KeptMessage {
  const reactions = toReactions(row);
  return {
    type: "message",
    msgid: String(row.msgid),
    seq: Number(row.seq),
    time: String(row.time),
    from: String(row.from),
    person: String(row.person),
    text: String(row.text),
    ...(row.action === 1 ? { action: true } : {}),
    ...(row.reply === null ? {} : { reply: String(row.reply) }),
    ...(row.edited === 1 ? { edited: true } : {}),
    ...(row.deleted === 1 ? { deleted: true } : {}),
    ...(reactions.length > 0 ? { reactions } : {}),
  };
}

/** @param row has `messageColumns`, and the name of the `conversation` */
export function toFound(row: Row): FoundInLog {
  return { ...toMessage(row), conversation: String(row.conversation) };
}

/** Added to `messageColumns` when changes are read along with messages. */
export const asEntry = `'message' AS type, NULL AS emoji, NULL AS made, NULL AS moderated`;

/**
 * The same columns for the table `changes`; those about the message may be empty, because it need not be kept any more.
 */
export const changeColumns = `changes.msgid, changes.seq, changes.time, changes.sender AS "from", NULL AS person, text, NULL AS action,
  NULL AS reply, NULL AS edited, NULL AS deleted, reactions, changes.type, emoji, made, moderated`;

/** @param row has `messageColumns` and `asEntry`, or `changeColumns` */
export function toEntry(row: Row): KeptEntry {
  if (row.type === "message") return toMessage(row);
  const { msgid, seq, time, from } = row;
  const change = { msgid: String(msgid), seq: Number(seq), time: String(time), from: String(from) };
  const message = row.text === null ? undefined : { text: String(row.text), reactions: toReactions(row) };
  const type = String(row.type) as "edit" | "delete" | "react";
  if (type === "edit") return changeEntry({ type, ...change }, message);
  if (type === "delete")
    return changeEntry({ type, ...change, by: row.moderated === 1 ? change.from : undefined }, message);
  return changeEntry({ type, ...change, emoji: String(row.emoji), on: row.made === 1 }, message);
}

function toReactions(row: Row): readonly KeptReaction[] {
  // Only we write it.
  return JSON.parse(String(row.reactions)) as readonly KeptReaction[];
}
