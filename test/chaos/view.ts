/** What one client was told: the message at each seq of each room, and whatever cannot be. */
import { hash } from "node:crypto";
import type { HistoryEntry, HistoryMessage } from "../../protocol/events.ts";

/** Characters of a text that are kept as they are: a long run has many clients who know many messages. */
const TEXT_KEPT_MAX = 80;

/** As much of a message as people see. */
export type Said = Pick<HistoryMessage, "seq" | "msgid" | "time" | "from" | "text">;

export class View {
  /** What should never happen. */
  readonly violations: string[] = [];
  readonly #name: string;
  readonly #rooms: ReadonlyMap<string, Map<number, string>>;
  readonly #lasts = new Map<string, number>();

  constructor(name: string, rooms: readonly string[]) {
    this.#name = name;
    this.#rooms = new Map(rooms.map((room) => [room, new Map<number, string>()]));
  }

  /** Writes down a message; one that is there already must be the same. @returns it as one line */
  know(room: string, message: Said): string {
    const messages = this.#rooms.get(room);
    const line = lineOf(message);
    const known = messages?.get(message.seq);
    if (known !== undefined && known !== line) this.violate(`in ${room}, ${known} has become ${line}`);
    messages?.set(message.seq, line);
    this.#lasts.set(room, Math.max(message.seq, this.last(room)));
    return line;
  }

  /** The highest seq known of a room, 0 for none. */
  last(room: string): number {
    return this.#lasts.get(room) ?? 0;
  }

  /** Everything known of a room, by seq. */
  lines(room: string): string[] {
    const messages = [...(this.#rooms.get(room) ?? [])];
    return messages.sort(([a], [b]) => a - b).map(([, line]) => line);
  }

  violate(what: string): void {
    this.violations.push(`${this.#name}: ${what}`);
  }
}

/** The messages of an answer to `history`. */
export function messagesOf(entries: readonly HistoryEntry[]): HistoryMessage[] {
  return entries.filter((entry) => entry.type === "message");
}

/** A message as one line: two lines are the same when all that people see is. */
export function lineOf({ seq, msgid, time, from, text }: Said): string {
  const shown = text.length <= TEXT_KEPT_MAX ? text : hash("sha256", text);
  return `${seq} ${msgid} ${time} ${from} ${shown}`;
}
