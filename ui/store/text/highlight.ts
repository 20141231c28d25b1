/** Which parts of a text a search has found, using the same functions as the search itself. */
import { parseSearch } from "../../../protocol/search.ts";
import { findPhrase, phraseOf, type Token, tokensOf } from "../../../protocol/words.ts";

export interface HighlightPart {
  text: string;
  isHit: boolean;
}

/** Cuts `text` into parts that add up to `text`. */
export function highlight(text: string, query: string): HighlightPart[] {
  const parts: HighlightPart[] = [];
  let end = 0;
  for (const found of foundTokens(tokensOf(text), query)) {
    // Several letters may be written as one character.
    if (found.end <= end) continue;
    const last = parts.at(-1);
    if (last?.isHit && found.start <= end) {
      last.text += text.slice(end, found.end);
    } else {
      if (found.start > end) parts.push({ text: text.slice(end, found.start), isHit: false });
      parts.push({ text: text.slice(found.start, found.end), isHit: true });
    }
    end = found.end;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isHit: false });
  return parts;
}

function foundTokens(tokens: readonly Token[], query: string): Token[] {
  const parsed = parseSearch(query);
  const found = new Set<number>();
  for (const word of parsed.ok ? parsed.query.words : []) {
    const phrase = phraseOf(word);
    for (const place of findPhrase(tokens, phrase)) {
      for (let index = place; index < place + phrase.length; index++) found.add(index);
    }
  }
  return tokens.filter((_, index) => found.has(index));
}
