/**
 * Copies several messages with author, time and text, as `name, time: text`. Further lines of a text are indented, so
 * that nobody's words look like another's. Within one message, the browser copies the selection itself.
 */
import type { ReactiveController, ReactiveElement } from "lit";
import type { Locale } from "../../locales/locale.ts";
import type { LogMessage } from "../../store/selectors/log-items.ts";
import type { DrawnMessages } from "./drawn-messages.ts";

const indent = "    ";

/** A position in the page, in any shadow root. */
type Point = [node: Node, offset: number];

export class CopyController implements ReactiveController {
  readonly #drawn: DrawnMessages;
  readonly #locale: () => Locale;

  constructor(host: ReactiveElement, drawn: DrawnMessages, locale: () => Locale) {
    this.#drawn = drawn;
    this.#locale = locale;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("copy", this.#copy);
  }

  hostDisconnected(): void {
    document.removeEventListener("copy", this.#copy);
  }

  readonly #copy = (event: ClipboardEvent): void => {
    const [target] = event.composedPath();
    // Fields have their own selections.
    if (target instanceof HTMLElement && target.matches("input, textarea")) return;
    const lines = this.#selected();
    if (lines.length < 2 || !event.clipboardData) return;
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
  };

  #selected(): string[] {
    const { groups } = this.#drawn;
    const roots = groups.flatMap(({ shadowRoot }) => shadowRoot ?? []);
    // Not every browser reports selections in shadow roots; such a browser copies as it likes.
    const [range] = document.getSelection()?.getComposedRanges?.({ shadowRoots: roots }) ?? [];
    if (!range) return [];
    const start: Point = [range.startContainer, range.startOffset];
    const end: Point = [range.endContainer, range.endOffset];
    return groups.flatMap((group) =>
      group.messages.flatMap((message) => {
        const text = selectedText(message, group.elementOf(message.key), start, end);
        return text === undefined ? [] : this.#line(message, text);
      }),
    );
  }

  #line({ author, action, deleted, time }: LogMessage, text: string): string {
    const { texts } = this.#locale();
    const said = deleted ? texts.messageDeleted : text.split(/\r\n?|\n/).join(`\n${indent}`);
    return `${action ? "* " : ""}${author}, ${this.#locale().time(time)}: ${said}`;
  }
}

/** @returns undefined when no part of it is between the two */
function selectedText(
  { text }: LogMessage,
  element: HTMLElement | undefined,
  start: Point,
  end: Point,
): string | undefined {
  const words = element?.querySelector(".said, .tombstone");
  if (!element || !words) return undefined;
  const [fromStart, fromEnd] = [sideOf(start, words), sideOf(end, words)];
  if (fromStart > 0 || fromEnd < 0) return undefined;
  const part = new Range();
  part.selectNodeContents(words);
  if (words.contains(start[0])) part.setStart(...start);
  if (words.contains(end[0])) part.setEnd(...end);
  const selected = part.toString();
  // A fully selected text is copied as it was typed; so is a text with code, which has a shadow root of its own.
  if (selected === words.textContent || words.querySelector("message-code")) return text;
  return selected.trim() === "" ? undefined : selected;
}

/** @returns -1 when the point is before the element, 1 when it is after it */
function sideOf([node, offset]: Point, element: Element): number {
  const root = node.getRootNode();
  const there = ancestorIn(root, element);
  if (there) {
    const range = new Range();
    range.selectNode(there);
    return range.comparePoint(node, offset);
  }
  return root instanceof ShadowRoot ? sideOf([root.host, 0], element) : 0;
}

/** The element itself, or its ancestor in that root. */
function ancestorIn(root: Node, element: Element): Element | undefined {
  const own = element.getRootNode();
  if (own === root) return element;
  return own instanceof ShadowRoot ? ancestorIn(root, own.host) : undefined;
}
