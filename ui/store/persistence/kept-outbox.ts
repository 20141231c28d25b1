/**
 * Own messages on their way, in the browser's storage, where they outlive the page, the bridge and the server. Each
 * window writes its own record and takes over the records of windows that are gone, which it knows by their locks. It
 * sends nothing.
 */
import { nameKey } from "../../../protocol/names.ts";
import type { OutgoingMessage } from "../model/state.ts";
import type { KeepStorage } from "./keep.ts";

/** The part of the browser's LockManager that is needed. */
export interface WindowLocks {
  request(
    name: string,
    options: { ifAvailable?: boolean },
    callback: (lock: unknown) => Promise<void> | void,
  ): Promise<unknown>;
}

/** Who is writing, and to which server. */
export interface Writer {
  name: string;
  server: string;
}

const prefix = "salotto.outbox";

export interface KeptOutboxOptions {
  storage: KeepStorage;
  /** Without locks, each window takes only its own messages. */
  locks: WindowLocks;
  /** The UUID that the window had when it was last loaded, or a new one. */
  window: string;
  /** A duplicated tab starts with the other's UUID and takes a new one. */
  renamed: () => string;
  /** Messages left behind can be read from now on. */
  ready: () => void;
}

export class KeptOutbox {
  readonly #storage: KeepStorage;
  readonly #locks: WindowLocks;
  #window: string;
  /** A UUID that this window had and gave up, because another tab, or this tab's closing page, still held it. */
  #former: string | undefined;
  /** The records under the former UUID that are waited for. */
  readonly #awaited = new Set<string>();
  #isReady = false;

  constructor({ storage, locks, window, renamed, ready }: KeptOutboxOptions) {
    this.#storage = storage;
    this.#locks = locks;
    this.#window = window;
    const settled = () => {
      this.#isReady = true;
      ready();
    };
    // Held for the page's whole life: the browser releases it when the page is gone, however it ended.
    const hold = () => new Promise<void>(() => {});
    const taken = (lock: unknown): Promise<void> => {
      if (lock) {
        settled();
        return hold();
      }
      this.#former = window;
      this.#window = renamed();
      settled();
      return locks.request(lockOf(this.#window), {}, hold).then(() => {});
    };
    locks.request(lockOf(window), { ifAvailable: true }, taken).catch(settled);
  }

  /** Whether this window has settled on its UUID. */
  get isReady(): boolean {
    return this.#isReady;
  }

  write(writer: Writer, messages: readonly OutgoingMessage[]): void {
    const key = recordOf(this.#window, writer);
    if (messages.length === 0) this.#storage.removeItem(key);
    else this.#storage.setItem(key, JSON.stringify(messages));
  }

  /** What this window left behind before it was reloaded. */
  own(writer: Writer): OutgoingMessage[] {
    return this.#read(recordOf(this.#window, writer));
  }

  /**
   * Takes over what closed windows have left behind.
   * @param adopt writes the messages before it returns, and says whether it did: then the old record is removed
   */
  async adopt(writer: Writer, adopt: (messages: OutgoingMessage[]) => boolean): Promise<void> {
    const suffix = recordOf("", writer).slice(prefix.length + 1);
    for (const key of this.#storage.keys().filter((each) => each.startsWith(`${prefix} `))) {
      const window = key.slice(prefix.length + 1, -suffix.length);
      if (!key.endsWith(suffix) || window === this.#window) continue;
      const take = (lock: unknown) => {
        if (lock && adopt(this.#read(key))) this.#storage.removeItem(key);
      };
      try {
        if (window === this.#former) this.#await(key, window, take);
        else await this.#locks.request(lockOf(window), { ifAvailable: true }, take);
      } catch {
        // The browser refuses locks; the messages wait for their own window.
      }
    }
  }

  /** Waits for the former page, however long it lives. */
  #await(key: string, window: string, take: (lock: unknown) => void): void {
    if (this.#awaited.has(key)) return;
    this.#awaited.add(key);
    const done = () => void this.#awaited.delete(key);
    this.#locks.request(lockOf(window), {}, take).then(done, done);
  }

  #read(key: string): OutgoingMessage[] {
    try {
      // Only this page writes it, in this browser.
      return JSON.parse(this.#storage.getItem(key) ?? "[]") as OutgoingMessage[];
    } catch {
      return [];
    }
  }
}

function lockOf(window: string): string {
  return `salotto.window ${window}`;
}

function recordOf(window: string, { name, server }: Writer): string {
  return `${prefix} ${window} ${server} ${nameKey(name)}`;
}
