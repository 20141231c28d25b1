/** What the tests of catching up share: a server's log of any length, and what one person is told of it. */
import type { HistoryAnswer } from "../../bridge/upstream/catch-up.ts";
import { CatchUps } from "../../bridge/upstream/catch-ups.ts";
import type { PageEvent } from "../../protocol/bridge-events.ts";
import type { HistoryMessage, RoomEvent } from "../../protocol/events.ts";

const time = "2026-11-21T10:00:00.000Z";
/** How many entries the server returns at a time. */
const PAGE = 4;

/** A message as the history tells it. */
export const past = (seq: number): HistoryMessage => ({
  type: "message",
  ...{ msgid: `m${seq}`, seq, time, from: "bruno", text: `text ${seq}` },
});
export const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => past(from + index));
export const message = (seq: number, room = "lobby"): RoomEvent => ({ ...past(seq), room });
const edit = (seq: number) => ({ ...past(seq), type: "edit", msgid: "m1", text: "better" }) as const;
export const react = (seq: number, room: string): RoomEvent => ({
  ...{ type: "react", room, msgid: "m1", seq, time, from: "anna", emoji: "👍", on: true },
  ...{ count: 1, names: ["anna"] },
});
export const left: RoomEvent = { type: "member-left", room: "lobby", name: "bruno", count: 1, time, reason: "quit" };
export const joined = (
  seq: number,
  recent = range(Math.max(1, seq - 2), seq),
  room = "lobby",
  log?: string,
): RoomEvent => ({
  type: "joined",
  room,
  ...(log === undefined ? {} : { log }),
  members: [{ name: "anna" }],
  seq,
  recent,
});

export class CatchUpRig {
  /** The server's log goes up to this seq. */
  logSeq = 0;
  /** What is an edit in the log, by seq. The rest are messages. */
  edits: readonly number[] = [];
  /** What the server was asked: `lobby 3` for everything after 3. */
  readonly asked: string[] = [];
  readonly memory: { heard: Map<string, number | undefined>; log: string | undefined } = {
    heard: new Map(),
    log: undefined,
  };
  catchUps = this.#connected(true);
  #told: string[] = [];
  #answered = Promise.resolve();

  /** A new connection, to a server that has a history or none. */
  open(history = true): void {
    this.catchUps = this.#connected(history);
  }

  /** From now on, the server answers when the function that this returns is called. */
  answerLater(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#answered = promise;
    return resolve;
  }

  /** What is told by these events and by whatever has been answered: `message 4`, `@bruno message 4`, `stuck`. */
  async take(...events: RoomEvent[]): Promise<string[]> {
    for (const event of events) this.catchUps.take(event);
    await new Promise((resolve) => setImmediate(resolve));
    return this.#told.splice(0);
  }

  #connected(history: boolean): CatchUps {
    return new CatchUps({
      memory: this.memory,
      limits: { missedMessagesMax: 10 },
      history: async (room, after = this.logSeq - 2): Promise<HistoryAnswer> => {
        this.asked.push(`${room} ${after}`);
        await this.#answered;
        if (!history) return undefined;
        const messages = range(Math.max(0, after) + 1, Math.min(this.logSeq, after + PAGE));
        const entries = messages.map((each) => (this.edits.includes(each.seq) ? edit(each.seq) : each));
        return { entries, more: after + PAGE < this.logSeq };
      },
      tell: (event) => this.#told.push(shown(event)),
      stuck: () => this.#told.push("stuck"),
    });
  }
}

function shown(event: PageEvent): string {
  if (!("seq" in event)) return event.type;
  return `${event.room === "lobby" ? "" : `${event.room} `}${event.type} ${event.seq}`;
}
