/** Makes a textarea as high as its text; its CSS sets the maximum. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export class AutoGrowController implements ReactiveController {
  readonly #textarea: () => HTMLTextAreaElement | undefined;
  #widths: ResizeObserver | undefined;
  #widthPx = 0;

  constructor(host: ReactiveControllerHost, textarea: () => HTMLTextAreaElement | undefined) {
    this.#textarea = textarea;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#grow();
    const textarea = this.#textarea();
    if (!textarea || this.#widths) return;
    this.#widths = new ResizeObserver(() => {
      if (textarea.clientWidth === this.#widthPx) return;
      this.#widthPx = textarea.clientWidth;
      this.#grow();
    });
    this.#widths.observe(textarea);
  }

  hostDisconnected(): void {
    this.#widths?.disconnect();
    this.#widths = undefined;
  }

  #grow(): void {
    const textarea = this.#textarea();
    if (!textarea) return;
    const borderPx = textarea.offsetHeight - textarea.clientHeight;
    textarea.style.height = "auto";
    textarea.style.height = `${textarea.scrollHeight + borderPx}px`;
  }
}
