/**
 * A message log that lasts as long as the process, for `--memory` and for tests. It forgets the oldest messages when it
 * is full.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { phraseOf } from "../../protocol/words.ts";
import type { KeptInvitation } from "../chat/account-ports.ts";
import { changeEntry, changeMessage, changeOf, changesPerMessage } from "../chat/change.ts";
import type {
  Appended,
  Batch,
  ChangeDraft,
  Committed,
  Draft,
  FoundByLog,
  FoundInLog,
  HistoryPage,
  HistoryRequest,
  KeptEntry,
  KeptMessage,
  KeptPerson,
  KeptRecord,
  MessageDraft,
  Note,
  Search,
  StoredConversation,
  StoredRoom,
} from "../chat/ports.ts";
import type { ServerLimits } from "../limits.ts";
import { type EntryReader, quotesOf, type Range, readHistory } from "./history.ts";
import { fits, isOf, says } from "./memory-search.ts";
import { postIdsOf } from "./rows.ts";
import { type ClockBelief, endOfTime, type OwnLog, type Retention } from "./upkeep.ts";

export interface MemoryStoreOptions {
  limits: Pick<ServerLimits, "memoryMessagesMax" | "memoryConversationsMax">;
}

interface KeptConversation {
  lastSeq: number;
  topic: string;
  /** Oldest first. A change is kept as it was; the message it is about is looked up on reading. */
  entries: KeptEntry[];
  /** The seqs of committed messages and changes, by their `postIdsOf`. */
  committed: Map<string, number>;
}

