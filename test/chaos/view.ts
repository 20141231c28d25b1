/** What one client was told: the entry at each seq of each room, how each message is now, and whatever is impossible. */
import { hash } from "node:crypto";
import type { HistoryEntry, HistoryMessage } from "../../protocol/events.ts";
import { isAnotherLog } from "../../protocol/log-name.ts";

/** Characters of a text that are kept verbatim: in a long run, many clients know many messages. */
const TEXT_KEPT_MAX = 80;

/** As much of a message as never changes. */
export type Said = Pick<HistoryMessage, "seq" | "msgid" | "time" | "from">;

/** What changes of a message: its text, undefined when it was deleted, and by emoji how many reacted, and who did first. */
export interface Shown {
  text: string | undefined;
  reactions: Map<string, Reactions>;
}

interface Reactions {
  count: number;
  names: readonly string[];
}

export class View {
  /** What should never happen. */
  readonly violations: string[] = [];
  readonly #name: string;
  #rooms: ReadonlyMap<string, ViewOfRoom>;
  readonly #lasts = new Map<string, number>();
  #log: string | undefined;
  readonly #former: FormerEntry[] = [];

  constructor(name: string, rooms: readonly string[]) {
    this.#name = name;
    this.#rooms = emptyRooms(rooms);
  }

  /** The name of the log that the entries belong to; undefined until it was told. */
  get log(): string | undefined {
    return this.#log;
  }

  /** All known entries of replaced logs. */
  get former(): readonly FormerEntry[] {
    return this.#former;
  }

  /** Whatever follows belongs to the log of this name. @returns whether it has replaced another one */
  inLog(log: string): boolean {
    const before = this.#log;
    this.#log = log;
    if (!isAnotherLog(before, log)) return false;
    for (const [room, { entries }] of this.#rooms) {
      for (const [seq, line] of entries) this.#former.push({ log: before ?? "", room, seq, line });
    }
    this.#rooms = emptyRooms([...this.#rooms.keys()]);
    this.#lasts.clear();
    return true;
  }

  /** Records an entry as it was told; if it is there already, it must be the same. */
  know(room: string, entry: HistoryEntry): void {
    this.#place(room, entry.seq, entry.type === "message" ? lineOf(entry) : changeLineOf(entry));
    const { shown, newest } = this.#room(room);
    if (entry.type === "message") {
      if (!shown.has(entry.msgid)) newest.push(entry.msgid);
      if (newest.length > NEWEST_MAX) newest.shift();
      const reactions = new Map(entry.reactions?.map(({ emoji, count, from }) => [emoji, { count, names: from }]));
      shown.set(entry.msgid, { text: entry.deleted ? undefined : entry.text, reactions });
      return;
    }
    const message = shown.get(entry.msgid);
    // What is loaded late of a message that was deleted is from before that.
    if (message?.text === undefined) return;
    if (entry.type === "edit") message.text = entry.text;
    else if (entry.type === "delete") shown.set(entry.msgid, { text: undefined, reactions: new Map() });
    else if (entry.count > 0) message.reactions.set(entry.emoji, { count: entry.count, names: entry.names });
    else message.reactions.delete(entry.emoji);
  }

  /** Writes down where the answer to a post says that it stands. @returns it as one line */
  said(room: string, message: Said & { text: string }): string {
    // Told in another way before, it may have been changed since.
    if (!this.#room(room).shown.has(message.msgid)) this.know(room, { type: "message", ...message });
    const line = lineOf(message);
    this.#place(room, message.seq, line);
    return line;
  }

  /** The highest known seq of a room; 0 for none. */
  last(room: string): number {
    return this.#lasts.get(room) ?? 0;
  }

  /** One of the messages told last of a room that was not deleted, as far as is known. */
  newest(room: string, fromEnd: number): string | undefined {
    const { newest, shown } = this.#room(room);
    const msgid = newest.at(-1 - fromEnd);
    return msgid !== undefined && shown.get(msgid)?.text !== undefined ? msgid : undefined;
  }

  /** Everything known of a room, by seq. */
  lines(room: string): string[] {
    const entries = [...this.#room(room).entries];
    return entries.sort(([a], [b]) => a - b).map(([, line]) => line);
  }

  /** How each message of a room is, as far as this client was told. */
  shown(room: string): ReadonlyMap<string, Shown> {
    return this.#room(room).shown;
  }

  violate(what: string): void {
    this.violations.push(`${this.#name}: ${what}`);
  }

  #room(room: string) {
    const known = this.#rooms.get(room);
    if (!known) throw new Error(`nobody is in ${room}`);
    return known;
  }

  #place(room: string, seq: number, line: string): void {
    const { entries } = this.#room(room);
    const known = entries.get(seq);
    if (known !== undefined && known !== line) this.violate(`in ${room}, ${known} has become ${line}`);
    entries.set(seq, line);
    this.#lasts.set(room, Math.max(seq, this.last(room)));
  }
}

/** What one client knows about a room. */
interface ViewOfRoom {
  entries: Map<number, string>;
  shown: Map<string, Shown>;
  newest: string[];
}

/** An entry of a replaced log. */
export interface FormerEntry {
  log: string;
  room: string;
  seq: number;
  line: string;
}

function emptyRooms(rooms: readonly string[]): ReadonlyMap<string, ViewOfRoom> {
  return new Map(rooms.map((room) => [room, { entries: new Map(), shown: new Map<string, Shown>(), newest: [] }]));
}

/** Messages of a room that are remembered as new. */
const NEWEST_MAX = 10;

/** What never changes of a message, as one line. */
export function lineOf({ seq, msgid, time, from }: Said): string {
  return `${seq} ${msgid} ${time} ${from}`;
}

/** A change as one line: not what it told of the message, which is how that was at the time of telling. */
export function changeLineOf({ seq, type, msgid, time, from }: Said & { type: string }): string {
  return `${seq} ${type} ${msgid} ${time} ${from}`;
}

/** What people see of a message, as one line: two lines are the same when that is. */
export function shownLineOf({ text, reactions }: Shown): string {
  if (text === undefined) return "deleted";
  const kept = text.length <= TEXT_KEPT_MAX ? text : hash("sha256", text);
  return [kept, ...[...reactions].map(([emoji, { count, names }]) => `${emoji} ${count}: ${names}`).sort()].join(" ");
}
