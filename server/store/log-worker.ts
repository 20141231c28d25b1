/** The database's thread, started by log-thread.ts: handles one request at a time, in order. */
import { parentPort, workerData } from "node:worker_threads";
import type { FromThread, LogEvent, LogTask, LogThreadData, SentError } from "./log-thread.ts";
import { SqliteStore } from "./sqlite-store.ts";

const { file, busyMs }: LogThreadData = workerData;

const tell = (message: FromThread) => parentPort?.postMessage(message);

const tellOf = (event: LogEvent) => tell({ type: "told", event });

function sent(error: unknown): SentError {
  const { message, stack, code, errcode } = error as SentError;
  return { message, stack, code, errcode };
}

function open(): SqliteStore | undefined {
  try {
    return new SqliteStore({
      file,
      busyMs,
      indexing: (done, total) => tellOf({ type: "indexing", done, total }),
      unindexed: (error) => tellOf({ type: "unindexed", error: sent(error) }),
      failed: (error) => tellOf({ type: "failed", error: sent(error) }),
      moved: (missing) => tellOf({ type: "moved", file: missing }),
      rewriting: (bytes) => tellOf({ type: "rewriting", bytes }),
      unmaintained: (error) => tellOf({ type: "unmaintained", error: sent(error) }),
    });
  } catch (error) {
    tell({ type: "unopened", error: sent(error) });
    return undefined;
  }
}

/** The store finishes its work before it returns the promise, so requests are handled and answered in order. */
async function work(store: SqliteStore, { method, args }: LogTask): Promise<void> {
  const ask = store[method].bind(store) as (...all: unknown[]) => Promise<unknown>;
  try {
    tell({ type: "done", value: await ask(...args) });
  } catch (error) {
    tell({ type: "not-done", error: sent(error) });
  }
}

const store = open();
if (store) {
  parentPort?.on("message", (task: LogTask) => void work(store, task));
  tell({ type: "opened", id: store.id });
}
