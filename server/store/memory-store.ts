/**
 * A message log that lasts as long as the process. It keeps what numbering and recognising resent posts need, and no
 * texts: nobody can read history from it yet.
 */
import { randomUUID } from "node:crypto";
import type { Appended, Draft, MessageLog, Position } from "../chat/ports.ts";

export interface MemoryStoreOptions {
  now: () => Date;
  /** Post ids remembered; the oldest are forgotten first. */
  postIdsMax: number;
  /** Conversations with a sequence of their own; one more is refused. */
  conversationsMax: number;
}

export class MemoryStore implements MessageLog {
  readonly #options: MemoryStoreOptions;
  readonly #lastSeqs = new Map<string, number>();
  /** Insertion order is age, so the first key is the oldest. */
  readonly #positions = new Map<string, Position>();

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  append(drafts: readonly Draft[]): readonly Appended[] {
    return drafts.map((draft) => this.#append(draft));
  }

  lastSeq(conversation: string): number {
    return this.#lastSeqs.get(conversation) ?? 0;
  }

  #append({ conversation, from, id }: Draft): Appended {
    const key = JSON.stringify([conversation, from, id]);
    const before = this.#positions.get(key);
    if (before) return { ok: true, position: before, duplicate: true };
    if (!this.#lastSeqs.has(conversation) && this.#lastSeqs.size >= this.#options.conversationsMax) {
      return { ok: false, code: "too-many-conversations" };
    }
    const seq = this.lastSeq(conversation) + 1;
    const position: Position = { msgid: randomUUID(), seq, time: this.#options.now().toISOString() };
    this.#lastSeqs.set(conversation, seq);
    this.#positions.set(key, position);
    if (this.#positions.size > this.#options.postIdsMax) this.#forgetOldest();
    return { ok: true, position, duplicate: false };
  }

  #forgetOldest(): void {
    for (const oldest of this.#positions.keys()) {
      this.#positions.delete(oldest);
      return;
    }
  }
}
