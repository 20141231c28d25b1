/** Whether the reader has had before them the line below which everything is new; until then they are shown a way to it. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export interface UnreadLine {
  /** The `seq` after which messages are new; undefined when none is. */
  after(): number | undefined;
  /** Undefined while it is not drawn. */
  element(): Element | undefined;
}

export class UnreadLineController implements ReactiveController {
  readonly #line: UnreadLine;
  readonly #sights: IntersectionObserver;
  #watched: Element | undefined;
  /** The one that was seen last. */
  #seenAfter: number | undefined;

  constructor(host: ReactiveControllerHost, line: UnreadLine) {
    this.#line = line;
    this.#sights = new IntersectionObserver((sights) => {
      if (!sights.some(({ isIntersecting }) => isIntersecting)) return;
      this.#seenAfter = line.after();
      host.requestUpdate();
    });
    host.addController(this);
  }

  /** There is such a line, and the reader has not seen it. */
  get isUnseen(): boolean {
    const after = this.#line.after();
    return after !== undefined && after !== this.#seenAfter;
  }

  hostUpdated(): void {
    const element = this.#line.element();
    if (element === this.#watched) return;
    this.#sights.disconnect();
    if (element) this.#sights.observe(element);
    this.#watched = element;
  }

  hostDisconnected(): void {
    this.#sights.disconnect();
    this.#watched = undefined;
  }
}
