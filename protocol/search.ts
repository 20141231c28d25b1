/** What people type to find messages: words, and `from:`, `in:`, `after:`, `before:` to narrow the search. */
import { wireLimits } from "./limits.ts";
import { spellRoomName } from "./names.ts";
import { wordsOf } from "./words.ts";

export interface SearchQuery {
  /** As `wordsOf` cuts them: each begins a word of the message or, in scripts without spaces, is a part of it. */
  words: readonly string[];
  from?: string;
  room?: string;
  /** ISO 8601 days, `2026-11-21`, UTC: messages from that day on, or from before it. */
  after?: string;
  before?: string;
}

/** `problem`: the part that is wrong. */
export type SearchResult = { ok: true; query: SearchQuery } | { ok: false; problem: string };

/** Characters shown of a query that is too long. */
const SHOWN_CHARS = 40;

/** A value follows its key as it is, or in double quotes when it contains spaces: `from:"anna maria"`. */
const part = /(?:(from|in|after|before):)?(?:"([^"]*)"|(\S+))/giu;

export function parseSearch(typed: string): SearchResult {
  if (typed.length > wireLimits.searchCharsMax) return { ok: false, problem: `${typed.slice(0, SHOWN_CHARS)}…` };
  const query: { -readonly [K in keyof SearchQuery]: SearchQuery[K] } & { words: string[] } = { words: [] };
  // Texts have passed `cleanText` and are therefore in this form, too.
  for (const [whole, key, quoted, bare] of typed.normalize("NFC").matchAll(part)) {
    const value = quoted ?? bare ?? "";
    switch (key?.toLowerCase()) {
      case "from":
        query.from = value;
        break;
      case "in": {
        const room = spellRoomName(value);
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
        for (const word of wordsOf(value)) if (!query.words.includes(word)) query.words.push(word);
    }
  }
  const { words, ...narrowing } = query;
  if (words.length === 0 && Object.keys(narrowing).length === 0) return { ok: false, problem: typed.trim() };
  return { ok: true, query };
}

function isDay(typed: string): boolean {
  const time = Date.parse(typed);
  // Date would read 31 February as a day in March.
  return /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(typed);
}
