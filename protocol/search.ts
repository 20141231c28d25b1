/** What people type to find messages: words, and `from:`, `in:`, `after:`, `before:` to narrow it down. */
import { parseRoomName } from "./names.ts";

export interface SearchQuery {
  /** Every one of them begins a word of the message; case and accents do not count. */
  words: readonly string[];
  from?: string;
  room?: string;
  /** ISO 8601 days, `2026-11-21`, UTC: messages of that day and later, or of days before it. */
  after?: string;
  before?: string;
}

/** `problem` names the part that cannot be. */
export type SearchResult = { ok: true; query: SearchQuery } | { ok: false; problem: string };

/** A value stands after its key as it is, or in double quotes when it holds spaces: `from:"anna maria"`. */
const part = /(?:(from|in|after|before):)?(?:"([^"]*)"|(\S+))/giu;

/** Splits a text into words, as they are compared: without case and accents. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function parseSearch(typed: string): SearchResult {
  const query: { -readonly [K in keyof SearchQuery]: SearchQuery[K] } & { words: string[] } = { words: [] };
  for (const [whole, key, quoted, bare] of typed.matchAll(part)) {
    const value = quoted ?? bare ?? "";
    switch (key?.toLowerCase()) {
      case "from":
        query.from = value;
        break;
      case "in": {
        const room = parseRoomName(value);
        if (room === undefined) return { ok: false, problem: whole };
        query.room = room;
        break;
      }
      case "after":
      case "before":
        if (!isDay(value)) return { ok: false, problem: whole };
        query[key.toLowerCase() as "after" | "before"] = value;
        break;
      default:
        query.words.push(...wordsOf(value));
    }
  }
  const { words, ...narrowing } = query;
  if (words.length === 0 && Object.keys(narrowing).length === 0) return { ok: false, problem: typed.trim() };
  return { ok: true, query };
}

function isDay(typed: string): boolean {
  const time = Date.parse(typed);
  // 31 February is taken for a day of March.
  return /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(typed);
}
