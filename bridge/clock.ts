/** Time as the bridge sees it: one clock for the program, another for tests that turn its hands themselves. */

export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Calls `action` once, `delayMs` from now; returns a function that takes this back. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
