/**
 * The browser's storage, which may be missing, forbidden or full: what it refuses is kept for as long as the page
 * lives. Nothing here throws, and nothing else accesses the two storages directly.
 */
import type { KeepStorage } from "../store/persistence/keep.ts";

export class PageStorage implements KeepStorage {
  readonly #area: "localStorage" | "sessionStorage";
  /** Values the browser has refused, by key; undefined for one it would not remove. */
  readonly #refused = new Map<string, string | undefined>();

  constructor(area: "localStorage" | "sessionStorage") {
    this.#area = area;
  }

  getItem(key: string): string | null {
    if (this.#refused.has(key)) return this.#refused.get(key) ?? null;
    return this.#try((storage) => storage.getItem(key)) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#change(key, value, (storage) => storage.setItem(key, value));
  }

  removeItem(key: string): void {
    this.#change(key, undefined, (storage) => storage.removeItem(key));
  }

  keys(): string[] {
    const kept = this.#try((storage) => Object.keys(storage)) ?? [];
    return [...new Set([...kept, ...this.#refused.keys()])].filter((key) => this.getItem(key) !== null);
  }

  #change(key: string, value: string | undefined, change: (storage: Storage) => void): void {
    const isTaken = this.#try((storage) => {
      change(storage);
      return true;
    });
    if (isTaken) this.#refused.delete(key);
    else this.#refused.set(key, value);
  }

  /** Even accessing the storage may throw, and some browsers have null in its place. */
  #try<T>(work: (storage: Storage) => T): T | undefined {
    try {
      return work(window[this.#area]);
    } catch {
      return undefined;
    }
  }
}
