/**
 * Isolates people's words in sentences of another direction: next to a Hebrew or Arabic name, whatever follows would
 * swap places with it. Every text with a gap does this.
 */

const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Words wrapped in isolation marks, if they need them and do not have them yet. */
export function isolated(words: string): string {
  if (words.startsWith("\u2068") && words.endsWith("\u2069")) return words;
  return rightToLeft.test(words) ? `\u2068${words}\u2069` : words;
}

/** The same texts, isolating the words they are given. */
export function isolating<Texts extends object>(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, isolatingText(text)])) as Texts;
}

function isolatingText(text: unknown): unknown {
  if (typeof text === "function") {
    return (...given: unknown[]) => text(...given.map((each) => (typeof each === "string" ? isolated(each) : each)));
  }
  return typeof text === "object" && text !== null && !Array.isArray(text) ? isolating(text) : text;
}
