/** What outlives the page: the name, who the browser is and what was set in the browser, the rest in this window. */
import type { UpstreamInfo } from "../../../protocol/bridge-events.ts";
import type { KeptRooms } from "../model/state.ts";

/** The part of the browser's Storage that is needed. It never throws, and gives back what it was given while the page lives. */
export interface KeepStorage extends Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  keys(): string[];
}

/**
 * `name`: as given last. `browser`: its UUID. `settings`: what was chosen in the settings. `looks`: what of it the page
 * must know before it is drawn, for public/first-look.js. `session`: that of the conversation with the bridge, which windows of one
 * person share. `window`: that of this window. `joined`: the name while in the chat. `rooms`: the rooms while in the chat.
 * `upstream`: what the server was, the last time it was there. `emoji`: those that were taken last.
 * `draft …`: what is being written in the room of that key. `about …`: the message that this answers or changes.
 */
export type KeptItem =
  | "name"
  | "browser"
  | "settings"
  | "looks"
  | "session"
  | "window"
  | "joined"
  | "rooms"
  | "upstream"
  | "legacy-notice"
  | "emoji"
  | `draft ${string}`
  | `about ${string}`;

/** What all windows of the browser share. */
const ofBrowser: readonly KeptItem[] = ["name", "browser", "settings", "looks", "emoji"];

export class Keep {
  readonly #browser: KeepStorage;
  readonly #window: KeepStorage;

  constructor(browser: KeepStorage, window: KeepStorage) {
    this.#browser = browser;
    this.#window = window;
  }

  get(item: KeptItem): string | undefined {
    return this.#storage(item).getItem(`salotto.${item}`) ?? undefined;
  }

  set(item: KeptItem, value: string | undefined): void {
    if (value === undefined) this.#storage(item).removeItem(`salotto.${item}`);
    else if (value !== this.get(item)) this.#storage(item).setItem(`salotto.${item}`, value);
  }

  /** @param make makes the value that is kept from now on, when there is none yet */
  getOrSet(item: KeptItem, make: () => string): string {
    const value = this.get(item) ?? make();
    this.set(item, value);
    return value;
  }

  /** Forgets all that was being written in this window, and what it was about. */
  forgetWriting(): void {
    const isWriting = (key: string) => key.startsWith("salotto.draft ") || key.startsWith("salotto.about ");
    for (const key of this.#window.keys().filter(isWriting)) this.#window.removeItem(key);
  }

  /** What the server at that address was. */
  upstreamAt(server: string): UpstreamInfo | undefined {
    const kept = this.parsed<{ server: string; upstream: UpstreamInfo }>("upstream");
    return kept?.server === server ? kept.upstream : undefined;
  }

  get rooms(): KeptRooms | undefined {
    return this.parsed("rooms");
  }

  /** What was written as JSON. */
  parsed<T>(item: KeptItem): T | undefined {
    try {
      // Only pages of this origin write it.
      return JSON.parse(this.get(item) ?? "") as T;
    } catch {
      return undefined;
    }
  }

  #storage(item: KeptItem): KeepStorage {
    return ofBrowser.includes(item) ? this.#browser : this.#window;
  }
}
