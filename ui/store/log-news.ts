/** What was added to a log since it was looked at last: how many messages, and whether the reader has written. */
import { type Entries, isMessage } from "./entries.ts";
import type { OutgoingMessage } from "./state.ts";

export interface News {
  messages: number;
  wrote: boolean;
}

export class LogNews {
  /** Before the first look everything is old. */
  #hasLooked = false;
  #lastKey: string | undefined;
  /** The key of the last own message, which it keeps when it gets its place in the room. */
  #lastOwnKey: string | undefined;

  look(entries: Entries, outbox: readonly OutgoingMessage[]): News {
    let ownKey = outbox.at(-1)?.id;
    let messages = 0;
    for (const entry of this.#hasLooked ? entries.reversed() : []) {
      if (entry.key === this.#lastKey) break;
      if (!isMessage(entry)) continue;
      messages += 1;
      if (entry.own) ownKey ??= entry.key;
    }
    const wrote = this.#hasLooked && ownKey !== undefined && ownKey !== this.#lastOwnKey;
    this.#hasLooked = true;
    this.#lastKey = entries.lastMessage?.key;
    this.#lastOwnKey = ownKey ?? this.#lastOwnKey;
    return { messages, wrote };
  }
}
