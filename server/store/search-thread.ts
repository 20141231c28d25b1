/**
 * Searches a database in a separate thread, one search at a time, so that nobody else waits for it. A search that
 * nobody waits for any more is not started, or is abandoned between two windows of messages.
 */
import { Worker } from "node:worker_threads";
import type { FoundByLog, Search } from "../chat/ports.ts";

/** A search for the thread. `stop` is set when it should give up. */
export interface ThreadTask extends Search {
  stop: Int32Array;
}

export type ThreadAnswer = ({ ok: true } & FoundByLog) | { ok: false; error: unknown };

interface WaitingSearch {
  task: ThreadTask;
  abandoned: AbortSignal | undefined;
  done: (answer: ThreadAnswer) => void;
}

export class SearchThread {
  readonly #file: string;
  /** The first one is in progress. Each connection has at most one, so this is bounded by their number. */
  readonly #waiting: WaitingSearch[] = [];
  #worker: Worker | undefined;

  /** @param file the database, which is opened at the first search */
  constructor(file: string) {
    this.#file = file;
  }

  async search(wanted: Search, abandoned?: AbortSignal): Promise<FoundByLog> {
    abandoned?.throwIfAborted();
    const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const onAbort = () => Atomics.store(stop, 0, 1);
    abandoned?.addEventListener("abort", onAbort);
    const answer = await new Promise<ThreadAnswer>((done) => {
      this.#waiting.push({ task: { ...wanted, stop }, abandoned, done });
      if (this.#waiting.length === 1) this.#next();
    });
    abandoned?.removeEventListener("abort", onAbort);
    abandoned?.throwIfAborted();
    if (answer.ok) return answer;
    throw answer.error;
  }

  close(): void {
    const closed = new Error("the database is closed");
    for (const { done } of this.#waiting.splice(0)) done({ ok: false, error: closed });
    void this.#worker?.terminate();
  }

  #next(): void {
    for (;;) {
      const [first] = this.#waiting;
      if (!first) return;
      if (!first.abandoned?.aborted) {
        this.#start().postMessage(first.task);
        return;
      }
      this.#waiting.shift();
      first.done({ ok: false, error: first.abandoned.reason });
    }
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./search-worker.ts", import.meta.url), { workerData: this.#file });
    // A search in progress does not keep the program from ending.
    worker.unref();
    worker.on("message", (answer: ThreadAnswer) => this.#answered(answer));
    worker.on("error", (error) => {
      this.#worker = undefined;
      this.#answered({ ok: false, error });
    });
    this.#worker = worker;
    return worker;
  }

  #answered(answer: ThreadAnswer): void {
    this.#waiting.shift()?.done(answer);
    this.#next();
  }
}
