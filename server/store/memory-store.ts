/** A message log that lasts as long as the process, for `--memory` and for tests. It forgets the oldest when it is full. */
import { randomUUID } from "node:crypto";
import type { ServerLimits } from "../../protocol/limits.ts";
import { nameKey } from "../../protocol/names.ts";
import { type SearchQuery, wordsOf } from "../../protocol/search.ts";
import type {
  Appended,
  Draft,
  FoundInLog,
  MessageLog,
  Position,
  Range,
  Retention,
  StoredMessage,
  StoredRoom,
} from "../chat/ports.ts";

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

  search(query: SearchQuery, person: string, skip: number, limit: number): readonly FoundInLog[] {
    return [...this.#conversations]
      .filter(([name]) => !name.startsWith("@") || name.slice(1).split(",").includes(person))
      .flatMap(([conversation, { messages }]) => messages.map((message) => ({ ...message, conversation })))
      .filter((message) => fits(message, query))
      .sort((a, b) => b.time.localeCompare(a.time) || b.seq - a.seq)
      .slice(skip, skip + limit);
  }

  forget({ since = "", messagesMax = Number.POSITIVE_INFINITY }: Retention): number {
    let forgotten = 0;
    for (const conversation of this.#conversations.values()) {
      const { messages, lastSeq } = conversation;
      while (messages[0] && (messages[0].time < since || messages[0].seq <= lastSeq - messagesMax)) {
        forgetOldest(conversation);
        forgotten += 1;
      }
    }
    return forgotten;
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

function fits({ text, from, time, conversation }: FoundInLog, query: SearchQuery): boolean {
  const words = query.words.length === 0 ? [] : wordsOf(text);
  return (
    query.words.every((wanted) => words.some((word) => word.startsWith(wanted))) &&
    (query.from === undefined || nameKey(from) === nameKey(query.from)) &&
    (query.room === undefined || conversation === query.room) &&
    (query.after === undefined || time >= query.after) &&
    (query.before === undefined || time < query.before)
  );
}

function forgetOldest({ messages, positions }: Conversation): void {
  messages.shift();
  for (const oldest of positions.keys()) {
    positions.delete(oldest);
    return;
  }
}
