/**
 * A text in the form in which names are compared, which may be longer or shorter, with a mapping back to the original.
 */
import { nameKey } from "../../../protocol/names.ts";

export interface FoldedText {
  folded: string;
  /** The original position of the reader-visible character at folded index `index`; undefined inside a character. */
  sourceOf(index: number): number | undefined;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Lower-casing turns a capital sigma into ς at the end of a word and σ elsewhere; here they are the same letter. */
export function fold(text: string): string {
  return nameKey(text).replaceAll("ς", "σ");
}

export function foldText(text: string): FoldedText {
  // Nearly always every character stays in place.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII but the return, which makes one with a newline
  if (/^[\0-\x0c\x0e-\x7f]*$/.test(text)) return { folded: fold(text), sourceOf: (index) => index };
  const parts: string[] = [];
  const sources = new Map<number, number>();
  let length = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    const part = fold(segment);
    if (part !== "") sources.set(length, index);
    parts.push(part);
    length += part.length;
  }
  sources.set(length, text.length);
  return { folded: parts.join(""), sourceOf: (index) => sources.get(index) };
}

/** Folded names kept: those of a busy chat. */
const foldedMax = 10_000;

const folded = new Map<string, string>();

export function foldName(name: string): string {
  const known = folded.get(name);
  if (known !== undefined) return known;
  if (folded.size >= foldedMax) folded.clear();
  const key = fold(name);
  folded.set(name, key);
  return key;
}
