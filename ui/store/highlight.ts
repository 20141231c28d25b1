/** Which words of a text a search has found: those that begin with one of its words, without case and accents. */
import { parseSearch, wordsOf } from "../../protocol/search.ts";

export interface HighlightPart {
  text: string;
  isHit: boolean;
}

const word = /[\p{L}\p{N}\p{M}]+/gu;

/** Cuts `text` into parts that together are `text` again. */
export function highlight(text: string, query: string): HighlightPart[] {
  const parsed = parseSearch(query);
  const wanted = parsed.ok ? parsed.query.words : [];
  const parts: HighlightPart[] = [];
  let end = 0;
  for (const match of text.matchAll(word)) {
    if (!wordsOf(match[0]).some((found) => wanted.some((begin) => found.startsWith(begin)))) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isHit: false });
    end = match.index + match[0].length;
    parts.push({ text: match[0], isHit: true });
  }
  if (end < text.length) parts.push({ text: text.slice(end), isHit: false });
  return parts;
}
