/**
 * What outlives the page: the name in the browser, the rest in this window. A browser that refuses storage only
 * forgets; it breaks nothing.
 */
import type { KeptRooms } from "./state.ts";

/** The part of the browser's Storage that is needed. */
export type KeepStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/**
 * `name`: as given last. `session`: the UUID of this window. `joined`: the name while in the chat. `rooms`: the rooms
 * while in the chat. `draft …`: what is being written in the room of that key.
 */
export type KeptItem = "name" | "session" | "joined" | "rooms" | "legacy-notice" | `draft ${string}`;

export class Keep {
  readonly #browser: KeepStorage;
  readonly #window: KeepStorage;

  constructor(browser: KeepStorage, window: KeepStorage) {
    this.#browser = browser;
    this.#window = window;
  }

  get(item: KeptItem): string | undefined {
    try {
      return this.#storage(item).getItem(`salotto.${item}`) ?? undefined;
    } catch {
      return undefined;
    }
  }

  set(item: KeptItem, value: string | undefined): void {
    try {
      if (value === undefined) this.#storage(item).removeItem(`salotto.${item}`);
      else if (value !== this.#storage(item).getItem(`salotto.${item}`)) {
        this.#storage(item).setItem(`salotto.${item}`, value);
      }
    } catch {
      // Storage is full or forbidden; the page works without.
    }
  }

  get rooms(): KeptRooms | undefined {
    try {
      // Only this page writes it, in this window.
      return JSON.parse(this.get("rooms") ?? "") as KeptRooms;
    } catch {
      return undefined;
    }
  }

  #storage(item: KeptItem): KeepStorage {
    return item === "name" ? this.#browser : this.#window;
  }
}
