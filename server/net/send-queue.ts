/**
 * What is due to one connection, between the chat and the transport. It is handed over in portions, so that it becomes
 * clear whether the reader takes anything. A reader is too slow when it leaves data untaken for a time, or so much that
 * there is no room for more. What a single turn produces is not its fault, and counts only if it is still there at the
 * next one.
 *
 * There are two ways of writing: a portion's worth of bytes in one write, or each push in a separate write with a gap
 * after it, for clients that take every read for a message. Those are slow because of us: when they cannot keep up, the
 * oldest rows are left out, and nobody is disconnected.
 */
import type { ServerLimits } from "../limits.ts";
import type { Transport } from "./transport.ts";

export interface SendQueueOptions {
  transport: Transport;
  limits: Pick<
    ServerLimits,
    | "sendPortionBytes"
    | "sendQueueBytesMax"
    | "sendBacklogBytesMax"
    | "sendBacklogMs"
    | "sendStallMs"
    | "owedBytesMax"
    | "chunkGapMs"
    | "chunkRowsMax"
    | "closeGraceMs"
  >;
  /** The reader is too slow. Called once; what has not been handed to the transport is dropped by then. */
  overflow: () => void;
  /** The reader has taken something. */
  taken: () => void;
}

export class SendQueue {
  readonly #options: SendQueueOptions;
  readonly #transport: Transport;
  readonly #limits: SendQueueOptions["limits"];
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** The part of what is waiting that this turn has added. */
  #addedBytes = 0;
  /** Handed over but not taken. */
  #writtenBytes = 0;
  /** Each write is kept apart; of more than there is room for, the oldest are left out, and this says so. */
  #leftOut: ((count: number) => Uint8Array) | undefined;
  #leftOutRows = 0;
  #ending = false;
  #ended = () => {};
  #tooSlow = false;
  #gap: NodeJS.Timeout | undefined;
  #stall: NodeJS.Timeout | undefined;
  #backlog: NodeJS.Timeout | undefined;

  constructor(options: SendQueueOptions) {
    this.#options = options;
    this.#transport = options.transport;
    this.#limits = options.limits;
  }

  /** The peer must read before anything else is done for it. Clients that get separate rows cannot read faster. */
  get isOwed(): boolean {
    return !this.#apart && this.dueBytes > this.#limits.owedBytesMax;
  }

  /** What the reader has not taken. */
  get dueBytes(): number {
    return this.#waitingBytes + this.#writtenBytes;
  }

  /** From now on each `push` is a separate write. @param leftOut what is written in place of so many left out */
  writeApart(leftOut: (count: number) => Uint8Array): void {
    this.flush();
    this.#leftOut = leftOut;
  }

  /** Adds bytes; they are written at the next `flush`. */
  push(bytes: Uint8Array): void {
    if (this.#ending) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#addedBytes += bytes.length;
    if (this.#apart && this.#waiting.length > this.#limits.chunkRowsMax) this.#leaveOutOldest();
  }

  /** Hands what is waiting to the transport, as much as it takes now. */
  flush(): void {
    const before = this.dueBytes - this.#addedBytes;
    this.#addedBytes = 0;
    if (before > this.#limits.sendQueueBytesMax) this.#giveUp();
    this.#writeMore();
    if (this.#isBehind) this.#backlog ??= setTimeout(() => this.#giveUp(), this.#limits.sendBacklogMs);
  }

  /**
   * Accepts nothing more, and hands what is waiting to the transport: only the last words to a reader that was too slow,
   * and row by row only what fits in `closeGraceMs`. @param ended called when that is done
   */
  end(ended: () => void): void {
    this.#ending = true;
    this.#ended = ended;
    const rowsMax = Math.max(1, Math.floor(this.#limits.closeGraceMs / this.#limits.chunkGapMs));
    if (this.#tooSlow) this.#waiting = this.#waiting.slice(-1);
    else if (this.#apart) this.#waiting = this.#waiting.slice(-rowsMax);
    this.#writeMore();
    this.#endIfDone();
  }

  /** Stops all timers; the connection is gone. */
  close(): void {
    this.#ending = true;
    this.#waiting = [];
    for (const timer of [this.#gap, this.#stall, this.#backlog]) clearTimeout(timer);
  }

  get #apart(): boolean {
    return this.#leftOut !== undefined;
  }

  get #isBehind(): boolean {
    return this.dueBytes > this.#limits.sendBacklogBytesMax;
  }

  #leaveOutOldest(): void {
    const oldest = this.#waiting.shift();
    this.#waitingBytes -= oldest?.length ?? 0;
    this.#leftOutRows += 1;
  }

  #writeMore(): void {
    if (this.#apart) this.#writeNextRow();
    // Last words to a reader that takes nothing do not wait for what it has not taken.
    else if (this.#writtenBytes === 0 || this.#tooSlow) this.#write(this.#takePortion());
  }

  /** Whole pushes, so that a connection that ends early has had whole lines. */
  #takePortion(): readonly Uint8Array[] {
    let count = 0;
    let bytes = 0;
    while (count < this.#waiting.length && bytes < this.#limits.sendPortionBytes) {
      bytes += this.#waiting[count]?.length ?? 0;
      count += 1;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  #write(parts: readonly Uint8Array[]): void {
    if (parts.length === 0) return;
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    this.#writtenBytes += bytes;
    this.#transport.write(parts, () => this.#taken(bytes));
    // What the system has taken at once needs no watching.
    if (this.#transport.bytesWaiting > 0) this.#watch();
  }

  #watch(): void {
    this.#stall ??= setTimeout(() => this.#giveUp(), this.#limits.sendStallMs);
  }

  #taken(bytes: number): void {
    this.#writtenBytes -= bytes;
    clearTimeout(this.#stall);
    this.#stall = undefined;
    if (this.#writtenBytes > 0) this.#watch();
    if (this.#backlog && !this.#isBehind) {
      clearTimeout(this.#backlog);
      this.#backlog = undefined;
    }
    if (!this.#apart) this.#writeMore();
    this.#endIfDone();
    this.#options.taken();
  }

  #endIfDone(): void {
    if (!this.#ending || this.#waiting.length > 0 || this.#gap) return;
    const ended = this.#ended;
    this.#ended = () => {};
    ended();
  }

  #writeNextRow(): void {
    if (this.#gap) return;
    const next = this.#nextRow();
    if (!next) return;
    this.#write([next]);
    this.#gap = setTimeout(() => {
      this.#gap = undefined;
      this.#writeNextRow();
      this.#endIfDone();
    }, this.#limits.chunkGapMs);
  }

  #nextRow(): Uint8Array | undefined {
    if (this.#leftOut && this.#leftOutRows > 0) {
      const notice = this.#leftOut(this.#leftOutRows);
      this.#leftOutRows = 0;
      return notice;
    }
    const next = this.#waiting.shift();
    this.#waitingBytes -= next?.length ?? 0;
    return next;
  }

  #giveUp(): void {
    if (this.#tooSlow) return;
    this.#tooSlow = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#options.overflow();
  }
}