export class MemoryStore implements OwnLog {
  readonly id = randomUUID();
  readonly #options: MemoryStoreOptions;
  readonly #secret = randomBytes(32).toString("hex");
  readonly #conversations = new Map<string, KeptConversation>();
  /** How far each person has read, by conversation. Forgotten people are not in here. */
  readonly #read = new Map<string, Map<string, number>>();
  /** Bounded by what the chat keeps. */
  readonly #records = new Map<string, KeptRecord>();
  /** The highest number of a forgotten conversation; one that is begun again continues from there. */
  #forgottenSeq = 0;
  #belief: ClockBelief | undefined;

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  async commit({ time, notes, drafts }: Batch): Promise<Committed> {
    const noted = notes.map((note) => this.#note(note));
    return { noted, appended: drafts.map((draft) => this.#append(draft, time)) };
  }

  async history(name: string, request: HistoryRequest): Promise<HistoryPage | "no-such-message"> {
    const conversation = this.#conversations.get(name);
    return readHistory(conversation && readerOf(conversation), request);
  }

  async find(msgid: string): Promise<FoundInLog | undefined> {
    for (const [conversation, { entries }] of this.#conversations) {
      const message = find(entries, msgid);
      if (message) return { ...message, conversation };
    }
    return undefined;
  }

  async lastSeq(conversation: string): Promise<number> {
    return this.#conversations.get(conversation)?.lastSeq ?? 0;
  }

  async rooms(): Promise<readonly StoredRoom[]> {
    return [...this.#conversations]
      .filter(([name]) => !name.startsWith("@"))
      .map(([name, { topic, lastSeq }]) => ({ name, topic, seq: lastSeq }));
  }

  async forgetRoom(room: string): Promise<void> {
    const conversation = this.#conversations.get(room);
    if (conversation?.lastSeq === 0) this.#conversations.delete(room);
    else if (conversation) conversation.topic = "";
  }

  async people(): Promise<readonly KeptPerson[]> {
    return [];
  }

  async records(): Promise<readonly KeptRecord[]> {
    return [...this.#records.values()];
  }

  async invitations(): Promise<readonly KeptInvitation[]> {
    return [];
  }

  async secret(): Promise<string> {
    return this.#secret;
  }

  async readUpTo(person: string, conversation: string): Promise<number | undefined> {
    return this.#read.get(person)?.get(conversation);
  }

  async conversations(person: string, limit: number): Promise<readonly StoredConversation[]> {
    const read = this.#read.get(person);
    // The map is ordered by last use.
    return [...this.#conversations]
      .filter(([name]) => name.startsWith("@") && isOf(name, person))
      .map(([name, { lastSeq }]) => ({ conversation: name, seq: lastSeq, read: read?.get(name) ?? 0 }))
      .reverse()
      .slice(0, limit);
  }

  /** One conversation at a time, so that nobody waits for more than one. */
  async search(
    { query, author, person, closedRooms = [], skip, limit }: Search,
    abandoned?: AbortSignal,
  ): Promise<FoundByLog> {
    const phrases = query.words.map(phraseOf);
    const found: FoundInLog[] = [];
    let tookMs = 0;
    for (const conversation of [...this.#conversations.keys()]) {
      if (conversation.startsWith("@") ? !isOf(conversation, person) : closedRooms.includes(conversation)) continue;
      const sinceMs = performance.now();
      const messages = this.#messages(conversation).map((message) => ({ ...message, conversation }));
      found.push(...messages.filter((message) => fits(message, query, author) && says(message, phrases)));
      tookMs += performance.now() - sinceMs;
      await setImmediate();
      abandoned?.throwIfAborted();
    }
    found.sort((a, b) => b.time.localeCompare(a.time) || b.seq - a.seq);
    const messages = found.slice(skip, skip + limit);
    const quotes = quotesOf(messages, (msgid) => this.#find(msgid));
    return { messages, quotes, tookMs };
  }

  async forget({ since, now, messagesMax = Number.POSITIVE_INFINITY }: Retention): Promise<number> {
    let forgotten = 0;
    for (const conversation of this.#conversations.values()) {
      const before = conversation.entries.length;
      if (since !== undefined) dropOld(conversation, since, now);
      keepNewest(conversation, messagesMax);
      forgotten += before - conversation.entries.length;
    }
    return forgotten;
  }

  async newestTime(): Promise<string | undefined> {
    const times = [...this.#conversations.keys()].flatMap((name) => this.#messages(name).map(({ time }) => time));
    return times.reduce<string | undefined>((newest, time) => (newest && newest > time ? newest : time), undefined);
  }

  async clockBelief(): Promise<ClockBelief | undefined> {
    return this.#belief;
  }

  async believe(belief: ClockBelief): Promise<boolean> {
    this.#belief = belief;
    return true;
  }

  async maintain(): Promise<void> {}

  async isWritable(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    this.#conversations.clear();
    this.#read.clear();
  }

  #append(draft: Draft, time: string): Appended {
    const name = draft.conversation;
    const known = this.#conversations.get(name);
    if (!known && draft.type !== "message") return { ok: false, code: "no-such-message" };
    if (!known && draft.type === "message" && !draft.mayBegin) return { ok: false, code: "too-many-new-conversations" };
    const conversation = known ?? this.#create(name);
    if (!conversation) return { ok: false, code: "too-many-conversations" };
    const ids = committedAs(draft);
    const told = ids.map((id) => conversation.committed.get(id)).find((seq) => seq !== undefined);
    const before = told === undefined ? undefined : conversation.entries.find(({ seq }) => seq === told);
    if (before) return { ok: true, entry: before, duplicate: true, quotes: new Map() };
    const appended =
      draft.type === "message" ? this.#say(conversation, draft, time) : this.#change(conversation, draft, time);
    if (!appended.ok || !appended.entry) return appended;
    // The map is ordered by last use.
    this.#conversations.delete(name);
    this.#conversations.set(name, conversation);
    conversation.lastSeq = appended.entry.seq;
    conversation.entries.push(appended.entry);
    conversation.committed.set(ids.at(-1) ?? "", appended.entry.seq);
    keepNewest(conversation, this.#options.limits.memoryMessagesMax);
    return appended;
  }

  #say({ lastSeq, entries }: KeptConversation, draft: MessageDraft, time: string): Appended {
    const { author, text, action, reply } = draft;
    const answered = reply === undefined ? undefined : find(entries, reply);
    if (reply !== undefined && !answered) return { ok: false, code: "no-such-message" };
    const entry: KeptEntry = {
      type: "message",
      msgid: randomUUID(),
      seq: lastSeq + 1,
      time,
      from: author.name,
      person: author.person,
      text,
      ...(action ? { action } : {}),
      ...(reply === undefined ? {} : { reply }),
    };
    return { ok: true, entry, duplicate: false, quotes: quotesOf([entry], () => answered) };
  }

  #change({ lastSeq, entries }: KeptConversation, draft: ChangeDraft, time: string): Appended {
    const message = find(entries, draft.msgid);
    const changed = changeMessage(message, draft);
    if (typeof changed === "string") return { ok: false, code: changed };
    if (changed === message) return { ok: true };
    if (message) entries[entries.indexOf(message)] = changed;
    const entry = changeEntry(changeOf(draft, message, { seq: lastSeq + 1, time }), changed);
    return { ok: true, entry, duplicate: false, quotes: new Map([[changed.msgid, changed]]) };
  }

  #find(msgid: string): KeptMessage | undefined {
    for (const { entries } of this.#conversations.values()) {
      const message = find(entries, msgid);
      if (message) return message;
    }
    return undefined;
  }

  #messages(name: string): readonly KeptMessage[] {
    const conversation = this.#conversations.get(name);
    return conversation ? messagesOf(conversation) : [];
  }

  #note(note: Note): Committed["noted"][number] {
    if (note.type === "topic") return { ok: this.#setTopic(note) };
    if (note.type === "room-removed") return { ok: this.#removeRoom(note.room) };
    if (note.type === "record") return { ok: this.#keep(note) };
    if (note.type === "forgotten") this.#read.delete(note.person);
    // Nobody ever asks for people, their accounts or invitations again.
    if (note.type !== "read") return { ok: true };
    const before = this.#read.get(note.person)?.get(note.conversation) ?? 0;
    const read = Math.min(note.seq, this.#conversations.get(note.conversation)?.lastSeq ?? 0);
    if (read <= before) return { ok: true };
    const readings = this.#read.get(note.person) ?? new Map<string, number>();
    this.#read.set(note.person, readings.set(note.conversation, read));
    return { ok: true, read };
  }

  #removeRoom(room: string): boolean {
    const conversation = this.#conversations.get(room);
    if (conversation) Object.assign(conversation, { topic: "", entries: [], committed: new Map() });
    for (const read of this.#read.values()) read.delete(room);
    return true;
  }

  #keep({ kind, scope, id, value }: Extract<Note, { type: "record" }>): boolean {
    const key = JSON.stringify([kind, scope, id]);
    if (value === undefined) this.#records.delete(key);
    else this.#records.set(key, { kind, scope, id, value });
    return true;
  }

  #setTopic({ room, topic }: Extract<Note, { type: "topic" }>): boolean {
    const conversation = this.#conversations.get(room) ?? this.#create(room);
    if (!conversation) return false;
    conversation.topic = topic;
    return true;
  }

  /** Forgets the private conversation that has been silent the longest. @returns whether there was one */
  #forgetPrivate(): boolean {
    for (const [name, { lastSeq }] of this.#conversations) {
      if (!name.startsWith("@")) continue;
      this.#forgottenSeq = Math.max(this.#forgottenSeq, lastSeq);
      for (const read of this.#read.values()) read.delete(name);
      return this.#conversations.delete(name);
    }
    return false;
  }

  #create(name: string): KeptConversation | undefined {
    if (this.#conversations.size >= this.#options.limits.memoryConversationsMax && !this.#forgetPrivate())
      return undefined;
    const lastSeq = name.startsWith("@") ? this.#forgottenSeq : 0;
    const conversation: KeptConversation = { lastSeq, topic: "", entries: [], committed: new Map() };
    this.#conversations.set(name, conversation);
    return conversation;
  }
}

function readerOf(conversation: KeptConversation): EntryReader {
  const { entries, lastSeq } = conversation;
  const messages = () => messagesOf(conversation);
  return {
    lastSeq,
    entries: (range) =>
      within(entries, range).map((entry) =>
        entry.type === "message" ? entry : changeEntry(entry, find(entries, entry.msgid)),
      ),
    messages: (range) => within(messages(), range),
    find: (msgid) => find(entries, msgid),
    seqSince: (time) => messages().find((message) => message.time >= time)?.seq,
  };
}

function messagesOf({ entries }: KeptConversation): readonly KeptMessage[] {
  return entries.filter((entry) => entry.type === "message");
}

/** A message and a change with the same id are different; the last of these is what the draft is committed as. */
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

/** Keeps that many messages, and a multiple of that many changes. */
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

/** Keeps everything from the first entry on that is young enough. */
function dropOld({ entries, committed }: KeptConversation, since: string, now = endOfTime): void {
  const first = entries.findIndex(({ time }) => time >= since && time <= now);
  const last = entries.slice(0, first === -1 ? undefined : first).findLastIndex(({ time }) => time < since);
  const dropped = new Set(entries.splice(0, last + 1).map(({ seq }) => seq));
  for (const [id, seq] of committed) if (dropped.has(seq)) committed.delete(id);
}
