/** The thread that searches a database, over its own read-only connection. Started by search-thread.ts. */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { addFunctions } from "./database.ts";
import type { ThreadAnswer, ThreadTask } from "./search-thread.ts";
import { searchMessages } from "./sqlite-search.ts";

const database = new DatabaseSync(String(workerData), { readOnly: true });
addFunctions(database);

parentPort?.on("message", ({ stop, ...wanted }: ThreadTask) => parentPort?.postMessage(answerTo(wanted, stop)));

function answerTo(wanted: Omit<ThreadTask, "stop">, stop: Int32Array): ThreadAnswer {
  const sinceMs = performance.now();
  try {
    const found = searchMessages(database, wanted, () => Atomics.load(stop, 0) !== 0);
    return { ok: true, ...found, tookMs: performance.now() - sinceMs };
  } catch (error) {
    return { ok: false, error };
  }
}
