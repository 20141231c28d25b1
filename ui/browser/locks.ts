/** The browser's locks, by which its windows agree. Browsers have them on secure origins only, and may refuse them. */
import type { WindowLocks } from "../store/persistence/kept-outbox.ts";

export const locks: WindowLocks = {
  // What is missing, or throws, rejects.
  request: async (name, options, callback) => navigator.locks.request(name, options, callback),
};
