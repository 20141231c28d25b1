/**
 * Tracks whether the reader has seen the line above the new messages; until then they are shown a button that leads
 * there.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export interface UnreadLine {
  /** The key of the line's item; undefined when nothing is new. */
  key(): string | undefined;
  /** Undefined while it is not drawn. */
  element(): Element | undefined;
}

export class UnreadLineController implements ReactiveController {
  readonly #line: UnreadLine;
  readonly #sights: IntersectionObserver;
  #watched: { key: string | undefined; element: Element | undefined } = { key: undefined, element: undefined };
  /** The key of the line that was last seen. */
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

  /** There is a line that the reader has not seen. */
  get isUnseen(): boolean {
    const key = this.#line.key();
    return key !== undefined && key !== this.#seen;
  }

  /** The line may have moved: whether it is visible is checked again. */
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
