/**
 * Input from one connection that has not been handled yet. Requests are handled one at a time: when they can be paid
 * for, when the previous one has been answered, and when the peer reads its answers. Until then nothing more is read,
 * and the peer's own TCP stream waits. Nothing is dropped.
 */
import { prices } from "../chat/prices.ts";
import type { Purse } from "./purse.ts";
import type { Scheduler, Task } from "./scheduler.ts";

export interface InboxOptions {
  purse: Purse;
  scheduler: Scheduler;
  /** Runs one step; the connection deals with errors in it. */
  run(step: () => void): void;
  /** Reads what arrived, and handles one request per step. */
  read(bytes: Uint8Array): Iterator<void>;
  /** Everything has been handled, and nothing more will arrive. */
  finish(): void;
  /** Pauses and resumes reading. */
  pause(): void;
  resume(): void;
  /** Whether so much is due to the peer that it must read first; `wake` is called when it has. */
  isOwed(): boolean;
  /** The peer has to wait long enough to wonder. */
  slow(): void;
}

/** Milliseconds of waiting that a person would notice. */
const NOTICEABLE_MS = 1_000;

export class Inbox implements Task {
  readonly #options: InboxOptions;
  #arrived: Uint8Array[] = [];
  #reading: Iterator<void> | undefined;
  /** Requests that are not answered yet. */
  #unanswered = 0;
  #isEnding = false;
  #isPaused = false;
  #isClosed = false;
  /** When input first had to wait. */
  #waitsSinceMs: number | undefined;
  /** The peer has been told that it has to wait. */
  #isTold = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  push(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    this.#arrived.push(bytes);
    this.#pause();
    this.wake();
  }

  /** Nothing more will arrive. */
  end(): void {
    this.#isEnding = true;
    this.wake();
  }

  /** The current request is answered later, and nothing else is done until then. @returns a function to call then */
  hold(): () => void {
    this.#unanswered += 1;
    return () => {
      this.#unanswered -= 1;
      this.wake();
    };
  }

  /** Something has changed that it may have waited for: input, an answer, units, or the peer has taken something. */
  wake(): void {
    if (this.isReady()) this.#options.scheduler.add(this);
  }

  /** What arrived cannot be paid for yet. The peer is told once, when the wait gets long. */
  waits(): void {
    const nowMs = performance.now();
    this.#waitsSinceMs ??= nowMs;
    if (this.#isTold || nowMs - this.#waitsSinceMs < NOTICEABLE_MS) return;
    this.#isTold = true;
    this.#options.slow();
  }

  /** Drops what was not handled. */
  close(): void {
    this.#isClosed = true;
    this.#arrived = [];
    this.#reading = undefined;
    this.#options.purse.close();
    this.#options.scheduler.delete(this);
  }

  isReady(): boolean {
    if (!this.hasWork || this.#unanswered > 0 || this.#options.isOwed()) return false;
    return this.#options.purse.canGoOn(performance.now());
  }

  /** Something has arrived that is not handled. */
  get hasWork(): boolean {
    return !this.#isClosed && (this.#hasBytes || this.#isEnding);
  }

  thrift(): number {
    return this.#options.purse.thrift(performance.now());
  }

  work(): number {
    const { purse, run } = this.#options;
    const before = purse.spent;
    run(() => {
      this.#reading ??= this.#readNext();
      if (this.#reading) this.#step(this.#reading);
      else if (this.#isEnding) this.#finish();
    });
    if (!this.#hasBytes) this.#rest();
    return purse.spent - before;
  }

  #step(reading: Iterator<void>): void {
    if (reading.next().done) this.#reading = undefined;
    else this.#options.purse.pay(prices.line, performance.now());
  }

  #finish(): void {
    this.#isEnding = false;
    this.#options.finish();
  }

  #readNext(): Iterator<void> | undefined {
    const bytes = this.#arrived.shift();
    if (!bytes) return undefined;
    this.#options.purse.pay(prices.piece + (bytes.length / 1_024) * prices.lineKiB, performance.now());
    return this.#options.read(bytes);
  }

  get #hasBytes(): boolean {
    return this.#reading !== undefined || this.#arrived.length > 0;
  }

  #pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#options.pause();
  }

  /** Everything that had arrived is handled. */
  #rest(): void {
    this.#isTold = false;
    this.#waitsSinceMs = undefined;
    if (!this.#isPaused || this.#isClosed) return;
    this.#isPaused = false;
    this.#options.resume();
  }
}
