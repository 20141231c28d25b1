/** Removes from a database what need not be kept any more, a bounded part at a time. It commits nothing. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { changesPerMessage } from "../chat/change.ts";
import { endOfTime, type Retention } from "./upkeep.ts";

type Table = "messages" | "changes";

/** Messages and changes removed at a time. Wiping the words of one from the index takes half a millisecond. */
const FORGET_MAX = 50;

export class SqliteRetention {
  readonly #forgetOld: readonly ForgetOld[];
  readonly #forgetMany: readonly StatementSync[];
  readonly #newestTime: StatementSync;

  constructor(database: DatabaseSync) {
    this.#forgetOld = [new ForgetOld(database, "messages"), new ForgetOld(database, "changes")];
    this.#forgetMany = [forgetAllBut(database, "messages", 1), forgetAllBut(database, "changes", changesPerMessage)];
    this.#newestTime = database.prepare(
      `SELECT max((SELECT max(time) FROM messages WHERE conversation = conversations.id)) AS time FROM conversations`,
    );
  }

  /** @returns how many were removed */
  forget({ since, now = endOfTime, messagesMax }: Retention): number {
    const old = since === undefined ? [] : this.#forgetOld.map((table) => table.forget({ since, now }));
    const many = messagesMax === undefined ? [] : this.#forgetMany.map((forget) => changesOf(forget, messagesMax));
    return [...old, ...many].reduce((sum, count) => sum + count, 0);
  }

  newestTime(): string | undefined {
    const time = this.#newestTime.get()?.time;
    return typeof time === "string" ? time : undefined;
  }
}

/**
 * Removes from each conversation of a table, one after another, what comes before the first entry that is young enough.
 */
class ForgetOld {
  readonly #findAged: StatementSync;
  readonly #forgetAged: StatementSync;

  constructor(database: DatabaseSync, table: Table) {
    this.#findAged = database.prepare(
      `SELECT id FROM conversations WHERE (SELECT time NOT BETWEEN :since AND :now FROM ${table}
         WHERE conversation = conversations.id ORDER BY seq LIMIT 1)`,
    );
    this.#forgetAged = database.prepare(
      `WITH
         oldest AS (SELECT id, seq, time FROM ${table} WHERE conversation = :conversation ORDER BY seq LIMIT :limit),
         before AS (SELECT * FROM oldest WHERE seq <
           (SELECT coalesce(min(seq), ${Number.MAX_SAFE_INTEGER}) FROM oldest WHERE time BETWEEN :since AND :now))
       DELETE FROM ${table} WHERE id IN (
         SELECT id FROM before WHERE seq <= (SELECT max(seq) FROM before WHERE time < :since))`,
    );
  }

  forget(age: { since: string; now: string }): number {
    let left = FORGET_MAX;
    for (const { id } of this.#findAged.all({ ...age })) {
      left -= Number(this.#forgetAged.run({ ...age, conversation: Number(id), limit: left }).changes);
      if (left === 0) break;
    }
    return FORGET_MAX - left;
  }
}

/** A statement that removes all but the newest entries of each conversation, keeping `times` the given number. */
function forgetAllBut(database: DatabaseSync, table: Table, times: number): StatementSync {
  return database.prepare(
    `WITH kept AS (
       SELECT id AS conversation, (SELECT seq FROM ${table} WHERE conversation = conversations.id
         ORDER BY seq DESC LIMIT 1 OFFSET ? * ${times} - 1) AS first FROM conversations)
     DELETE FROM ${table} WHERE id IN (
       SELECT ${table}.id FROM kept JOIN ${table} ON ${table}.conversation = kept.conversation
       WHERE seq < first ORDER BY ${table}.id LIMIT ${FORGET_MAX})`,
  );
}

function changesOf(statement: StatementSync, value: number): number {
  return Number(statement.run(value).changes);
}
