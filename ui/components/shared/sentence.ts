/** Sentences with names in them: a name is nobody's to translate, and keeps its direction to itself. */
import { html } from "lit";

const marks = /[\u2066-\u2069]/g;

/** For a name that is put into a text which `sentence` shows. */
export function named(name: string): string {
  return `\u2068${name.replace(marks, "")}\u2069`;
}

/** @param words draws what stands between the names; as it is, unless told otherwise */
export function sentence(text: string, words: (part: string) => unknown = (part) => part): unknown {
  return text
    .split(/\u2068([^\u2068\u2069]*)\u2069/)
    .map((part, index) => (index % 2 ? html`<bdi translate="no">${part}</bdi>` : words(part)));
}
