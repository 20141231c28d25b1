/** What the database holds as values of our vocabulary, and the columns that such a value is made of. */
import type { StatementSync } from "node:sqlite";
import { changeEntry } from "../chat/change.ts";
import type { Draft, FoundInLog, KeptEntry, KeptMessage, KeptReaction } from "../chat/ports.ts";

export type Row = ReturnType<StatementSync["all"]>[number];

/** What stands as `post_id`: a sender's own id behind their own. */
export function postId(person: string, id: string): string {
  return `${person},${id}`;
}

/** Under which post ids a draft may have been committed before, the one that it is committed under last. */
export function postIdsOf({ id, author, persons }: Pick<Draft, "id" | "author" | "persons">): string[] {
  return [...new Set([...persons].filter((person) => person !== author.person)), author.person].map((person) =>
    postId(person, id),
  );
}

/** Of the table `messages`. */
export const messageColumns = `messages.msgid, messages.seq, messages.time, messages.sender AS "from", messages.person,
  text, action, reply,
  edited, deleted, reactions`;

/** A condition on the name of a conversation, `@` and two ids of people: that it is one of `:person`'s. */
export const isOfPerson = "(substr(name, 2, 36) = :person OR substr(name, 39) = :person)";

/** @param row holds `messageColumns`; what is not so is left out */
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

/** @param row holds `messageColumns`, and the name of the `conversation` */
export function toFound(row: Row): FoundInLog {
  return { ...toMessage(row), conversation: String(row.conversation) };
}

/** What stands beside `messageColumns` when changes stand among the messages. */
export const asEntry = `'message' AS type, NULL AS emoji, NULL AS made`;

/** The same columns of the table `changes`; of the message, which need not be kept any more, what a change may be about. */
export const changeColumns = `changes.msgid, changes.seq, changes.time, changes.sender AS "from", NULL AS person, text, NULL AS action,
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
