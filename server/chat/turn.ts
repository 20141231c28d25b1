/**
 * Everything that was asked for until the log has time for it, in the order in which it was asked. What is to be kept is
 * committed together; what depends on it, and all that people are told, comes after it. This is how nobody sees a
 * message before it is kept, and why the order is the same for everyone.
 *
 * Who reads what was said must see it as it was at that moment: what is said later in the turn is committed after it, as
 * a batch of its own, because it is still to be told.
 */
import type { People } from "./people.ts";
import type { Appended, Committed, Draft, MessageLog, Note } from "./ports.ts";

type Noted = Committed["noted"][number];

interface OpenBatch {
  notes: Note[];
  drafts: Draft[];
  /** What is done once it is committed, given what became of it. */
  steps: ((committed: Committed) => void)[];
  /** What is read after it, and what is done with that. Nothing more may be committed together with it. */
  reading?: { ask: (log: MessageLog) => Promise<unknown>; step: (read: { value: unknown } | undefined) => void };
}

const nothing: Committed = { appended: [], noted: [] };

export class Turn {
  readonly #begun: () => void;
  #last: OpenBatch = openBatch();
  readonly #batches = [this.#last];
  #size = 0;

  /** @param begun called when there is something to do */
  constructor(begun: () => void) {
    this.#begun = begun;
  }

  /** How much there is to do: messages, notes and steps. */
  get size(): number {
    return this.#size;
  }

  /** Adds a message or a change to the commit; `then` runs with its outcome, in its place among the steps. */
  append(draft: Draft, then: (outcome: Appended) => void): void {
    const batch = this.#open();
    const index = batch.drafts.push(draft) - 1;
    batch.steps.push(({ appended }) => then(appended[index] ?? { ok: false, code: "not-stored" }));
  }

  /** Adds a note to those that are kept; `then` runs with what became of it, in its place among the steps. */
  note(note: Note, then: (noted: Noted) => void): void {
    const batch = this.#open();
    const index = batch.notes.push(note) - 1;
    batch.steps.push(({ noted }) => then(noted[index] ?? { ok: false }));
  }

  /** Adds a step that runs after everything added before it. */
  add(step: () => void): void {
    this.#open().steps.push(step);
  }

  /**
   * Reads from the log what there was before it.
   * @param then runs in its place among the steps; without a value when it could not be read
   */
  read<T>(ask: (log: MessageLog) => Promise<T>, then: (read: { value: T } | undefined) => void): void {
    this.#open().reading = { ask, step: then as (read: { value: unknown } | undefined) => void };
  }

  /** Gives all that is to be kept and read to the log, and runs the steps as that is done. One that throws is reported. */
  async run(
    log: MessageLog,
    people: People,
    time: string,
    observer: { failed(error: unknown): void; unreadable(error: unknown): void },
  ): Promise<void> {
    const changed = people.takeNotes();
    const [first] = this.#batches;
    // People come first: what follows is theirs.
    const asked = this.#batches.map((batch) => {
      const { drafts, reading } = batch;
      const extra = batch === first ? changed : [];
      const notes = [...extra, ...batch.notes];
      const isEmpty = notes.length === 0 && drafts.length === 0;
      const commit = isEmpty ? undefined : log.commit({ time, notes, drafts });
      return { batch, extra, commit: commit && settled(commit), read: reading && settled(reading.ask(log)) };
    });
    const step = (work: () => void) => {
      try {
        work();
      } catch (error) {
        observer.failed(error);
      }
    };
    for (const { batch, extra, commit, read } of asked) {
      const outcome = await commit;
      if (outcome && "error" in outcome) observer.failed(outcome.error);
      const committed = outcome && "value" in outcome ? outcome.value : nothing;
      if (extra.length > 0 && !committed.noted[0]?.ok) people.giveBack(extra);
      const own = { ...committed, noted: committed.noted.slice(extra.length) };
      for (const each of batch.steps) step(() => each(own));
      const { reading } = batch;
      if (!reading) continue;
      const answer = await read;
      if (answer && "error" in answer) observer.unreadable(answer.error);
      step(() => reading.step(answer && "value" in answer ? answer : undefined));
    }
  }

  #open(): OpenBatch {
    if (this.#size === 0) this.#begun();
    this.#size++;
    if (this.#last.reading) {
      this.#last = openBatch();
      this.#batches.push(this.#last);
    }
    return this.#last;
  }
}

function openBatch(): OpenBatch {
  return { notes: [], drafts: [], steps: [] };
}

function settled<T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}
