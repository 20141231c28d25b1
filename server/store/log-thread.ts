/**
 * A log on disk whose database has a separate thread, so that the event loop continues to read and tell while a commit
 * reaches the disk. The thread handles one request at a time, in order.
 */
import { Worker } from "node:worker_threads";
import type { KeptInvitation } from "../chat/account-ports.ts";
import type {
  Batch,
  Committed,
  FoundByLog,
  FoundInLog,
  HistoryPage,
  HistoryRequest,
  KeptPerson,
  KeptRecord,
  Search,
  StoredConversation,
  StoredRoom,
} from "../chat/ports.ts";
import { SearchThread } from "./search-thread.ts";
import type { SqliteStoreOptions } from "./sqlite-store.ts";
import type { ClockBelief, OwnLog, Retention } from "./upkeep.ts";

/** The requests that the thread handles. Searches have another thread. */
export type LogMethod = Exclude<keyof OwnLog, "id" | "search">;

export type LogTask = { [M in LogMethod]: { method: M; args: Parameters<OwnLog[M]> } }[LogMethod];

/** What the thread is started with. */
export type LogThreadData = Pick<SqliteStoreOptions, "file" | "busyMs">;

/** Hears what happens to the database apart from requests. */
type DatabaseListener = Omit<SqliteStoreOptions, keyof LogThreadData>;

/** An error on its way between threads, where SQLite's codes would otherwise be lost. */
export interface SentError {
  message: string;
  stack?: string | undefined;
  code?: string | undefined;
  errcode?: number | undefined;
}

export type FromThread =
  | { type: "opened"; id: string }
  | { type: "unopened"; error: SentError }
  /** The oldest unanswered request. */
  | { type: "done"; value: unknown }
  | { type: "not-done"; error: SentError }
  | { type: "told"; event: LogEvent };

/** Something that happened to the database, as the store tells it. */
export type LogEvent =
  | { type: "indexing"; done: number; total: number }
  | { type: "moved"; file: string | undefined }
  | { type: "rewriting"; bytes: number }
  | { type: "unindexed" | "failed" | "unmaintained"; error: SentError };

interface PendingAnswer {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

export class LogThread implements OwnLog {
  readonly id: string;
  readonly #worker: Worker;
  readonly #searches: SearchThread;
  /** In the order in which they were made and will be answered. Bounded, because the chat's turns are. */
  readonly #waiting: PendingAnswer[] = [];
  #ended: Error | undefined;

  /** @throws SQLite's error when the file cannot be opened, or `NewerSchemaError`'s message */
  static async open({ file, busyMs, ...events }: SqliteStoreOptions): Promise<LogThread> {
    const data: LogThreadData = { file, busyMs };
    const worker = new Worker(new URL("./log-worker.ts", import.meta.url), { workerData: data });
    return new Promise((resolve, reject) => {
      worker.once("error", reject);
      const opening = (message: FromThread) => {
        if (message.type === "unopened") {
          void worker.terminate();
          return reject(received(message.error));
        }
        if (message.type === "told") tell(message.event, events);
        if (message.type !== "opened") return;
        worker.off("error", reject).off("message", opening);
        resolve(new LogThread(worker, message.id, file, events));
      };
      worker.on("message", opening);
    });
  }

  private constructor(worker: Worker, id: string, file: string, events: DatabaseListener) {
    this.id = id;
    this.#worker = worker;
    this.#searches = new SearchThread(file);
    worker.on("message", (message: FromThread) => {
      if (message.type === "done") this.#waiting.shift()?.resolve(message.value);
      else if (message.type === "not-done") this.#waiting.shift()?.reject(received(message.error));
      else if (message.type === "told") tell(message.event, events);
    });
    worker.on("error", (error) => this.#end(error as Error));
    worker.on("exit", () => this.#end(new Error("the thread of the database has ended")));
  }

  commit(batch: Batch): Promise<Committed> {
    return this.#ask("commit", batch);
  }

  history(conversation: string, request: HistoryRequest): Promise<HistoryPage | "no-such-message"> {
    return this.#ask("history", conversation, request);
  }

  find(msgid: string): Promise<FoundInLog | undefined> {
    return this.#ask("find", msgid);
  }

  lastSeq(conversation: string): Promise<number> {
    return this.#ask("lastSeq", conversation);
  }

  rooms(): Promise<readonly StoredRoom[]> {
    return this.#ask("rooms");
  }

  forgetRoom(room: string): Promise<void> {
    return this.#ask("forgetRoom", room);
  }

  records(): Promise<readonly KeptRecord[]> {
    return this.#ask("records");
  }

  people(): Promise<readonly KeptPerson[]> {
    return this.#ask("people");
  }

  invitations(): Promise<readonly KeptInvitation[]> {
    return this.#ask("invitations");
  }

  secret(): Promise<string> {
    return this.#ask("secret");
  }

  readUpTo(person: string, conversation: string): Promise<number | undefined> {
    return this.#ask("readUpTo", person, conversation);
  }

  conversations(person: string, limit: number): Promise<readonly StoredConversation[]> {
    return this.#ask("conversations", person, limit);
  }

  search(wanted: Search, abandoned?: AbortSignal): Promise<FoundByLog> {
    return this.#searches.search(wanted, abandoned);
  }

  forget(rule: Retention): Promise<number> {
    return this.#ask("forget", rule);
  }

  newestTime(): Promise<string | undefined> {
    return this.#ask("newestTime");
  }

  clockBelief(): Promise<ClockBelief | undefined> {
    return this.#ask("clockBelief");
  }

  believe(belief: ClockBelief): Promise<boolean> {
    return this.#ask("believe", belief);
  }

  maintain(): Promise<void> {
    return this.#ask("maintain");
  }

  isWritable(): Promise<boolean> {
    return this.#ask("isWritable");
  }

  async close(): Promise<void> {
    this.#searches.close();
    await this.#ask("close");
    await this.#worker.terminate();
  }

  #ask<M extends LogMethod>(method: M, ...args: Parameters<OwnLog[M]>): ReturnType<OwnLog[M]> {
    if (this.#ended) return Promise.reject(this.#ended) as ReturnType<OwnLog[M]>;
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage({ method, args });
    }) as ReturnType<OwnLog[M]>;
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}

function tell(event: LogEvent, listener: DatabaseListener): void {
  switch (event.type) {
    case "indexing":
      return listener.indexing(event.done, event.total);
    case "moved":
      return listener.moved(event.file);
    case "rewriting":
      return listener.rewriting(event.bytes);
    default:
      return listener[event.type](received(event.error));
  }
}

function received({ message, ...rest }: SentError): Error {
  return Object.assign(new Error(message), rest);
}
