/**
 * Sentences with people's words in them. A name is nobody's to translate, and keeps its direction to itself; so do other
 * words that go from right to left, such as a topic's, which the texts isolate by themselves (`ui/locales/isolated.ts`).
 */
import { html, nothing } from "lit";

const marks = /[\u2066-\u2069]/g;

/** For a name that is put into a text which `sentence` shows. It is isolated twice, which tells it from other words. */
export function named(name: string): string {
  return `\u2068\u2068${name.replace(marks, "")}\u2069\u2069`;
}

/** What stands between two of these is words, then a name or nothing, then isolated words or nothing, and so on. */
const isolates = /\u2068\u2068([^\u2068\u2069]*)\u2069\u2069|\u2068([^\u2068\u2069]*)\u2069/;

/** @param words draws what is no name; as it is, unless told otherwise */
export function sentence(text: string, words: (part: string) => unknown = (part) => part): unknown {
  return text.split(isolates).map((part: string | undefined, index) => {
    if (part === undefined) return nothing;
    if (index % 3 === 0) return words(part);
    return index % 3 === 1 ? html`<bdi translate="no">${part}</bdi>` : html`<bdi>${words(part)}</bdi>`;
  });
}
