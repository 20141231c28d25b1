/** What was added to a log since the last look: how many messages, and whether the reader has written. */
import { type Entries, isMessage } from "../model/entries.ts";

export interface News {
  messages: number;
  wrote: boolean;
}

export class LogNews {
  /** Before the first look, everything counts as old. */
  #hasLooked = false;
  #lastKey: string | undefined;
  #writtenId: string | undefined;

  /** @param writtenId the id of the last message written there in this window */
  look(entries: Entries, writtenId: string | undefined): News {
    let messages = 0;
    for (const entry of this.#hasLooked ? entries.reversed() : []) {
      if (entry.key === this.#lastKey) break;
      if (isMessage(entry)) messages += 1;
    }
    const wrote = this.#hasLooked && writtenId !== undefined && writtenId !== this.#writtenId;
    this.#hasLooked = true;
    this.#lastKey = entries.lastMessage?.key;
    this.#writtenId = writtenId;
    return { messages, wrote };
  }
}
