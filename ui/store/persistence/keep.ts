/**
 * What outlives the page: the name, the browser's id and the settings in the browser, everything else in this window.
 */
import type { UpstreamInfo } from "../../../protocol/bridge-events.ts";
import { nameKey } from "../../../protocol/names.ts";
import type { KeptRooms } from "../model/state.ts";

/**
 * The part of the browser's Storage that is needed. It never throws, and returns what it was given for as long as the
 * page lives.
 */
export interface KeepStorage extends Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  keys(): string[];
}

/**
 * `name`: the last one given. `browser`: the browser's UUID. `settings`: the person's settings. `looks`: the part of
 * them that public/first-look.js needs before the first drawing. `session`: the session with the bridge, shared by one
 * person's windows. `window`: this window's UUID. `joined`: the name while in the chat. `rooms`: the rooms while in the
 * chat. `dismissed`: announcements. `token …`: stands for a login at the server with that address, under the name with that key; never a password.
 * `upstream`: what the server was when it was last there. `emoji`: the recently used ones. `draft …`: the draft
 * of the room with that key. `about …`: the message that the draft answers or changes.
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
  | "dismissed"
  | "upstream"
  | "legacy-notice"
  | "emoji"
  | `token ${string}`
  | `draft ${string}`
  | `about ${string}`;

/** Shared by all windows of the browser. */
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

  /** @param make creates the value to keep when there is none yet */
  getOrSet(item: KeptItem, make: () => string): string {
    const value = this.get(item) ?? make();
    this.set(item, value);
    return value;
  }

  /** Forgets all drafts of this window, and what they were about. */
  forgetWriting(): void {
    const isWriting = (key: string) => key.startsWith("salotto.draft ") || key.startsWith("salotto.about ");
    for (const key of this.#window.keys().filter(isWriting)) this.#window.removeItem(key);
  }

  /** What stands for the person's login at that server, by its address. */
  token(server: string, name: string): string | undefined {
    return this.get(tokenItem(server, name));
  }

  setToken(server: string, name: string, token: string | undefined): void {
    this.set(tokenItem(server, name), token);
  }

  /** What the server at that address was. */
  upstreamAt(server: string): UpstreamInfo | undefined {
    const kept = this.parsed<{ server: string; upstream: UpstreamInfo }>("upstream");
    return kept?.server === server ? kept.upstream : undefined;
  }

  get rooms(): KeptRooms | undefined {
    return this.parsed("rooms");
  }

  /** Parses a value that was written as JSON. */
  parsed<T>(item: KeptItem): T | undefined {
    try {
      // Only pages of this origin write it.
      return JSON.parse(this.get(item) ?? "") as T;
    } catch {
      return undefined;
    }
  }

  #storage(item: KeptItem): KeepStorage {
    return ofBrowser.includes(item) || item.startsWith("token ") ? this.#browser : this.#window;
  }
}

function tokenItem(server: string, name: string): KeptItem {
  return `token ${server} ${nameKey(name)}`;
}
