/**
 * Sentences that contain names and other people's words. A name is never translated, and keeps its own direction; so do
 * other right-to-left words, such as a topic's, which the texts isolate themselves (`ui/locales/isolated.ts`).
 */
import { html, nothing } from "lit";

const marks = /[\u2066-\u2069]/g;

/** Wraps a name for a text that `sentence` renders. Names are isolated twice, which tells them from other words. */
export function named(name: string): string {
  return `\u2068\u2068${name.replace(marks, "")}\u2069\u2069`;
}

/** Splitting yields words, then a name or nothing, then isolated words or nothing, and so on. */
const isolates = /\u2068\u2068([^\u2068\u2069]*)\u2069\u2069|\u2068([^\u2068\u2069]*)\u2069/;

/** @param words renders whatever is not a name; as it is by default */
export function sentence(text: string, words: (part: string) => unknown = (part) => part): unknown {
  return text.split(isolates).map((part: string | undefined, index) => {
    if (part === undefined) return nothing;
    if (index % 3 === 0) return words(part);
    return index % 3 === 1 ? html`<bdi translate="no">${part}</bdi>` : html`<bdi>${words(part)}</bdi>`;
  });
}
