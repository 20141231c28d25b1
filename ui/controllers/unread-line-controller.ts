/** Whether the reader has had before them the line below which everything is new; until then they are shown a way to it. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export interface UnreadLine {
  /** Of what stands below it; undefined when nothing is new. */
  key(): string | undefined;
  /** Undefined while it is not drawn. */
  element(): Element | undefined;
}

export class UnreadLineController implements ReactiveController {
  readonly #line: UnreadLine;
  readonly #sights: IntersectionObserver;
  #watched: { key: string | undefined; element: Element | undefined } = { key: undefined, element: undefined };
  /** The key of the one that was seen last. */
  #seen: string | undefined;

  constructor(host: ReactiveControllerHost, line: UnreadLine) {
    this.#line = line;
    this.#sights = new IntersectionObserver((sights) => {
      if (!sights.at(-1)?.isIntersecting) return;
      this.#seen = this.#watched.key;
      host.requestUpdate();
    });
    host.addController(this);
  }

  /** There is such a line, and the reader has not seen it. */
  get isUnseen(): boolean {
    const key = this.#line.key();
    return key !== undefined && key !== this.#seen;
  }

  /** The line may have moved, with what is below it another: whether it is in sight is asked anew then. */
  hostUpdated(): void {
    const [key, element] = [this.#line.key(), this.#line.element()];
    if (key === this.#watched.key && element === this.#watched.element) return;
    this.#watched = { key, element };
    this.#sights.disconnect();
    if (element) this.#sights.observe(element);
  }

  hostDisconnected(): void {
    this.#sights.disconnect();
    this.#watched = { key: undefined, element: undefined };
  }
}
