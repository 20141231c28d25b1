/** Search in the database: a query becomes one statement, whatever it is narrowed down by. */
import type { DatabaseSync } from "node:sqlite";
import { nameKey } from "../../protocol/names.ts";
import type { SearchQuery } from "../../protocol/search.ts";
import { matchOf } from "./message-index.ts";
import { isOfPerson, messageColumns } from "./rows.ts";

/** @returns rows of `messageColumns` and their `conversation`, newest first */
export function searchMessages(
  database: DatabaseSync,
  query: SearchQuery,
  { person, skip, limit }: { person: string; skip: number; limit: number },
) {
  const conditions = [
    "deleted = 0",
    // Rooms are everybody's, a private conversation is its two people's.
    `(name NOT LIKE '@%' OR ${isOfPerson})`,
  ];
  const values: Record<string, string | number> = { person, skip, limit };
  const narrow = (condition: string, key: string, value: string | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values[key] = value;
  };
  narrow("messages.id IN (SELECT rowid FROM words WHERE words MATCH :words)", "words", matchOf(query.words));
  narrow("name = :room", "room", query.room);
  narrow("name_key(sender) = :from", "from", query.from && nameKey(query.from));
  narrow("time >= :after", "after", query.after);
  narrow("time < :before", "before", query.before);
  return database
    .prepare(
      `SELECT ${messageColumns}, name AS conversation
       FROM messages JOIN conversations ON conversations.id = conversation
       WHERE ${conditions.join(" AND ")} ORDER BY messages.id DESC LIMIT :limit OFFSET :skip`,
    )
    .all(values);
}
