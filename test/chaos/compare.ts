/** At the end: what each client knows against what the database holds, and both against what was answered. */
import { DatabaseSync } from "node:sqlite";
import type { ChaosClient } from "./chaos-client.ts";
import { lineOf } from "./view.ts";

/** @returns how many messages are kept, and what is not as it must be */
export function compare(
  clients: readonly ChaosClient[],
  rooms: readonly string[],
  file: string,
): { kept: number; violations: string[] } {
  const database = new DatabaseSync(file, { readOnly: true });
  const compared = rooms.map((room) => compareRoom(clients, room, readRoom(database, room)));
  database.close();
  return {
    kept: compared.reduce((sum, { kept }) => sum + kept, 0),
    violations: compared.flatMap(({ violations }) => violations),
  };
}

function compareRoom(clients: readonly ChaosClient[], room: string, rows: readonly Row[]) {
  const violations: string[] = [];
  for (const [index, { seq }] of rows.entries()) {
    if (seq !== index + 1) violations.push(`${room}: seq ${seq} stands at place ${index + 1}`);
  }
  const texts = new Set(rows.map(({ text }) => text));
  if (texts.size !== rows.length) violations.push(`${room}: ${rows.length - texts.size} messages are there twice`);
  const kept = rows.map(lineOf);
  // All that was ever told must be there, and nothing that was not told.
  for (const { name, view } of clients) violations.push(...difference(`${name} in ${room}`, view.lines(room), kept));
  const isKept = new Set(kept);
  const acknowledged = clients.flatMap(({ posts }) => posts.acknowledged.filter((answer) => answer.room === room));
  for (const { line } of acknowledged) {
    if (!isKept.has(line)) violations.push(`${room}: ${line} was answered and is not there`);
  }
  if (acknowledged.length !== rows.length) {
    violations.push(`${room}: ${acknowledged.length} messages were answered and ${rows.length} are there`);
  }
  return { kept: rows.length, violations };
}

type Row = Parameters<typeof lineOf>[0];

function readRoom(database: DatabaseSync, room: string): Row[] {
  const rows = database
    .prepare(
      `SELECT seq, msgid, time, sender, text FROM messages JOIN conversations ON conversations.id = conversation
       WHERE conversations.name = ? ORDER BY seq`,
    )
    .all(room);
  return rows.map(({ seq, msgid, time, sender, text }) => ({
    seq: Number(seq),
    msgid: String(msgid),
    time: String(time),
    from: String(sender),
    text: String(text),
  }));
}

function difference(what: string, known: readonly string[], kept: readonly string[]): string[] {
  const at = kept.findIndex((line, index) => line !== known[index]);
  if (at === -1 && known.length === kept.length) return [];
  const first = at === -1 ? kept.length : at;
  return [`${what} knows ${known.length} of ${kept.length}; first difference: ${known[first]} for ${kept[first]}`];
}
