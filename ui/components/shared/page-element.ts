/**
 * What every element of the page starts from. A browser that translates the page puts each text it finds into <font>
 * elements of its own; what is drawn afterwards must neither fail nor stay old for that, whatever an element renders.
 */
import { LitElement, type RenderOptions } from "lit";

/** Templates that are ready to be copied. */
const prepared = new WeakSet<Node>();

/** Lit copies each of its templates with this. */
const creationScope: NonNullable<RenderOptions["creationScope"]> = {
  importNode(template, deep) {
    if (!prepared.has(template)) endPlaces(template);
    prepared.add(template);
    return document.importNode(template, deep);
  },
};

/**
 * Lit takes the node after a place for its end. Where that is a text, a translator would replace it; so a node that nobody
 * sees ends the place, one of the kind that Lit does not count.
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

/** Lit writes a text's new words to whatever stands where it put the text. */
Object.defineProperty(HTMLFontElement.prototype, "data", {
  configurable: true,
  set(this: HTMLFontElement, words: string) {
    this.textContent = words;
  },
});

export class PageElement extends LitElement {
  override readonly renderOptions: RenderOptions = { host: this, creationScope };
}
