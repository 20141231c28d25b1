/**
 * The pages of one session: sends all of them the same events, and brings a new or returning page up to date. It knows
 * pages by what they can be sent, and nothing of connections.
 */
import { randomUUID } from "node:crypto";
import type {
  BridgeToPage,
  ConnectionState,
  NumberedEvent,
  PageEvent,
  PageHandshake,
  Snapshot,
} from "../protocol/bridge-events.ts";
import type { BridgeLimits } from "./limits.ts";
import { Replay } from "./replay.ts";
import { Rooms } from "./rooms.ts";

/** A page as its session sees it: what can be sent to it. */
export type Page = Omit<BridgeToPage, "events"> & {
  /** @param chars the length of its JSON in characters */
  event(event: NumberedEvent, chars: number): void;
  /** Something else is told next: what was told until now comes before it. */
  flush(): void;
};

export class Audience {
  readonly #epoch = randomUUID();
  readonly #replay: Replay;
  readonly #rooms = new Rooms();
  readonly #pages = new Set<Page>();

  /** Events kept for returning pages are bounded as in `Replay`. */
  constructor({ replayEventsMax, replayCharsMax }: Pick<BridgeLimits, "replayEventsMax" | "replayCharsMax">) {
    this.#replay = new Replay(replayEventsMax, replayCharsMax);
  }

  get isEmpty(): boolean {
    return this.#pages.size === 0;
  }

  /** The name of the server's log, if it has told one. */
  get log(): string | undefined {
    return this.#replay.log;
  }

  /** A page has connected. @param now the current state of the session */
  add(page: Page, { epoch, after }: PageHandshake, now: Pick<Snapshot, "server" | "connection" | "name">): void {
    this.#pages.add(page);
    const since = this.#replay.since(epoch === this.#epoch ? after : 0);
    page.snapshot({ epoch: this.#epoch, ...now, ...since, rooms: this.#rooms.snapshot });
  }

  /** A page has disconnected. */
  remove(page: Page): void {
    this.#pages.delete(page);
  }

  connection(state: ConnectionState): void {
    // Somebody who is not in the chat is in no room.
    if (state.phase === "idle") this.#rooms.clear();
    for (const page of this.#pages) page.connection(state);
  }

  name(name: string, same: boolean): void {
    for (const page of this.#pages) page.name(name, same);
  }

  flush(): void {
    for (const page of this.#pages) page.flush();
  }

  /** @param ownName the person's name, so that the rooms can tell when it is they who leave */
  event(event: PageEvent, ownName: string | undefined): void {
    if (event.type === "typing") {
      for (const page of this.#pages) page.typing(event);
      return;
    }
    this.#rooms.take(event, ownName);
    const { numbered, chars } = this.#replay.add(event);
    for (const page of this.#pages) page.event(numbered, chars);
  }
}
