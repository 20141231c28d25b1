/**
 * The base of every element of the page. A browser that translates the page wraps each text in <font> elements of its
 * own; later drawing must neither fail nor leave old text because of that, whatever an element renders.
 */
import { LitElement, type RenderOptions } from "lit";

/** Templates that are ready to be cloned. */
const prepared = new WeakSet<Node>();

/** Lit clones each of its templates with this. */
const creationScope: NonNullable<RenderOptions["creationScope"]> = {
  importNode(template, deep) {
    if (!prepared.has(template)) endPlaces(template);
    prepared.add(template);
    return document.importNode(template, deep);
  },
};

/**
 * Lit takes the node after a placeholder as its end. If that is a text, a translator would replace it; an invisible
 * node of a kind that Lit does not count therefore ends the placeholder.
 */
function endPlaces(template: Node): void {
  const comments = document.createTreeWalker(template, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) {
    const { currentNode: place } = comments;
    if (place.nextSibling instanceof Text) {
      place.parentNode?.insertBefore(document.createProcessingInstruction("end", ""), place.nextSibling);
    }
  }
}

/** Lit writes new text to whatever node stands where it put the text. */
Object.defineProperty(HTMLFontElement.prototype, "data", {
  configurable: true,
  set(this: HTMLFontElement, words: string) {
    this.textContent = words;
  },
});

export class PageElement extends LitElement {
  override readonly renderOptions: RenderOptions = { host: this, creationScope };
}
