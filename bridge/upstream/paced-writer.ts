/**
 * Writes to a server that frames nothing: one message per write, with a gap between two, and none while the peer has
 * not taken the one before. It knows neither names nor answers.
 */
import type { Wire } from "./link.ts";

interface Item {
  text: string;
  written: () => void;
}

export class PacedWriter {
  readonly #wire: Wire;
  readonly #gapMs: number;
  #queue: Item[] = [];
  #gap: NodeJS.Timeout | undefined;

  constructor(wire: Wire, gapMs: number) {
    this.#wire = wire;
    this.#gapMs = gapMs;
  }

  /** @param written called when the text has been handed to the socket */
  write(text: string, written: () => void): void {
    this.#queue.push({ text, written });
    if (this.#gap === undefined) this.#next();
  }

  /** Gives up all that is not written yet. */
  clear(): void {
    this.#queue = [];
  }

  stop(): void {
    this.clear();
    clearTimeout(this.#gap);
  }

  #next(): void {
    this.#gap = undefined;
    if (this.#wire.bytesWaiting() === 0) {
      const item = this.#queue.shift();
      if (!item) return;
      this.#wire.write(item.text);
      item.written();
    }
    // The gap also follows the last write: the next one may be asked for at once.
    this.#gap = setTimeout(() => this.#next(), this.#gapMs);
  }
}
