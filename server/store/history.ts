/** Decides which entries a request for history returns, independent of their storage. */
import type { HistoryPage, HistoryRequest, KeptEntry, KeptMessage, Quotes } from "../chat/ports.ts";

/** At most `limit` entries of a conversation: the last ones, those just before a seq, or those just after one. */
export type Range =
  | { limit: number; before?: number; after?: undefined }
  | { limit: number; before?: undefined; after: number };

/** Reads one conversation. */
export interface EntryReader {
  lastSeq: number;
  /** Everything that happened, oldest first. */
  entries(range: Range): readonly KeptEntry[];
  /** The messages, oldest first. */
  messages(range: Range): readonly KeptMessage[];
  find(msgid: string): KeptMessage | undefined;
  /** The seq of the first message at a time (ISO 8601) or later; undefined when there is none. */
  seqSince(time: string): number | undefined;
}

/** @param reader undefined when nothing was ever said there */
export function readHistory(reader: EntryReader | undefined, request: HistoryRequest): HistoryPage | "no-such-message" {
  const part = reader ? partOf(reader, request) : nothing(request);
  if (typeof part === "string") return part;
  return { ...part, quotes: quotesOf(part.entries, (msgid) => reader?.find(msgid)) };
}

/** The messages that others reply to, as far as they are kept. */
export function quotesOf(entries: readonly KeptEntry[], find: (msgid: string) => KeptMessage | undefined): Quotes {
  const quotes = new Map<string, KeptMessage>();
  for (const entry of entries) {
    if (entry.type !== "message" || entry.reply === undefined) continue;
    const message = find(entry.reply);
    if (message) quotes.set(message.msgid, message);
  }
  return quotes;
}

function nothing({ around }: HistoryRequest): Omit<HistoryPage, "quotes"> | "no-such-message" {
  return typeof around === "string" ? "no-such-message" : { entries: [], pivot: 0, more: false };
}

/** Reads one entry more than requested, to find out whether there are more. */
function partOf(reader: EntryReader, request: HistoryRequest): Omit<HistoryPage, "quotes"> | "no-such-message" {
  const { limit, before, after, changes } = request;
  const read = (range: Range) => (changes ? reader.entries(range) : reader.messages(range));
  const from = middleOf(reader, request);
  if (from === "no-such-message") return from;
  if (from !== undefined) {
    const half = Math.floor(limit / 2);
    const older = read({ limit: half, before: from });
    const newer = read({ limit: limit - half + 1, after: from - 1 });
    const entries = [...older, ...newer.slice(0, limit - half)];
    return { entries, pivot: older.length, more: newer.length > limit - half };
  }
  if (after !== undefined) {
    const found = read({ limit: limit + 1, after });
    return { entries: found.slice(0, limit), pivot: 0, more: found.length > limit };
  }
  const found = read(before === undefined ? { limit: limit + 1 } : { limit: limit + 1, before });
  const entries = found.slice(Math.max(0, found.length - limit));
  return { entries, pivot: entries.length, more: found.length > limit };
}

/** The seq in the middle of the requested part; undefined when the request has no middle. */
function middleOf(reader: EntryReader, { around, since }: HistoryRequest) {
  // A moment after the last message means the end.
  if (since !== undefined) return reader.seqSince(since) ?? reader.lastSeq;
  if (typeof around !== "string") return around;
  return reader.find(around)?.seq ?? ("no-such-message" as const);
}
