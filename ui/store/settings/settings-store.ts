/** Holds and saves this browser's settings, and notifies listeners when this window or another one changes them. */
import type { Keep } from "../persistence/keep.ts";
import { looksOf, parseSettings, type Settings } from "./settings.ts";

export class SettingsStore {
  readonly #keep: Keep;
  readonly #listeners = new Set<() => void>();
  #value: Settings;

  constructor(keep: Keep) {
    this.#keep = keep;
    this.#value = parseSettings(keep.parsed("settings"));
  }

  get value(): Settings {
    return this.#value;
  }

  choose(change: Partial<Settings>): void {
    this.#value = { ...this.#value, ...change };
    this.#keep.set("settings", JSON.stringify(this.#value));
    this.#keep.set("looks", looksOf(this.#value));
    this.#tell();
  }

  /** Takes over what another window has chosen. */
  reread(): void {
    this.#value = parseSettings(this.#keep.parsed("settings"));
    this.#tell();
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
