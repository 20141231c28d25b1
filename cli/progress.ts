/** Shows the progress of a long task on standard error, so that standard output stays data. */

/** Milliseconds between two lines: often enough to see that the task is still running. */
const EVERY_MS = 1_000;

export interface Progress {
  /** One more is done. */
  step(): void;
  /** Everything is done, or the task stops here. */
  end(): void;
}

/** @param total the number of steps; undefined when it is not known */
export function showProgress(done: string, total?: number): Progress {
  let count = 0;
  let shownAtMs = performance.now();
  const show = () => console.error(total === undefined ? `${done} ${count}` : `${done} ${count} of ${total}`);
  return {
    step: () => {
      count += 1;
      if (performance.now() - shownAtMs < EVERY_MS) return;
      shownAtMs = performance.now();
      show();
    },
    end: show,
  };
}
