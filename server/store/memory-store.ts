/** A message log that lasts as long as the process, for `--memory` and for tests. It forgets the oldest when it is full. */
import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { findPhrase, type Phrase, phraseOf, tokensOf } from "../../protocol/words.ts";
import { changeEntry, changeMessage, changesPerMessage } from "../chat/change.ts";
import {
  type Appended,
  type ChangeDraft,
  type ClockBelief,
  type Draft,
  endOfTime,
  type FoundByLog,
  type FoundInLog,
  type KeptEntry,
  type KeptMessage,
  type KeptPerson,
  type MessageDraft,
  type MessageLog,
  type Note,
  type Range,
  type Retention,
  type Search,
  type StoredConversation,
  type StoredRoom,
} from "../chat/ports.ts";
import type { ServerLimits } from "../limits.ts";
import { postIdsOf } from "./rows.ts";

export interface MemoryStoreOptions {
  now: () => Date;
  limits: Pick<ServerLimits, "memoryMessagesMax" | "memoryConversationsMax">;
}

interface KeptConversation {
  lastSeq: number;
  topic: string;
  /** Oldest first. A change is kept as it was; what it is about is looked up when it is read. */
  entries: KeptEntry[];
  /** The seq of what was committed, of messages and of changes by `postIdsOf` each. */
  committed: Map<string, number>;
}

