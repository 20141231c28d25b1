/**
 * Keeps what the reader looks at where it is: the end, while things are added there, or else what they have scrolled to,
 * whatever is added above or below it. It knows scrolling, not what is scrolled.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Closer to the end than this, in CSS pixels, counts as being there: zoomed pages end on fractions. */
const endMarginPx = 24;

/** An item by its `data-key`, and how far below the scroller's top it begins. */
export interface ReadingPlace {
  key: string;
  topPx: number;
}

interface Held extends ReadingPlace {
  element: Element;
  /** From the item's place to the end of everything, for when the item itself is replaced. */
  toEndPx: number;
}

export class ReadingPlaceController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #scroller: () => HTMLElement | undefined;
  readonly #beginning: () => ReadingPlace | undefined;
  #resizes: ResizeObserver | undefined;
  /** Undefined at the end. */
  #held: Held | undefined;
  /** What the host was updated with last. */
  #toldAtEnd = true;
  #stuckAtPx = 0;
  /** What is held whatever is shown below it. */
  #pinned: HTMLElement | undefined;

  /**
   * @param scroller the scrolling element; the children of its only child are the items, and grow in number
   * @param beginning where to begin; undefined for the end
   */
  constructor(
    host: ReactiveControllerHost,
    scroller: () => HTMLElement | undefined,
    beginning: () => ReadingPlace | undefined,
  ) {
    this.#host = host;
    this.#scroller = scroller;
    this.#beginning = beginning;
    host.addController(this);
  }

  /** Whether the reader follows what is new. */
  get atEnd(): boolean {
    return this.#held === undefined;
  }

  /** Where the reader is; undefined at the end. */
  get place(): ReadingPlace | undefined {
    return this.#held && { key: this.#held.key, topPx: this.#held.topPx };
  }

  jumpToEnd(): void {
    this.#hold(undefined);
    this.#keepPlace();
  }

  /** Keeps an item where it is, or where the reader scrolls it, while something is added around it. */
  async holdDuring(item: HTMLElement, adding: () => Promise<void>): Promise<void> {
    this.#pinned = item;
    this.onScroll();
    await adding();
    this.#pinned = undefined;
  }

  /** Shows an item so that it begins so far below the scroller's top. */
  jumpTo(item: HTMLElement, topPx: number): void {
    const scroller = this.#scroller();
    if (!scroller) return;
    const toEndPx = scroller.scrollHeight - scroller.scrollTop - topOf(item, scroller);
    this.#hold({ element: item, key: item.dataset.key ?? "", topPx, toEndPx });
    this.#keepPlace();
  }

  /**
   * For the scroller's scroll event, which comes late: what was added since our own scrolling would look like reading
   * further up. So only a position above the one we chose counts as the reader's choice.
   */
  readonly onScroll = (): void => {
    const scroller = this.#scroller();
    if (!scroller) return;
    if (this.#pinned) this.#hold(heldAt(this.#pinned, scroller));
    else if (isAtEnd(scroller)) this.#hold(undefined);
    else if (this.#held || scroller.scrollTop < this.#stuckAtPx - 1) this.#hold(lowestShown(scroller));
  };

  hostUpdated(): void {
    const scroller = this.#scroller();
    if (!scroller || this.#resizes) return;
    const place = this.#beginning();
    const element = place && itemsOf(scroller).find(({ dataset }) => dataset.key === place.key);
    if (place && element) this.#held = { ...place, element, toEndPx: 0 };
    // Heights change without an update of ours too: the window, the composer, an element that renders late.
    this.#resizes = new ResizeObserver(() => this.#keepPlace());
    this.#resizes.observe(scroller);
    if (scroller.firstElementChild) this.#resizes.observe(scroller.firstElementChild);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#resizes = undefined;
  }

  #keepPlace(): void {
    const scroller = this.#scroller();
    if (!scroller) return;
    if (!this.#held) scroller.scrollTop = scroller.scrollHeight;
    else if (this.#held.element.isConnected)
      scroller.scrollTop += topOf(this.#held.element, scroller) - this.#held.topPx;
    else scroller.scrollTop = scroller.scrollHeight - this.#held.toEndPx - this.#held.topPx;
    this.#stuckAtPx = scroller.scrollTop;
    this.#hold(isAtEnd(scroller) ? undefined : this.#held);
  }

  #hold(held: Held | undefined): void {
    this.#held = held;
    if (this.atEnd === this.#toldAtEnd) return;
    this.#toldAtEnd = this.atEnd;
    this.#host.requestUpdate();
  }
}

function isAtEnd(scroller: HTMLElement): boolean {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= endMarginPx;
}

/** What is added above goes into the first items, what is added below follows the last: the lowest shown stays itself. */
function lowestShown(scroller: HTMLElement): Held | undefined {
  const items = itemsOf(scroller);
  let first = 0;
  let after = items.length;
  while (first < after - 1) {
    const middle = (first + after) >> 1;
    if (topOf(items[middle] as Element, scroller) < scroller.clientHeight) first = middle;
    else after = middle;
  }
  const element = items[first];
  return element && heldAt(element, scroller);
}

function heldAt(element: HTMLElement, scroller: HTMLElement): Held {
  const topPx = topOf(element, scroller);
  const toEndPx = scroller.scrollHeight - scroller.scrollTop - topPx;
  return { element, key: element.dataset.key ?? "", topPx, toEndPx };
}

function itemsOf(scroller: HTMLElement): HTMLElement[] {
  return [...(scroller.firstElementChild?.children ?? [])] as HTMLElement[];
}

function topOf(item: Element, scroller: HTMLElement): number {
  return item.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
