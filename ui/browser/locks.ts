/** The browser's locks, through which its windows agree. They exist on secure origins only, and may be refused. */
import type { WindowLocks } from "../store/persistence/kept-outbox.ts";

export const locks: WindowLocks = {
  // Rejects where locks are missing or throw.
  request: async (name, options, callback) => navigator.locks.request(name, options, callback),
};
