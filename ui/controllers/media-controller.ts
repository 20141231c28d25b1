/** Tells an element whether a media query matches, and when that changes. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type MediaQuery, mediaQuery } from "../browser/media-query.ts";

export class MediaController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #query: MediaQuery;
  readonly #onChange = () => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost, query: string) {
    this.#host = host;
    this.#query = mediaQuery(query);
    host.addController(this);
  }

  get matches(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener("change", this.#onChange);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener("change", this.#onChange);
  }
}
