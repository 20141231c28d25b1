/** Tells the server how far the reader has read, so that their other windows, and later sessions, know it too. */

import { hasMemory, isOnline, type RoomState } from "../model/state.ts";
import type { ServiceContext } from "../service-context.ts";

/** A room's mark is sent at most once in this many ms. */
export const readGapMs = 1_000;

export class ReadMarks {
  readonly #context: ServiceContext;
  /** Keys of the rooms whose mark was sent so recently that the next must wait. */
  readonly #resting = new Set<string>();
  /** The last mark sent for each room. A mark that the server refused is not sent again. */
  readonly #told = new Map<string, number>();
  /** The name of the log of which that is, and of the person. */
  #log: string | undefined;
  #name: string | undefined;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Sends pending marks. Call it after every change. */
  tell(): void {
    const { log, name } = this.#context.state;
    if (log !== this.#log || name !== this.#name) this.#told.clear();
    this.#log = log;
    this.#name = name;
    for (const [key, room] of this.#context.state.rooms) {
      if (!this.#resting.has(key) && this.#isDue(key, room)) void this.#tell(key, room);
    }
  }

  /** Sends one room's pending mark at once, because the person is leaving it. */
  tellNow(key: string): void {
    const room = this.#context.state.rooms.get(key);
    if (room && this.#isDue(key, room)) void this.#tell(key, room);
  }

  #isDue(key: string, room: RoomState): boolean {
    const { state } = this.#context;
    if (!isOnline(state) || !hasMemory(state) || !room.entered) return false;
    return room.readSeq > room.markedSeq && room.readSeq !== this.#told.get(key);
  }

  async #tell(key: string, { name, readSeq: seq }: RoomState): Promise<void> {
    const { bridge, clock } = this.#context;
    this.#told.set(key, seq);
    this.#resting.add(key);
    clock.after(readGapMs, () => {
      this.#resting.delete(key);
      this.tell();
    });
    const answer = await bridge.ask({ type: "read", room: name, seq });
    if (answer.ok) this.#context.dispatch({ type: "read", room: name, seq });
    else if (answer.code === "offline" || answer.code === "lost" || answer.code === "busy") this.#told.delete(key);
  }
}
