/**
 * Gathers requests, in order, until the log is free. Messages and notes are committed together; everything that people
 * are told comes after the commit. Therefore nobody sees a message before it is stored, and the order is the same for
 * everyone.
 *
 * A read must show the log as it was when it was requested. What is said later in the turn is still to be told, so it
 * is committed after the read, in a separate batch.
 */
import type { People } from "./people.ts";
import type { Appended, Committed, Draft, MessageLog, Note } from "./ports.ts";
import { prices } from "./prices.ts";

type Noted = Committed["noted"][number];

interface OpenBatch {
  notes: Note[];
  drafts: Draft[];
  /** Run after the commit, with its outcome. */
  steps: ((committed: Committed) => void)[];
  /** A read after the commit, and what is done with its result. It closes the batch: nothing more may be added. */
  reading?: { ask: (log: MessageLog) => Promise<unknown>; step: (read: { value: unknown } | undefined) => void };
}

const nothing: Committed = { appended: [], noted: [] };

export class Turn {
  readonly #begun: () => void;
  #last: OpenBatch = openBatch();
  readonly #batches = [this.#last];
  #units = 0;

  /** @param begun called when there is something to do */
  constructor(begun: () => void) {
    this.#begun = begun;
  }

  /** What it costs the log and whoever is told, in units of `prices.ts`; 0 when there is nothing to do. */
  get units(): number {
    return this.#units;
  }

  /** Adds a message or a change to the commit; `then` runs with its outcome, in its place among the steps. */
  append(draft: Draft, then: (outcome: Appended) => void): void {
    const batch = this.#openToKeep(prices[draft.type === "message" ? "post" : draft.type]);
    const index = batch.drafts.push(draft) - 1;
    batch.steps.push(({ appended }) => then(appended[index] ?? { ok: false, code: "not-stored" }));
  }

  /** Adds a note to the commit; `then` runs with its outcome, in its place among the steps. */
  note(note: Note, then: (noted: Noted) => void): void {
    const batch = this.#openToKeep(prices.note);
    const index = batch.notes.push(note) - 1;
    batch.steps.push(({ noted }) => then(noted[index] ?? { ok: false }));
  }

  /** Adds a step that runs after everything added before it. */
  add(step: () => void): void {
    this.#open(prices.step).steps.push(step);
  }

  /**
   * Reads from the log as it is after everything added before.
   * @param units what that costs, in units of `prices.ts`
   * @param then runs in its place among the steps; without a value if the read failed
   */
  read<T>(units: number, ask: (log: MessageLog) => Promise<T>, then: (read: { value: T } | undefined) => void): void {
    this.#open(units).reading = { ask, step: then as (read: { value: unknown } | undefined) => void };
  }

  /** Gives all commits and reads to the log, and runs the steps as each is done. A step that throws is reported. */
  async run(
    log: MessageLog,
    people: People,
    time: string,
    observer: { failed(error: unknown): void; unreadable(error: unknown): void },
  ): Promise<void> {
    const changed = people.takeNotes();
    const [first] = this.#batches;
    // People come first: everything else refers to them.
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

  /** The batch for something that is kept. After a read, it has a commit of its own. */
  #openToKeep(units: number): OpenBatch {
    const batch = this.#open(units);
    const isFirst = batch.notes.length === 0 && batch.drafts.length === 0;
    if (isFirst && this.#batches.length > 1) this.#units += prices.commit;
    return batch;
  }

  #open(units: number): OpenBatch {
    if (this.#units === 0) this.#begun();
    this.#units += units;
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
