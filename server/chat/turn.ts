/**
 * Everything that is due at the end of one turn of the event loop, in the order in which it was asked for. All
 * messages of a turn share one commit; what depends on them, and all that people are told, comes after it. This is
 * how nobody sees a message before it is kept, and why the order is the same for everyone.
 *
 * Who reads what was said must see it as it was at that moment: what is said later in the turn is committed after it, as
 * a batch of its own, because it is still to be told.
 */
import type { People } from "./people.ts";
import type { Appended, Draft, MessageLog, Note } from "./ports.ts";

/** What became of what was to be kept. */
interface Kept {
  appended: readonly Appended[];
  noted: boolean;
}

interface Batch {
  drafts: Draft[];
  steps: ((kept: Kept) => void)[];
  /** One of the steps reads: nothing may be committed together with what is here. */
  isClosed: boolean;
}

export class Turn {
  readonly #notes: Note[] = [];
  #last: Batch = { drafts: [], steps: [], isClosed: false };
  readonly #batches = [this.#last];

  /** Adds a message, or a change to one, to the commit; `then` runs with its outcome, in its place among the steps. */
  append(draft: Draft, then: (outcome: Appended) => void): void {
    if (this.#last.isClosed) {
      this.#last = { drafts: [], steps: [], isClosed: false };
      this.#batches.push(this.#last);
    }
    const index = this.#last.drafts.push(draft) - 1;
    this.#last.steps.push(({ appended }) => then(appended[index] ?? { ok: false, code: "not-stored" }));
  }

  /** Adds a note to those that are kept; `then` runs with whether it was, in its place among the steps. */
  note(note: Note, then: (isKept: boolean) => void = () => {}): void {
    this.#notes.push(note);
    this.#last.steps.push(({ noted }) => then(noted));
  }

  /** Adds a step that runs after all that was added before it. */
  add(step: () => void): void {
    this.#last.steps.push(step);
  }

  /** Adds a step that reads from the log what there was before it. */
  read(step: () => void): void {
    this.#last.steps.push(step);
    this.#last.isClosed = true;
  }

  /** Commits, then runs the steps. One that throws is reported and does not keep the others from running. */
  run(log: MessageLog, people: People, report: (error: unknown) => void): void {
    const changed = people.takeNotes();
    const notes = [...changed, ...this.#notes];
    const noted = notes.length > 0 && log.note(notes);
    if (!noted) people.giveBack(changed);
    for (const { drafts, steps } of this.#batches) {
      const appended = drafts.length > 0 ? log.append(drafts) : [];
      for (const step of steps) {
        try {
          step({ appended, noted });
        } catch (error) {
          report(error);
        }
      }
    }
  }
}
