/** Tells an element when the page is being printed: paper does not scroll, so everything must be drawn. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { mediaQuery } from "../browser/media-query.ts";

export class PrintController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #paper = mediaQuery("print");
  #isDue = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isPrinting(): boolean {
    return this.#isDue || this.#paper.matches;
  }

  hostConnected(): void {
    window.addEventListener("beforeprint", this.#look);
    window.addEventListener("afterprint", this.#look);
    this.#paper.addEventListener("change", this.#look);
  }

  hostDisconnected(): void {
    window.removeEventListener("beforeprint", this.#look);
    window.removeEventListener("afterprint", this.#look);
    this.#paper.removeEventListener("change", this.#look);
  }

  /** The browser prints whatever is drawn when its event ends. */
  readonly #look = ({ type }: Event): void => {
    if (type !== "change") this.#isDue = type === "beforeprint";
    this.#host.requestUpdate();
  };
}