export class MemoryStore implements MessageLog {
  readonly #options: MemoryStoreOptions;
  readonly #conversations = new Map<string, KeptConversation>();
  /** How far each person has read, by conversation. Those who are forgotten are no longer here. */
  readonly #read = new Map<string, Map<string, number>>();
  #belief: ClockBelief | undefined;

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  append(drafts: readonly Draft[]): readonly Appended[] {
    return drafts.map((draft) => this.#append(draft));
  }

  note(notes: readonly Note[]): boolean {
    return notes.map((note) => this.#note(note)).every((isKept) => isKept);
  }

  lastSeq(conversation: string): number {
    return this.#conversations.get(conversation)?.lastSeq ?? 0;
  }

  rooms(): readonly StoredRoom[] {
    return [...this.#conversations]
      .filter(([name]) => !name.startsWith("@"))
      .map(([name, { topic }]) => ({ name, topic }));
  }

  forgetRoom(room: string): void {
    const conversation = this.#conversations.get(room);
    if (conversation?.lastSeq === 0) this.#conversations.delete(room);
    else if (conversation) conversation.topic = "";
  }

  entries(name: string, range: Range): readonly KeptEntry[] {
    const { entries } = this.#conversations.get(name) ?? { entries: [] };
    return within(entries, range).map((entry) =>
      entry.type === "message" ? entry : changeEntry(entry, find(entries, entry.msgid)),
    );
  }

  messages(name: string, range: Range): readonly KeptMessage[] {
    return within(this.#messages(name), range);
  }

  find(msgid: string): FoundInLog | undefined {
    for (const [conversation, { entries }] of this.#conversations) {
      const message = find(entries, msgid);
      if (message) return { ...message, conversation };
    }
    return undefined;
  }

  seqSince(conversation: string, time: string): number | undefined {
    return this.#messages(conversation).find((message) => message.time >= time)?.seq;
  }

  readUpTo(person: string, conversation: string): number | undefined {
    return this.#read.get(person)?.get(conversation);
  }

  people(): readonly KeptPerson[] {
    return [];
  }

  conversations(person: string, limit: number): readonly StoredConversation[] {
    // The order of the map is that of the last use.
    return [...this.#conversations]
      .filter(([name]) => name.startsWith("@") && isOf(name, person))
      .map(([name, { lastSeq }]) => ({ conversation: name, seq: lastSeq, read: this.readUpTo(person, name) ?? 0 }))
      .reverse()
      .slice(0, limit);
  }

  /** Conversation by conversation, so that nobody waits for more than one. */
  async search({ query, author, person, skip, limit }: Search, abandoned?: AbortSignal): Promise<FoundByLog> {
    const phrases = query.words.map(phraseOf);
    const found: FoundInLog[] = [];
    let tookMs = 0;
    for (const conversation of [...this.#conversations.keys()]) {
      if (conversation.startsWith("@") && !isOf(conversation, person)) continue;
      const sinceMs = performance.now();
      const messages = this.#messages(conversation).map((message) => ({ ...message, conversation }));
      found.push(...messages.filter((message) => fits(message, query, author) && says(message, phrases)));
      tookMs += performance.now() - sinceMs;
      await setImmediate();
      abandoned?.throwIfAborted();
    }
    found.sort((a, b) => b.time.localeCompare(a.time) || b.seq - a.seq);
    return { messages: found.slice(skip, skip + limit), tookMs };
  }

  forget({ since, now, messagesMax = Number.POSITIVE_INFINITY }: Retention): number {
    let forgotten = 0;
    for (const conversation of this.#conversations.values()) {
      const before = conversation.entries.length;
      if (since !== undefined) dropOld(conversation, since, now);
      keepNewest(conversation, messagesMax);
      forgotten += before - conversation.entries.length;
    }
    return forgotten;
  }

  newestTime(): string | undefined {
    const times = [...this.#conversations.keys()].flatMap((name) => this.#messages(name).map(({ time }) => time));
    return times.reduce<string | undefined>((newest, time) => (newest && newest > time ? newest : time), undefined);
  }

  clockBelief(): ClockBelief | undefined {
    return this.#belief;
  }

  believe(belief: ClockBelief): boolean {
    this.#belief = belief;
    return true;
  }

  maintain(): void {}

  close(): void {
    this.#conversations.clear();
    this.#read.clear();
  }

  #append(draft: Draft): Appended {
    const name = draft.conversation;
    const known = this.#conversations.get(name);
    if (!known && draft.type !== "message") return { ok: false, code: "no-such-message" };
    const conversation = known ?? this.#create(name);
    if (!conversation) return { ok: false, code: "too-many-conversations" };
    const ids = committedAs(draft);
    const told = ids.map((id) => conversation.committed.get(id)).find((seq) => seq !== undefined);
    const before = told === undefined ? undefined : conversation.entries.find(({ seq }) => seq === told);
    if (before) return { ok: true, entry: before, duplicate: true };
    const appended = draft.type === "message" ? this.#say(conversation, draft) : this.#change(conversation, draft);
    if (!appended.ok || !appended.entry) return appended;
    // The order of the map is that of the last use.
    this.#conversations.delete(name);
    this.#conversations.set(name, conversation);
    conversation.lastSeq = appended.entry.seq;
    conversation.entries.push(appended.entry);
    conversation.committed.set(ids.at(-1) ?? "", appended.entry.seq);
    keepNewest(conversation, this.#options.limits.memoryMessagesMax);
    return appended;
  }

  #say({ lastSeq, entries }: KeptConversation, { author, text, action, reply }: MessageDraft): Appended {
    if (reply !== undefined && !find(entries, reply)) return { ok: false, code: "no-such-message" };
    const entry: KeptEntry = {
      type: "message",
      msgid: randomUUID(),
      seq: lastSeq + 1,
      time: this.#time(),
      from: author.name,
      person: author.person,
      text,
      ...(action ? { action } : {}),
      ...(reply === undefined ? {} : { reply }),
    };
    return { ok: true, entry, duplicate: false };
  }

  #change({ lastSeq, entries }: KeptConversation, draft: ChangeDraft): Appended {
    const message = find(entries, draft.msgid);
    const changed = changeMessage(message, draft);
    if (typeof changed === "string") return { ok: false, code: changed };
    if (changed === message) return { ok: true };
    if (message) entries[entries.indexOf(message)] = changed;
    const entry = changeEntry({ ...draft, from: draft.author.name, seq: lastSeq + 1, time: this.#time() }, changed);
    return { ok: true, entry, duplicate: false };
  }

  #messages(name: string): readonly KeptMessage[] {
    const conversation = this.#conversations.get(name);
    return conversation?.entries.filter((entry) => entry.type === "message") ?? [];
  }

  #note(note: Note): boolean {
    if (note.type === "topic") return this.#setTopic(note);
    if (note.type === "forgotten") this.#read.delete(note.person);
    // Of a conversation that was forgotten, nothing need be remembered; nor of people, as nobody ever asks again.
    if (note.type === "read" && this.#conversations.has(note.conversation)) this.#markRead(note);
    return true;
  }

  #markRead({ person, conversation, seq }: Extract<Note, { type: "read" }>): void {
    const read = this.#read.get(person) ?? new Map<string, number>();
    this.#read.set(person, read.set(conversation, Math.max(seq, read.get(conversation) ?? 0)));
  }

  #setTopic({ room, topic }: Extract<Note, { type: "topic" }>): boolean {
    const conversation = this.#conversations.get(room) ?? this.#create(room);
    if (!conversation) return false;
    conversation.topic = topic;
    return true;
  }

  #time(): string {
    return this.#options.now().toISOString();
  }

  /** Forgets the private conversation that has been silent for the longest. @returns whether there was one */
  #forgetPrivate(): boolean {
    for (const name of this.#conversations.keys()) {
      if (!name.startsWith("@")) continue;
      for (const read of this.#read.values()) read.delete(name);
      return this.#conversations.delete(name);
    }
    return false;
  }

  #create(name: string): KeptConversation | undefined {
    if (this.#conversations.size >= this.#options.limits.memoryConversationsMax && !this.#forgetPrivate())
      return undefined;
    const conversation: KeptConversation = { lastSeq: 0, topic: "", entries: [], committed: new Map() };
    this.#conversations.set(name, conversation);
    return conversation;
  }
}

/** A message and a change of one id are two things; the last of these is what the draft is committed as. */
function committedAs(draft: Draft): string[] {
  const kind = draft.type === "message" ? "message" : "change";
  return postIdsOf(draft).map((id) => `${kind}/${id}`);
}

function find(entries: readonly KeptEntry[], msgid: string): KeptMessage | undefined {
  return entries.find((entry): entry is KeptMessage => entry.type === "message" && entry.msgid === msgid);
}

function within<E extends KeptEntry>(entries: readonly E[], { limit, before, after }: Range): readonly E[] {
  if (after !== undefined) return entries.filter(({ seq }) => seq > after).slice(0, limit);
  const earlier = before === undefined ? entries : entries.filter(({ seq }) => seq < before);
  return earlier.slice(Math.max(0, earlier.length - limit));
}

/** Whether a private conversation is one of somebody's. */
function isOf(conversation: string, person: string): boolean {
  return conversation.slice(1).split(",").includes(person);
}

/** Whether it is what the query is narrowed down to. */
function fits(
  { person, time, conversation, deleted }: FoundInLog,
  query: Search["query"],
  author: string | undefined,
): boolean {
  return (
    !deleted &&
    (author === undefined || person === author) &&
    (query.room === undefined || conversation === query.room) &&
    (query.after === undefined || time >= query.after) &&
    (query.before === undefined || time < query.before)
  );
}

function says({ text }: FoundInLog, phrases: readonly Phrase[]): boolean {
  const tokens = phrases.length === 0 ? [] : tokensOf(text);
  return phrases.every((phrase) => findPhrase(tokens, phrase).length > 0);
}

/** Of the messages so many, and of the changes some for each of these. */
function keepNewest(conversation: KeptConversation, messagesMax: number): void {
  if (conversation.entries.length <= messagesMax) return;
  const isMessage = ({ type }: KeptEntry) => type === "message";
  dropOldest(conversation, isMessage, messagesMax);
  dropOldest(conversation, (entry) => !isMessage(entry), messagesMax * changesPerMessage);
}

function dropOldest({ entries, committed }: KeptConversation, isOne: (entry: KeptEntry) => boolean, max: number): void {
  for (let excess = entries.filter(isOne).length - max; excess > 0; excess--) {
    const [dropped] = entries.splice(entries.findIndex(isOne), 1);
    for (const [id, seq] of committed) {
      if (seq !== dropped?.seq) continue;
      committed.delete(id);
      break;
    }
  }
}

/** From the first entry that is young enough on, all is kept. */
function dropOld({ entries, committed }: KeptConversation, since: string, now = endOfTime): void {
  const first = entries.findIndex(({ time }) => time >= since && time <= now);
  const last = entries.slice(0, first === -1 ? undefined : first).findLastIndex(({ time }) => time < since);
  const dropped = new Set(entries.splice(0, last + 1).map(({ seq }) => seq));
  for (const [id, seq] of committed) if (dropped.has(seq)) committed.delete(id);
}
