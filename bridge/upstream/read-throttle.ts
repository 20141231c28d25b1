/**
 * Keeps one chat server from taking all of the bridge's time: what arrives is passed on in small portions, with a turn of
 * the event loop between two, and no faster than a budget; beyond that the source is paused. Nothing is lost or reordered.
 * It counts bytes and knows nothing of what they mean.
 */

/** Bytes passed on at once, between which everybody else has a turn. */
export const portionBytes = 16_384;

/** What Node reads at once, at most: a chunk of that size was cut there by nobody's intention. */
const chunkBytesMax = 65_536;

/** @param continues what was passed on before was cut here by us, or by the reading, not by the sender */
type Pass = (portion: Buffer, continues: boolean) => void;

export interface FloodBudget {
  bytesPerSecond: number;
  /** Bytes that may come at once after a silence. */
  burstBytes: number;
}

/** Where the bytes come from. What it has handed over already when it is paused is kept here. */
interface Source {
  pause(): unknown;
  resume(): unknown;
}

export class ReadThrottle {
  readonly #source: Source;
  readonly #pass: Pass;
  #budget: FloodBudget;
  #leftBytes: number;
  #countedAtMs = performance.now();
  #waiting: { bytes: Buffer; isFull: boolean }[] = [];
  #continues = false;
  #paused = false;
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;

  constructor(source: Source, budget: FloodBudget, pass: Pass) {
    this.#source = source;
    this.#budget = budget;
    this.#leftBytes = budget.burstBytes;
    this.#pass = pass;
  }

  /** From now on this is the budget: the server turned out to be of another kind. */
  set budget(budget: FloodBudget) {
    this.#budget = budget;
    this.#leftBytes = Math.min(this.#leftBytes, budget.burstBytes);
  }

  /** Whether it holds something back that has arrived. */
  get holds(): boolean {
    return this.#waiting.length > 0;
  }

  take(chunk: Buffer): void {
    this.#waiting.push({ bytes: chunk, isFull: chunk.length >= chunkBytesMax });
    if (!this.#paused) this.#next();
  }

  /** The source has ended: passes on all that is left. */
  drain(): void {
    const waiting = this.#waiting;
    this.stop();
    for (const { bytes, isFull } of waiting) this.#hand(bytes, isFull);
  }

  /** Nobody wants what is left. */
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

  /** Milliseconds until the budget allows that many bytes, or as many as it ever allows at once; 0 when it does. */
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
