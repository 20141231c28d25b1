/**
 * The text being written in one room, and what it is about. It is kept in this window, so that it survives a reload and
 * a visit to other rooms; unless it may hold a password.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Keep } from "../store/persistence/keep.ts";
import { mayHoldSecret } from "../store/selectors/typed-line.ts";
import type { About } from "../store/services/composing.ts";

export class DraftController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #keep: () => Keep;
  readonly #room: () => string;
  #text = "";
  #about: About | undefined;

  /** @param room the room's key */
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
    this.#keep().set(`draft ${this.#room()}`, mayBeKept(text) ? text : undefined);
    this.#host.requestUpdate();
  }

  /** The message that the text replies to or edits. */
  get about(): About | undefined {
    return this.#about;
  }

  /** Starts a reply, keeping the text written so far. */
  reply(about: About & { kind: "reply" }): void {
    this.leave();
    this.#setAbout(about);
  }

  /** Continues with what the draft is about now. */
  follow(about: About | undefined): void {
    if (about === this.#about) return;
    // The message being edited is gone.
    if (about === undefined) this.leave();
    else this.#setAbout(about);
  }

  /** Starts editing a message; the current draft waits. */
  edit({ msgid, text }: { msgid: string; text: string }): void {
    this.leave();
    this.#setAbout({ kind: "edit", msgid, text, draft: this.#text });
    this.text = text;
  }

  /** Returns to the earlier draft. */
  leave(): void {
    if (this.#about?.kind === "edit") this.text = this.#about.draft;
    this.#setAbout(undefined);
  }

  hostConnected(): void {
    this.#text = this.#keep().get(`draft ${this.#room()}`) ?? "";
    this.#about = this.#keep().parsed<About>(`about ${this.#room()}`);
  }

  #setAbout(about: About | undefined): void {
    this.#about = about;
    const kept = about?.kind === "edit" && !mayBeKept(about.draft) ? { ...about, draft: "" } : about;
    this.#keep().set(`about ${this.#room()}`, kept && JSON.stringify(kept));
    this.#host.requestUpdate();
  }
}

function mayBeKept(text: string): boolean {
  return text !== "" && !mayHoldSecret(text);
}
