/** Compares at the end what each client knows with the database, and both with what was answered. */
import { DatabaseSync } from "node:sqlite";
import { wireLimits } from "../../protocol/limits.ts";
import type { ChaosClient } from "./chaos-client.ts";
import { stranger } from "./replaced-database.ts";
import { changeLineOf, lineOf, type Said, type Shown, shownLineOf } from "./view.ts";

/** How many entries of each kind are in the database. */
export interface Kept {
  messages: number;
  changes: number;
}

/** @returns what is kept, and what is not as it should be */
export function compare(
  clients: readonly ChaosClient[],
  rooms: readonly string[],
  file: string,
): { kept: Kept; violations: string[] } {
  const database = new DatabaseSync(file, { readOnly: true });
  const kept = { messages: 0, changes: 0 };
  const violations = rooms.flatMap((room) => {
    const [messages, changes] = [readMessages(database, room), readChanges(database, room)];
    kept.messages += messages.length;
    kept.changes += changes.length;
    return [
      ...compareEntries(clients, room, messages, changes),
      ...compareMessages(clients, room, messages),
      ...compareAnswers(clients, room, messages),
    ];
  });
  violations.push(...compareFormer(clients, database));
  database.close();
  return { kept, violations };
}

/** Nothing of a replaced log is in the present one, and all clients agree on what it contained. */
function compareFormer(clients: readonly ChaosClient[], database: DatabaseSync): string[] {
  const log = String(database.prepare("SELECT id FROM log").get()?.id);
  // The msgid is a message's second word, and a change's third.
  const find = database.prepare("SELECT 1 FROM messages WHERE msgid IN (?, ?)");
  const isPresent = (line: string) => find.get(...line.split(" ").slice(1, 3)) !== undefined;
  const known = new Map<string, string>();
  return clients.flatMap(({ name, view }) => [
    ...(view.log === log ? [] : [`${name} is in the log ${view.log}, and the server has ${log}`]),
    ...view.former.flatMap(({ log, room, seq, line }) => {
      const place = `${log} ${room} ${seq}`;
      const other = known.get(place) ?? line;
      known.set(place, other);
      if (other !== line) return [`${name} in ${room}, in a former log: ${line} for ${other}`];
      return isPresent(line) ? [`${name} in ${room} has ${line} in a former log, and it is there`] : [];
    }),
  ]);
}

/** Everything that happened must be known to all, and nothing else. */
function compareEntries(
  clients: readonly ChaosClient[],
  room: string,
  messages: readonly Message[],
  changes: readonly Change[],
): string[] {
  const entries = [
    ...messages.map((message) => ({ seq: message.seq, line: lineOf(message) })),
    ...changes.map((change) => ({ seq: change.seq, line: changeLineOf(change) })),
  ].sort((a, b) => a.seq - b.seq);
  const misplaced = entries.flatMap(({ seq }, index) =>
    seq === index + 1 ? [] : [`${room}: seq ${seq} stands at place ${index + 1}`],
  );
  const kept = entries.map(({ line }) => line);
  return misplaced.concat(
    clients.flatMap(({ name, view }) => difference(`${name} in ${room}`, view.lines(room), kept)),
  );
}

/** Every message must be for all as it is: its text, whether it was deleted, its reactions. */
function compareMessages(clients: readonly ChaosClient[], room: string, messages: readonly Message[]): string[] {
  const kept = messages.map((message) => `${message.msgid} ${shownLineOf(message)}`);
  return clients.flatMap(({ name, view }) => {
    const shown = view.shown(room);
    const known = messages.map(({ msgid }) => {
      const message = shown.get(msgid);
      return `${msgid} ${message ? shownLineOf(message) : "is not known"}`;
    });
    return difference(`${name} in ${room}, as it is now,`, known, kept);
  });
}

/** What was answered must be there, and as whoever did it left it. */
function compareAnswers(clients: readonly ChaosClient[], room: string, messages: readonly Message[]): string[] {
  const kept = new Map(messages.map((message) => [message.msgid, message]));
  const said = clients.flatMap(({ acts }) => [...acts.said]).filter(([, { room: place }]) => place === room);
  const violations = said.flatMap(([msgid, { line, text }]) => {
    const message = kept.get(msgid);
    if (!message || lineOf(message) !== line) return [`${line} was answered and is not there`];
    return message.text === text ? [] : [`${line} says ${message.text} for ${text}`];
  });
  violations.push(...clients.flatMap((client) => compareReactions(client, kept)));
  const own = messages.filter(({ from }) => from !== stranger);
  if (said.length !== own.length) {
    violations.push(`${said.length} messages were answered and ${own.length} are there`);
  }
  return violations.map((violation) => `${room}: ${violation}`);
}

/** @param kept the messages of one room */
function compareReactions({ name, acts }: ChaosClient, kept: ReadonlyMap<string, Message>): string[] {
  const reactions = [...acts.reactions].flatMap(([reaction, on]) => {
    const [msgid = "", emoji = ""] = reaction.split(" ");
    const message = kept.get(msgid);
    if (message?.text === undefined) return [];
    const isThere = message.everybody.get(emoji)?.includes(name) ?? false;
    return isThere === on ? [] : [`${emoji} of ${name} to ${msgid} is ${isThere ? "" : "not "}there`];
  });
  const refused = [...acts.vanished].filter((msgid) => kept.get(msgid)?.text !== undefined);
  return reactions.concat(refused.map((msgid) => `${name} could not react to ${msgid}, which is there`));
}

/** `everybody`: who reacted, by emoji. */
type Message = Said & Shown & { everybody: ReadonlyMap<string, readonly string[]> };
type Change = Said & { type: string };

function readMessages(database: DatabaseSync, room: string): Message[] {
  const rows = database
    .prepare(
      `SELECT seq, msgid, time, sender, text, deleted, reactions FROM messages
       JOIN conversations ON conversations.id = conversation WHERE conversations.name = ? ORDER BY seq`,
    )
    .all(room);
  return rows.map(({ text, deleted, reactions, ...row }) => {
    const kept = JSON.parse(String(reactions)) as { emoji: string; from: { name: string }[] }[];
    const all = kept.map(({ emoji, from }) => ({ emoji, from: from.map(({ name }) => name) }));
    return {
      ...saidIn(row),
      text: deleted === 1 ? undefined : String(text),
      reactions: new Map(
        all.map(({ emoji, from }) => [
          emoji,
          { count: from.length, names: from.slice(0, wireLimits.reactionNamesMax) },
        ]),
      ),
      everybody: new Map(all.map(({ emoji, from }) => [emoji, from])),
    };
  });
}

function readChanges(database: DatabaseSync, room: string): Change[] {
  const rows = database
    .prepare(
      `SELECT seq, type, msgid, time, sender FROM changes
       JOIN conversations ON conversations.id = conversation WHERE conversations.name = ? ORDER BY seq`,
    )
    .all(room);
  return rows.map(({ type, ...row }) => ({ ...saidIn(row), type: String(type) }));
}

function saidIn({ seq, msgid, time, sender }: Record<string, unknown>): Said {
  return { seq: Number(seq), msgid: String(msgid), time: String(time), from: String(sender) };
}

function difference(what: string, known: readonly string[], kept: readonly string[]): string[] {
  const at = kept.findIndex((line, index) => line !== known[index]);
  if (at === -1 && known.length === kept.length) return [];
  const first = at === -1 ? kept.length : at;
  return [`${what} knows ${known.length} of ${kept.length}; first difference: ${known[first]} for ${kept[first]}`];
}
