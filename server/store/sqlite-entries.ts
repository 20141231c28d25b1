/** What happens in a database's conversations: messages and changes, in one sequence. It commits nothing. */
import { randomUUID } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { changeEntry, changeMessage, changeOf } from "../chat/change.ts";
import type { Appended, ChangeDraft, Draft, KeptMessage, MessageDraft } from "../chat/ports.ts";
import { type EntryReader, quotesOf, type Range } from "./history.ts";
import { asEntry, changeColumns, messageColumns, postId, postIdsOf, type Row, toEntry, toMessage } from "./rows.ts";

/** A conversation's row. */
export interface ConversationRow {
  id: number;
  lastSeq: number;
}

/** A statement that reads up to a seq, and one that reads from a seq. */
interface Reading {
  before: StatementSync;
  after: StatementSync;
}

export class SqliteEntries {
  readonly #moveConversation: StatementSync;
  readonly #findPost: StatementSync;
  readonly #findChange: StatementSync;
  readonly #findMessage: StatementSync;
  readonly #addMessage: StatementSync;
  readonly #changeMessage: StatementSync;
  readonly #addChange: StatementSync;
  readonly #messages: Reading;
  readonly #entries: Reading;
  readonly #seqSince: StatementSync;

  constructor(database: DatabaseSync) {
    this.#moveConversation = database.prepare("UPDATE conversations SET last_seq = ? WHERE id = ?");
    const messages = `SELECT ${messageColumns}, ${asEntry} FROM messages WHERE messages.conversation = :conversation`;
    const changes = `SELECT ${changeColumns} FROM changes LEFT JOIN messages ON messages.msgid = changes.msgid
      WHERE changes.conversation = :conversation`;
    this.#findPost = database.prepare(`${messages} AND post_id = :id`);
    this.#findChange = database.prepare(`${changes} AND changes.post_id = :id`);
    this.#findMessage = database.prepare(`${messages} AND messages.msgid = :msgid`);
    this.#addMessage = database.prepare(
      `INSERT INTO messages
       (conversation, seq, msgid, sender, person, post_id, time, text, action, reply, edited, deleted, reactions)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#changeMessage = database.prepare(
      `UPDATE messages SET text = ?, action = ?, reply = ?, edited = ?, deleted = ?, reactions = ? WHERE msgid = ?`,
    );
    this.#addChange = database.prepare(
      `INSERT INTO changes (conversation, seq, type, msgid, sender, post_id, time, emoji, made, moderated)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#messages = {
      before: database.prepare(`${messages} AND messages.seq < :seq ORDER BY messages.seq DESC LIMIT :limit`),
      after: database.prepare(`${messages} AND messages.seq > :seq ORDER BY messages.seq LIMIT :limit`),
    };
    const entries = (bound: string) =>
      `${messages} AND messages.seq ${bound} UNION ALL ${changes} AND changes.seq ${bound}`;
    this.#entries = {
      before: database.prepare(`${entries("< :seq")} ORDER BY seq DESC LIMIT :limit`),
      after: database.prepare(`${entries("> :seq")} ORDER BY seq LIMIT :limit`),
    };
    this.#seqSince = database.prepare(
      "SELECT seq FROM messages WHERE conversation = ? AND time >= ? ORDER BY time, seq LIMIT 1",
    );
  }

  /** Adds what a draft asks for, in the caller's transaction. */
  append(conversation: ConversationRow, draft: Draft, time: string): Appended {
    const isMessage = draft.type === "message";
    const find = isMessage ? this.#findPost : this.#findChange;
    for (const id of postIdsOf(draft)) {
      const before = find.get({ conversation: conversation.id, id });
      if (before) return { ok: true, entry: toEntry(before), duplicate: true, quotes: new Map() };
    }
    const appended = isMessage ? this.#say(conversation, draft, time) : this.#change(conversation, draft, time);
    if (appended.ok && appended.entry) this.#moveConversation.run(appended.entry.seq, conversation.id);
    return appended;
  }

  reader(conversation: ConversationRow): EntryReader {
    const { id, lastSeq } = conversation;
    return {
      lastSeq,
      entries: (range) => read(this.#entries, id, range).map(toEntry),
      messages: (range) => read(this.#messages, id, range).map(toMessage),
      find: (msgid) => this.#find(conversation, msgid),
      seqSince: (time) => {
        const row = this.#seqSince.get(id, time);
        return row && Number(row.seq);
      },
    };
  }

  /** Writes a message as it is, in the caller's transaction. @param id the sender's own */
  insert(conversation: number, message: KeptMessage, id: string): void {
    const { seq, msgid, from, person, time, text, action = false, reply = null } = message;
    const { edited = false, deleted = false, reactions = [] } = message;
    const said = [seq, msgid, from, person, postId(person, id), time, text, Number(action), reply];
    this.#addMessage.run(conversation, ...said, Number(edited), Number(deleted), JSON.stringify(reactions));
  }

  #say(conversation: ConversationRow, draft: MessageDraft, time: string): Appended {
    const { id, author, text, action, reply } = draft;
    const answered = reply === undefined ? undefined : this.#find(conversation, reply);
    if (reply !== undefined && !answered) return { ok: false, code: "no-such-message" };
    const message: KeptMessage = {
      type: "message",
      msgid: randomUUID(),
      seq: conversation.lastSeq + 1,
      time,
      from: author.name,
      person: author.person,
      text,
      ...(action ? { action } : {}),
      ...(reply === undefined ? {} : { reply }),
    };
    this.insert(conversation.id, message, id);
    return { ok: true, entry: message, duplicate: false, quotes: quotesOf([message], () => answered) };
  }

  #change(conversation: ConversationRow, draft: ChangeDraft, time: string): Appended {
    const message = this.#find(conversation, draft.msgid);
    const changed = changeMessage(message, draft);
    if (typeof changed === "string") return { ok: false, code: changed };
    if (changed === message) return { ok: true };
    const { text, action = false, reply = null, edited = false, deleted = false, reactions = [], msgid } = changed;
    const flags = [Number(edited), Number(deleted)];
    this.#changeMessage.run(text, Number(action), reply, ...flags, JSON.stringify(reactions), msgid);
    const { type, id, author } = draft;
    const seq = conversation.lastSeq + 1;
    const reaction = type === "react" ? [draft.emoji, Number(draft.on)] : [null, null];
    const own = postId(author.person, id);
    const entry = changeEntry(changeOf(draft, message, { seq, time }), changed);
    const moderated = Number(entry.type === "delete" && entry.by !== undefined);
    this.#addChange.run(conversation.id, seq, type, msgid, author.name, own, time, ...reaction, moderated);
    return { ok: true, entry, duplicate: false, quotes: new Map([[msgid, changed]]) };
  }

  #find({ id }: ConversationRow, msgid: string): KeptMessage | undefined {
    const row = this.#findMessage.get({ conversation: id, msgid });
    return row && toMessage(row);
  }
}

/** Oldest first. */
function read({ before, after }: Reading, conversation: number, range: Range): Row[] {
  const { limit } = range;
  if (range.after !== undefined) return after.all({ conversation, seq: range.after, limit });
  return before.all({ conversation, seq: range.before ?? Number.MAX_SAFE_INTEGER, limit }).reverse();
}
