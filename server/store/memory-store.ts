/** A message log that lasts as long as the process, for `--memory` and for tests. It forgets the oldest when it is full. */
import { randomUUID } from "node:crypto";
import type { ServerLimits } from "../../protocol/limits.ts";
import type { Appended, Draft, MessageLog, Position, Range, StoredMessage, StoredRoom } from "../chat/ports.ts";

export interface MemoryStoreOptions {
  now: () => Date;
  limits: Pick<ServerLimits, "memoryMessagesMax" | "memoryConversationsMax">;
}

interface Conversation {
  lastSeq: number;
  topic: string;
  /** Oldest first. */
  messages: StoredMessage[];
  /** By post id; insertion order is age. */
  positions: Map<string, Position>;
}

export class MemoryStore implements MessageLog {
  readonly #options: MemoryStoreOptions;
  readonly #conversations = new Map<string, Conversation>();

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  append(drafts: readonly Draft[]): readonly Appended[] {
    return drafts.map((draft) => this.#append(draft));
  }

  lastSeq(conversation: string): number {
    return this.#conversations.get(conversation)?.lastSeq ?? 0;
  }

  rooms(): readonly StoredRoom[] {
    return [...this.#conversations]
      .filter(([name]) => !name.startsWith("@"))
      .map(([name, { topic }]) => ({ name, topic }));
  }

  setTopic(room: string, topic: string): boolean {
    const conversation = this.#conversations.get(room) ?? this.#create(room);
    if (!conversation) return false;
    conversation.topic = topic;
    return true;
  }

  read(name: string, { limit, before = Number.POSITIVE_INFINITY, after }: Range): readonly StoredMessage[] {
    const { messages } = this.#conversations.get(name) ?? { messages: [] };
    if (after !== undefined) return messages.filter(({ seq }) => seq > after).slice(0, limit);
    return messages.filter(({ seq }) => seq < before).slice(-limit);
  }

  close(): void {
    this.#conversations.clear();
  }

  #append({ conversation: name, id, from, text, action }: Draft): Appended {
    const conversation = this.#conversations.get(name) ?? this.#create(name);
    if (!conversation) return { ok: false, code: "too-many-conversations" };
    // The order of the map is that of the last use.
    this.#conversations.delete(name);
    this.#conversations.set(name, conversation);
    const before = conversation.positions.get(id);
    if (before) return { ok: true, position: before, duplicate: true };
    conversation.lastSeq += 1;
    const position: Position = {
      msgid: randomUUID(),
      seq: conversation.lastSeq,
      time: this.#options.now().toISOString(),
    };
    conversation.messages.push({ ...position, from, text, action });
    conversation.positions.set(id, position);
    if (conversation.messages.length > this.#options.limits.memoryMessagesMax) forgetOldest(conversation);
    return { ok: true, position, duplicate: false };
  }

  /** Forgets the private conversation that has been silent for the longest. @returns whether there was one */
  #forgetPrivate(): boolean {
    for (const name of this.#conversations.keys()) if (name.startsWith("@")) return this.#conversations.delete(name);
    return false;
  }

  #create(name: string): Conversation | undefined {
    if (this.#conversations.size >= this.#options.limits.memoryConversationsMax && !this.#forgetPrivate())
      return undefined;
    const conversation: Conversation = { lastSeq: 0, topic: "", messages: [], positions: new Map() };
    this.#conversations.set(name, conversation);
    return conversation;
  }
}

function forgetOldest({ messages, positions }: Conversation): void {
  messages.shift();
  for (const oldest of positions.keys()) {
    positions.delete(oldest);
    return;
  }
}
