/**
 * Everything that is due at the end of one turn of the event loop, in the order in which it was asked for. All
 * messages of a turn share one commit; what depends on them, and all that people are told, comes after it. This is
 * how nobody sees a message before it is kept, and why the order is the same for everyone.
 */
import type { Appended, Draft, MessageLog, Note } from "./ports.ts";

/** What became of what was to be kept. */
interface Kept {
  appended: readonly Appended[];
  noted: boolean;
}

export class Turn {
  #drafts: Draft[] = [];
  #notes: Note[] = [];
  #steps: ((kept: Kept) => void)[] = [];

  /** Adds a message, or a change to one, to the commit; `then` runs with its outcome, in its place among the steps. */
  append(draft: Draft, then: (outcome: Appended) => void): void {
    const index = this.#drafts.push(draft) - 1;
    this.#steps.push(({ appended }) => then(appended[index] ?? { ok: false, code: "not-stored" }));
  }

  /** Adds a note to those that are kept; `then` runs with whether it was, in its place among the steps. */
  note(note: Note, then: (isKept: boolean) => void = () => {}): void {
    this.#notes.push(note);
    this.#steps.push(({ noted }) => then(noted));
  }

  /** Adds a step that runs after all that was added before it. */
  add(step: () => void): void {
    this.#steps.push(step);
  }

  /** Commits, then runs the steps. One that throws is reported and does not keep the others from running. */
  run(log: MessageLog, report: (error: unknown) => void): void {
    const appended = this.#drafts.length > 0 ? log.append(this.#drafts) : [];
    const noted = this.#notes.length > 0 && log.note(this.#notes);
    for (const step of this.#steps) {
      try {
        step({ appended, noted });
      } catch (error) {
        report(error);
      }
    }
  }
}
