/** The text being written in one room, kept in this window so that it survives a reload and a look into other rooms. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Keep } from "../store/keep.ts";

export class DraftController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #keep: () => Keep;
  readonly #room: () => string;
  #text = "";

  /** @param room the key of the room */
  constructor(host: ReactiveControllerHost, keep: () => Keep, room: () => string) {
    this.#host = host;
    this.#keep = keep;
    this.#room = room;
    host.addController(this);
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#keep().set(`draft ${this.#room()}`, text === "" ? undefined : text);
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#text = this.#keep().get(`draft ${this.#room()}`) ?? "";
  }
}
