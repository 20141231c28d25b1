/**
 * What is due to one connection, between the chat and the socket. Bounded: a reader who lets it overflow, or leaves
 * something untaken for too long, is reported as too slow. Two kinds of order: all bytes of a turn in one write, or each
 * write on its own with a gap after it, for clients that take every read for a message. Those are slow by our own doing:
 * when they cannot follow, the oldest rows are left out, and nobody is disconnected.
 */
import type { Socket } from "node:net";
import type { ServerLimits } from "../../protocol/limits.ts";

export interface SendQueueOptions {
  socket: Socket;
  limits: Pick<ServerLimits, "sendQueueBytesMax" | "sendStallMs" | "chunkGapMs" | "chunkRowsMax" | "closeGraceMs">;
  /** What a client is told in place of so many rows that were left out. */
  leftOut: (count: number) => Uint8Array;
  /** The reader is too slow. Called once; what has not been handed to the socket is dropped by then. */
  overflow: () => void;
}

export class SendQueue {
  readonly #socket: Socket;
  readonly #limits: SendQueueOptions["limits"];
  readonly #leftOut: SendQueueOptions["leftOut"];
  readonly #overflow: () => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #apart = false;
  #leftOutRows = 0;
  #ending = false;
  #ended = () => {};
  #tooSlow = false;
  #gap: NodeJS.Timeout | undefined;
  #stall: NodeJS.Timeout | undefined;

  constructor({ socket, limits, leftOut, overflow }: SendQueueOptions) {
    this.#socket = socket;
    this.#limits = limits;
    this.#leftOut = leftOut;
    this.#overflow = overflow;
    socket.on("drain", () => {
      clearTimeout(this.#stall);
      this.#stall = undefined;
    });
  }

  /** From now on each `push` is written on its own. */
  writeApart(): void {
    this.flush();
    this.#apart = true;
  }

  /** Adds bytes; they are written at the next `flush`. */
  push(bytes: Uint8Array): void {
    if (this.#ending) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#apart && this.#waiting.length > this.#limits.chunkRowsMax) this.#leaveOutOldest();
    if (this.#waitingBytes + this.#socket.writableLength > this.#limits.sendQueueBytesMax) this.#giveUp();
  }

  /** Hands what waits to the socket. */
  flush(): void {
    if (this.#apart) this.#writeNext();
    else this.#write(this.#take());
  }

  /**
   * Takes nothing more, and hands what waits to the socket: to a reader that was too slow only the last words, and row by
   * row only what `closeGraceMs` has room for. @param ended called when that is done
   */
  end(ended: () => void): void {
    this.#ending = true;
    this.#ended = ended;
    const rowsMax = Math.max(1, Math.floor(this.#limits.closeGraceMs / this.#limits.chunkGapMs));
    if (this.#tooSlow) this.#waiting = this.#waiting.slice(-1);
    else if (this.#apart) this.#waiting = this.#waiting.slice(-rowsMax);
    this.flush();
    if (this.#waiting.length === 0 && !this.#gap) ended();
  }

  /** Stops all timers; the socket is gone. */
  close(): void {
    this.#ending = true;
    this.#waiting = [];
    clearTimeout(this.#gap);
    clearTimeout(this.#stall);
  }

  #leaveOutOldest(): void {
    const oldest = this.#waiting.shift();
    this.#waitingBytes -= oldest?.length ?? 0;
    this.#leftOutRows += 1;
  }

  #take(): readonly Uint8Array[] {
    const taken = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return taken;
  }

  #write(parts: readonly Uint8Array[]): void {
    const [first] = parts;
    if (!first) return;
    // A second listener of the same event shares these bytes: they are never changed, so they need no copy.
    const taken = this.#socket.write(parts.length === 1 ? first : Buffer.concat(parts));
    if (!taken) this.#stall ??= setTimeout(() => this.#giveUp(), this.#limits.sendStallMs);
  }

  #writeNext(): void {
    if (this.#gap) return;
    const next = this.#nextRow();
    if (!next) return;
    this.#write([next]);
    this.#gap = setTimeout(() => {
      this.#gap = undefined;
      if (this.#ending && this.#waiting.length === 0) this.#ended();
      else this.#writeNext();
    }, this.#limits.chunkGapMs);
  }

  #nextRow(): Uint8Array | undefined {
    if (this.#leftOutRows > 0) {
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
    this.#take();
    this.#overflow();
  }
}
