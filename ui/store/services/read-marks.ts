/** Tells the server how far the reader has read, so that their other windows, and they tomorrow, know it too. */

import { hasMemory, isOnline, type RoomState } from "../model/state.ts";
import type { ServiceContext } from "../service-context.ts";

/** A room's mark is told at most every so many ms. */
export const readGapMs = 1_000;

export class ReadMarks {
  readonly #context: ServiceContext;
  /** The rooms of which something was told so recently that the next must wait, by their keys. */
  readonly #resting = new Set<string>();
  /** What was told last of each; what the server refused is not told again. */
  readonly #told = new Map<string, number>();
  /** The name of the log of which that is. */
  #log: string | undefined;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Tells what is due; to be called after every change. */
  tell(): void {
    const { log } = this.#context.state;
    if (log !== this.#log) this.#told.clear();
    this.#log = log;
    for (const [key, room] of this.#context.state.rooms) {
      if (!this.#resting.has(key) && this.#isDue(key, room)) void this.#tell(key, room);
    }
  }

  /** Tells what is due of one room without waiting: the person leaves it. */
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
