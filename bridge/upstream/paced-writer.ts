/**
 * Writes to a server without framing: one message per write, with a gap between two, and none while the peer has not
 * accepted the previous one. What the peer's kernel has accepted, the peer may not have read, so a write can ask for a
 * longer gap, which ends as soon as the peer is known to have read. It knows neither names nor answers.
 */
import type { Wire } from "./upstream-client.ts";

interface Item {
  /** Undefined for anything else that waits its turn. */
  text: string | undefined;
  done: () => void;
  patienceMs: () => number;
}

export class PacedWriter {
  readonly #wire: Wire;
  readonly #gapMs: number;
  #queue: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writtenAtMs = Number.NEGATIVE_INFINITY;
  #allRead = true;

  /** @param gapMs milliseconds between any two writes */
  constructor(wire: Wire, gapMs: number) {
    this.#wire = wire;
    this.#gapMs = gapMs;
  }

  /**
   * @param written called when the text has been handed to the socket
   * @param patienceMs milliseconds between this text and the write before it, unless that is known to have been read;
   * asked when the text's turn has come
   */
  write(text: string, written: () => void, patienceMs: () => number = () => 0): void {
    this.#queue.push({ text, done: written, patienceMs });
    this.#next();
  }

  /** Does something once, when its turn comes, just like a text. */
  after(act: () => void, patienceMs: () => number): void {
    this.#queue.push({ text: undefined, done: act, patienceMs });
    this.#next();
  }

  /** The peer has shown that it has read everything written: the normal gap is enough. */
  allRead(): void {
    this.#allRead = true;
    this.#next();
  }

  /** Drops everything that is not written yet. */
  clear(): void {
    this.#queue = [];
  }

  stop(): void {
    this.clear();
    clearTimeout(this.#timer);
  }

  #next(): void {
    clearTimeout(this.#timer);
    const [item] = this.#queue;
    if (!item) return;
    const patienceMs = this.#allRead ? 0 : item.patienceMs();
    const dueAtMs = this.#writtenAtMs + Math.max(this.#gapMs, patienceMs);
    const dueInMs = Math.ceil(dueAtMs - performance.now());
    if (dueInMs > 0 || this.#wire.bytesWaiting() > 0) {
      this.#timer = setTimeout(() => this.#next(), dueInMs > 0 ? dueInMs : this.#gapMs);
      return;
    }
    this.#queue.shift();
    if (item.text !== undefined) {
      this.#wire.write(item.text);
      this.#writtenAtMs = performance.now();
      this.#allRead = false;
    }
    item.done();
    this.#next();
  }
}
