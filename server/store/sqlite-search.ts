/** Search in the database: a query becomes one statement, whatever its filters. */
import type { DatabaseSync } from "node:sqlite";
import type { FoundByLog, Search } from "../chat/ports.ts";
import { quotesOf } from "./history.ts";
import { matchOf } from "./message-index.ts";
import { isOfPerson, messageColumns, toFound, toMessage } from "./rows.ts";

/** Messages examined at once, the newest first; later windows are larger, so that a long search has few. */
const WINDOW_MESSAGES = 10_000;
const WINDOW_GROWTH = 4;

/**
 * Newest first. Frequent words are found in the first window, rare ones take a few.
 * @param isAbandoned asked between two windows; the search ends when it says so
 */
export function searchMessages(
  database: DatabaseSync,
  { query, author, person, closedRooms = [], skip, limit }: Search,
  isAbandoned: () => boolean = () => false,
): Pick<FoundByLog, "messages" | "quotes"> {
  const conditions = [
    "messages.id > :above AND messages.id <= :upTo",
    "deleted = 0",
    "name NOT IN (SELECT value FROM json_each(:closed))",
    // Other rooms belong to everybody, a private conversation to its two people.
    `(name NOT LIKE '@%' OR ${isOfPerson})`,
  ];
  const values: Record<string, string | number> = { person, closed: JSON.stringify(closedRooms) };
  const narrow = (condition: string, key: string, value: string | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values[key] = value;
  };
  const matches = "SELECT rowid FROM words WHERE words MATCH :words AND rowid > :above AND rowid <= :upTo";
  narrow(`messages.id IN (${matches})`, "words", matchOf(query.words));
  narrow("name = :room", "room", query.room);
  narrow("messages.person = :author", "author", author);
  narrow("time >= :after", "after", query.after);
  narrow("time < :before", "before", query.before);
  const newest = database.prepare(
    `SELECT messages.id FROM messages JOIN conversations ON conversations.id = conversation
     WHERE ${conditions.join(" AND ")} ORDER BY messages.id DESC LIMIT :wanted`,
  );
  const ids: unknown[] = [];
  let upTo = Number(database.prepare("SELECT max(id) AS id FROM messages").get()?.id ?? 0);
  for (let size = WINDOW_MESSAGES; upTo > 0 && ids.length < skip + limit && !isAbandoned(); size *= WINDOW_GROWTH) {
    const above = Math.max(0, upTo - size);
    const wanted = skip + limit - ids.length;
    ids.push(...newest.all({ ...values, above, upTo, wanted }).map(({ id }) => id));
    upTo = above;
  }
  const messages = database
    .prepare(
      `SELECT ${messageColumns}, name AS conversation FROM messages JOIN conversations ON conversations.id = conversation
       WHERE messages.id IN (SELECT value FROM json_each(?)) ORDER BY messages.id DESC`,
    )
    .all(JSON.stringify(ids.slice(skip)))
    .map(toFound);
  const answered = database.prepare(`SELECT ${messageColumns} FROM messages WHERE msgid = ?`);
  const find = (msgid: string) => {
    const row = answered.get(msgid);
    return row && toMessage(row);
  };
  return { messages, quotes: quotesOf(messages, find) };
}
