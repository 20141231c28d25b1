/**
 * Keeps what the reader looks at where it is: the end, while things are added there, or else what they have scrolled to,
 * whatever is added above or below it. It knows scrolling, not what is scrolled.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Closer to the end than this, in CSS pixels, counts as being there: zoomed pages end on fractions. */
const endMarginPx = 24;

/** An item by its `data-key`, and how far below the scroller's top it begins. */
export interface ReadingPosition {
  key: string;
  topPx: number;
}

interface Held extends ReadingPosition {
  /** Found by the key when it was replaced, or is not drawn yet. */
  element: HTMLElement | undefined;
  /** From the item's place to the end of everything, for when there is no such item any more. */
  toEndPx: number;
}

/** What is scrolled. */
export interface Scrolled {
  /** The children of its only child are the items; an item may have items of its own in its shadow root. */
  scroller(): HTMLElement | undefined;
  itemOf(key: string): HTMLElement | undefined;
  /** Nothing follows the last item. */
  isWhole(): boolean;
  /** Where to begin; undefined for the end. */
  beginning(): ReadingPosition | undefined;
}

export class ReadingPositionController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #scrolled: Scrolled;
  #resizes: ResizeObserver | undefined;
  /** Undefined at the end. */
  #held: Held | undefined;
  /** What the host was updated with last. */
  #toldAtEnd = true;
  #stuckAtPx = 0;
  /** What is held whatever is shown below it. */
  #pinned: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost, scrolled: Scrolled) {
    this.#host = host;
    this.#scrolled = scrolled;
    host.addController(this);
  }

  /** Whether the reader follows what is new. */
  get atEnd(): boolean {
    return this.#held === undefined;
  }

  /** Where the reader is; undefined at the end. */
  get place(): ReadingPosition | undefined {
    return this.#held && { key: this.#held.key, topPx: this.#held.topPx };
  }

  jumpToEnd(): void {
    this.#hold(undefined);
    this.keep();
  }

  /** Keeps an item where it is, or where the reader scrolls it, while something is added around it. */
  async holdDuring(item: HTMLElement, adding: () => Promise<void>): Promise<void> {
    this.#pinned = item;
    this.onScroll();
    await adding();
    this.#pinned = undefined;
  }

  /** Keeps an item where it is, whether the reader was at the end or not. */
  stayAt(key: string): void {
    const [scroller, item] = [this.#scrolled.scroller(), this.#scrolled.itemOf(key)];
    if (scroller && item) this.#hold(heldAt(item, scroller));
  }

  /** From the next `keep` on, an item is to begin so far below the scroller's top; it need not be drawn yet. */
  jumpTo({ key, topPx }: ReadingPosition): void {
    const scroller = this.#scrolled.scroller();
    if (!scroller) return;
    const toEndPx = scroller.scrollHeight - scroller.scrollTop - topPx;
    this.#hold({ key, topPx, element: undefined, toEndPx });
  }

  /**
   * For the scroller's scroll event, which comes late: what was added since our own scrolling would look like reading
   * further up. So only a position above the one we chose counts as the reader's choice.
   */
  readonly onScroll = (): void => {
    const scroller = this.#scrolled.scroller();
    if (!scroller) return;
    if (this.#pinned) this.#hold(heldAt(this.#pinned, scroller));
    else if (this.#isAtEnd(scroller)) this.#hold(undefined);
    else if (this.#held || scroller.scrollTop < this.#stuckAtPx - 1) this.#hold(lowestShown(scroller));
  };

  hostUpdated(): void {
    const scroller = this.#scrolled.scroller();
    if (!scroller || this.#resizes) return;
    const place = this.#scrolled.beginning();
    if (place) this.#held = { ...place, element: undefined, toEndPx: 0 };
    // Heights change without an update of ours too: the window, the composer, an element that renders late.
    this.#resizes = new ResizeObserver(() => this.keep());
    this.#resizes.observe(scroller);
    if (scroller.firstElementChild) this.#resizes.observe(scroller.firstElementChild);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#resizes = undefined;
  }

  /**
   * Goes to where the reader is to be. To be called when something was drawn: it may be as high as what was there before,
   * and until it is drawn whole the scroller may be too short for the place.
   */
  keep(): void {
    const scroller = this.#scrolled.scroller();
    if (!scroller) return;
    const held = this.#held;
    if (held && !held.element?.isConnected) held.element = this.#scrolled.itemOf(held.key);
    if (!held) scroller.scrollTop = scroller.scrollHeight;
    else if (held.element) moveBy(topOf(held.element, scroller) - held.topPx, scroller);
    else scroller.scrollTop = scroller.scrollHeight - held.toEndPx - held.topPx;
    this.#stuckAtPx = scroller.scrollTop;
    this.#hold(this.#isAtEnd(scroller) && !this.#pinned ? undefined : held);
  }

  #isAtEnd(scroller: HTMLElement): boolean {
    const belowPx = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    return belowPx <= endMarginPx && this.#scrolled.isWhole();
  }

  #hold(held: Held | undefined): void {
    this.#held = held;
    if (this.atEnd === this.#toldAtEnd) return;
    this.#toldAtEnd = this.atEnd;
    this.#host.requestUpdate();
  }
}

/** What is added above goes before the first items, what is added below follows the last: the lowest shown stays itself. */
function lowestShown(scroller: HTMLElement): Held | undefined {
  const item = lowestOf([...(scroller.firstElementChild?.children ?? [])] as HTMLElement[], scroller);
  const inner = lowestOf([...(item?.shadowRoot?.querySelectorAll<HTMLElement>("[data-key]") ?? [])], scroller);
  const element = inner ?? item;
  return element && heldAt(element, scroller);
}

/** The last one that begins above the scroller's lower edge; the first when none does. */
function lowestOf(items: readonly HTMLElement[], scroller: HTMLElement): HTMLElement | undefined {
  let first = 0;
  let after = items.length;
  while (first < after - 1) {
    const middle = (first + after) >> 1;
    if (topOf(items[middle] as HTMLElement, scroller) < scroller.clientHeight) first = middle;
    else after = middle;
  }
  return items[first];
}

function heldAt(element: HTMLElement, scroller: HTMLElement): Held {
  const topPx = topOf(element, scroller);
  const toEndPx = scroller.scrollHeight - scroller.scrollTop - topPx;
  return { element, key: element.dataset.key ?? "", topPx, toEndPx };
}

/** Scrolling by nothing would end the scrolling of a finger or a wheel. */
function moveBy(distancePx: number, scroller: HTMLElement): void {
  if (Math.abs(distancePx) >= 0.5) scroller.scrollTop += distancePx;
}

function topOf(item: Element, scroller: HTMLElement): number {
  return item.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
