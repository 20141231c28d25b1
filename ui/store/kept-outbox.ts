/**
 * Own messages on their way, in the browser's storage: they outlive the page, the bridge and the server. Each window
 * writes its own record, and takes over those of windows that are gone, which their locks tell. It sends nothing.
 */
import { nameKey } from "../../protocol/names.ts";
import type { KeepStorage } from "./keep.ts";
import type { OutgoingMessage } from "./state.ts";

/** The part of the browser's LockManager that is needed. */
export interface WindowLocks {
  request(
    name: string,
    options: { ifAvailable?: boolean },
    callback: (lock: unknown) => Promise<void> | void,
  ): Promise<unknown>;
}

/** Who writes, to which server. */
export interface Writer {
  name: string;
  server: string;
}

const prefix = "salotto.outbox";

export class KeptOutbox {
  readonly #storage: KeepStorage;
  readonly #locks: WindowLocks | undefined;
  readonly #window: string;

  /**
   * @param window the UUID of this window
   * @param locks undefined where the browser has none: then each window takes its own messages only
   */
  constructor(storage: KeepStorage, locks: WindowLocks | undefined, window: string) {
    this.#storage = storage;
    this.#locks = locks;
    this.#window = window;
    // Held for as long as the page lives: what the browser gives back when it is gone, however it went.
    locks?.request(lockOf(window), {}, () => new Promise(() => {})).catch(() => {});
  }

  write(writer: Writer, messages: readonly OutgoingMessage[]): void {
    try {
      const key = recordOf(this.#window, writer);
      if (messages.length === 0) this.#storage.removeItem(key);
      else this.#storage.setItem(key, JSON.stringify(messages));
    } catch {
      // Storage is full or forbidden; the page works without.
    }
  }

  /** What this window left behind when it was loaded last. */
  own(writer: Writer): OutgoingMessage[] {
    return this.#read(recordOf(this.#window, writer));
  }

  /**
   * Takes over what windows that are gone have left behind.
   * @param adopt must write the messages before it returns: their old record is removed then
   */
  async adopt(writer: Writer, adopt: (messages: OutgoingMessage[]) => void): Promise<void> {
    const suffix = recordOf("", writer).slice(prefix.length + 1);
    for (const key of this.#keys()) {
      const window = key.slice(prefix.length + 1, -suffix.length);
      if (!key.endsWith(suffix) || window === this.#window) continue;
      try {
        await this.#locks?.request(lockOf(window), { ifAvailable: true }, (lock) => {
          if (!lock) return;
          adopt(this.#read(key));
          this.#storage.removeItem(key);
        });
      } catch {
        // The browser gives no locks; the messages wait for their own window.
      }
    }
  }

  #keys(): string[] {
    try {
      return Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? "").filter((key) =>
        key.startsWith(`${prefix} `),
      );
    } catch {
      return [];
    }
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
