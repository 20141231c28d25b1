/**
 * Keeps what the reader is looking at in place: the end, while things are added there, or else wherever they have
 * scrolled, whatever is added above or below. It knows scrolling, not what is scrolled.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Closer to the end than this, in CSS pixels, counts as at the end: zoomed pages end on fractions. */
const endMarginPx = 24;

/** An item, by its `data-key`, and how far below the scroller's top it starts. */
export interface ReadingPosition {
  key: string;
  topPx: number;
}

interface Held extends ReadingPosition {
  /** Looked up by key when it was replaced or is not drawn yet. */
  element: HTMLElement | undefined;
  /** From the item to the end of everything, for when the item no longer exists. */
  toEndPx: number;
}

/** What is scrolled. */
export interface Scrolled {
  /** The children of its only child are the items; an item may have more items in its shadow root. */
  scroller(): HTMLElement | undefined;
  itemOf(key: string): HTMLElement | undefined;
  /** Nothing follows the last item. */
  isWhole(): boolean;
  /** Where to start; undefined for the end. */
  beginning(): ReadingPosition | undefined;
}

export class ReadingPositionController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #scrolled: Scrolled;
  #resizes: ResizeObserver | undefined;
  /** Undefined at the end. */
  #held: Held | undefined;
  /** The value of `atEnd` at the host's last update. */
  #toldAtEnd = true;
  #stuckAtPx = 0;
  /** Held in place even when the reader is at the end. */
  #pinned: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost, scrolled: Scrolled) {
    this.#host = host;
    this.#scrolled = scrolled;
    host.addController(this);
  }

  /** Whether the reader follows new messages. */
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

  /** Keeps an item in place, or where the reader scrolls it, while something is added around it. */
  async holdDuring(item: HTMLElement, adding: () => Promise<void>): Promise<void> {
    this.#pinned = item;
    this.onScroll();
    await adding();
    this.#pinned = undefined;
  }

  /** Keeps an item in place, whether the reader was at the end or not. */
  stayAt(key: string): void {
    const [scroller, item] = [this.#scrolled.scroller(), this.#scrolled.itemOf(key)];
    if (scroller && item) this.#hold(heldAt(item, scroller));
  }

  /** From the next `keep` on, the item starts that far below the scroller's top; it need not be drawn yet. */
  jumpTo({ key, topPx }: ReadingPosition): void {
    const scroller = this.#scrolled.scroller();
    if (!scroller) return;
    const toEndPx = scroller.scrollHeight - scroller.scrollTop - topPx;
    this.#hold({ key, topPx, element: undefined, toEndPx });
  }

  /**
   * For the scroller's scroll event, which comes late: what was added since our own scrolling would look like the
   * reader moving up. Only a position above the one we chose counts as the reader's choice.
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
    // Heights also change without an update of ours: the window, the composer, an element that renders late.
    this.#resizes = new ResizeObserver(() => this.keep());
    this.#resizes.observe(scroller);
    if (scroller.firstElementChild) this.#resizes.observe(scroller.firstElementChild);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#resizes = undefined;
  }

  /**
   * Scrolls to the reader's place. Call it after every drawing, even when the height did not change; until everything
   * is drawn, the scroller may be too short for the place.
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

/**
 * The lowest visible item: additions above go before the first items, additions below after the last, so it stays the
 * same.
 */
function lowestShown(scroller: HTMLElement): Held | undefined {
  const item = lowestOf([...(scroller.firstElementChild?.children ?? [])] as HTMLElement[], scroller);
  const inner = lowestOf([...(item?.shadowRoot?.querySelectorAll<HTMLElement>("[data-key]") ?? [])], scroller);
  const element = inner ?? item;
  return element && heldAt(element, scroller);
}

/** The last item that starts above the scroller's lower edge; the first when none does. */
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

/** Scrolling by zero would interrupt a finger or a wheel. */
function moveBy(distancePx: number, scroller: HTMLElement): void {
  if (Math.abs(distancePx) >= 0.5) scroller.scrollTop += distancePx;
}

function topOf(item: Element, scroller: HTMLElement): number {
  return item.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
