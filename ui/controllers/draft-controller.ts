/** The text being written, kept in this window so that it survives a reload. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Keep } from "../store/keep.ts";

export class DraftController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #keep: () => Keep;
  #text = "";

  constructor(host: ReactiveControllerHost, keep: () => Keep) {
    this.#host = host;
    this.#keep = keep;
    host.addController(this);
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#keep().set("draft", text === "" ? undefined : text);
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#text = this.#keep().get("draft") ?? "";
  }
}
