/**
 * Keeps a scroller at its end while things are added, unless the reader has scrolled up. It knows scrolling, not what
 * is scrolled.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Closer to the end than this, in CSS pixels, counts as being there: zoomed pages end on fractions. */
const endMarginPx = 24;

export class StickToEndController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #scroller: () => HTMLElement | undefined;
  #resizes: ResizeObserver | undefined;
  #atEnd = true;
  #stuckAtPx = 0;

  /** @param scroller the scrolling element; its only child grows with what is added */
  constructor(host: ReactiveControllerHost, scroller: () => HTMLElement | undefined) {
    this.#host = host;
    this.#scroller = scroller;
    host.addController(this);
  }

  /** Whether the reader follows what is new. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  jumpToEnd(): void {
    this.#become(true);
    this.#stick();
  }

  /**
   * For the scroller's scroll event, which comes late: what was added since our own scrolling would look like reading
   * further up. So only a position above the one we chose counts as the reader's choice.
   */
  readonly onScroll = (): void => {
    const scroller = this.#scroller();
    if (!scroller) return;
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= endMarginPx;
    if (atEnd || scroller.scrollTop < this.#stuckAtPx - 1) this.#become(atEnd);
  };

  hostUpdated(): void {
    const scroller = this.#scroller();
    if (!scroller || this.#resizes) return;
    // Heights change without an update of ours too: the window, the composer, an element that renders late.
    this.#resizes = new ResizeObserver(() => this.#stick());
    this.#resizes.observe(scroller);
    if (scroller.firstElementChild) this.#resizes.observe(scroller.firstElementChild);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#resizes = undefined;
  }

  #stick(): void {
    const scroller = this.#scroller();
    if (!scroller || !this.#atEnd) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.#stuckAtPx = scroller.scrollTop;
  }

  #become(atEnd: boolean): void {
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#host.requestUpdate();
  }
}
