/**
 * Keeps one chat server from taking all of the bridge's time: what arrives is passed on in small portions, each in its
 * own turn of the event loop, and no faster than a budget; beyond that, the source is paused. Nothing is lost or
 * reordered. It counts bytes and does not know what they mean.
 */

/** Bytes passed on at once; between two portions, everybody else gets a turn. */
export const portionBytes = 16_384;

/** The most that Node reads at once: a chunk of this size was not cut there on purpose. */
const chunkBytesMax = 65_536;

/** @param continues the cut before this portion was made by us or by the reading, not by the sender */
type Pass = (portion: Buffer, continues: boolean) => void;

export interface FloodBudget {
  bytesPerSecond: number;
  /** Bytes that may arrive at once after a silence. */
  burstBytes: number;
}

/** Where the bytes come from. Whatever it has delivered before being paused is kept here. */
interface Pausable {
  pause(): unknown;
  resume(): unknown;
}

export class ReadThrottle {
  readonly #source: Pausable;
  readonly #pass: Pass;
  #budget: FloodBudget;
  #leftBytes: number;
  #countedAtMs = performance.now();
  #waiting: { bytes: Buffer; isFull: boolean }[] = [];
  #continues = false;
  #paused = false;
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;

  constructor(source: Pausable, budget: FloodBudget, pass: Pass) {
    this.#source = source;
    this.#budget = budget;
    this.#leftBytes = budget.burstBytes;
    this.#pass = pass;
  }

  /** Replaces the budget when the server turns out to be of another kind. */
  set budget(budget: FloodBudget) {
    this.#budget = budget;
    this.#leftBytes = Math.min(this.#leftBytes, budget.burstBytes);
  }

  /** Whether it holds back something that has arrived. */
  get holds(): boolean {
    return this.#waiting.length > 0;
  }

  take(chunk: Buffer): void {
    this.#waiting.push({ bytes: chunk, isFull: chunk.length >= chunkBytesMax });
    if (!this.#paused) this.#next();
  }

  /** The source has ended: passes on everything that is left. */
  drain(): void {
    const waiting = this.#waiting;
    this.stop();
    for (const { bytes, isFull } of waiting) this.#hand(bytes, isFull);
  }

  /** Nobody needs what is left. */
  stop(): void {
    this.#waiting = [];
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  }

  #next(): void {
    const [first] = this.#waiting;
    if (!first) {
      this.#resume();
      return;
    }
    const portion = first.bytes.subarray(0, portionBytes);
    const dueInMs = this.#dueInMs(portion.length);
    if (dueInMs > 0) {
      this.#pause();
      this.#timer = setTimeout(() => this.#next(), dueInMs);
      return;
    }
    first.bytes = first.bytes.subarray(portionBytes);
    const isCut = first.bytes.length > 0;
    if (!isCut) this.#waiting.shift();
    this.#leftBytes -= portion.length;
    this.#hand(portion, isCut || first.isFull);
    if (this.#waiting.length === 0) {
      this.#resume();
      return;
    }
    this.#pause();
    this.#turn = setImmediate(() => this.#next());
  }

  #hand(portion: Buffer, isCut: boolean): void {
    const continues = this.#continues;
    this.#continues = isCut;
    this.#pass(portion, continues);
  }

  /** Milliseconds until the budget allows that many bytes, or as many as it ever allows at once; 0 when it does now. */
  #dueInMs(bytes: number): number {
    const { bytesPerSecond, burstBytes } = this.#budget;
    const nowMs = performance.now();
    const backBytes = ((nowMs - this.#countedAtMs) / 1_000) * bytesPerSecond;
    this.#leftBytes = Math.min(burstBytes, this.#leftBytes + backBytes);
    this.#countedAtMs = nowMs;
    const missingBytes = Math.min(bytes, burstBytes) - this.#leftBytes;
    return Math.ceil((Math.max(0, missingBytes) / bytesPerSecond) * 1_000);
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#source.pause();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#source.resume();
  }
}
