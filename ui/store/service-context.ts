/** What the store's services share: the state and the only way to change it, the bridge, the clock, and new ids. */
import type { BridgeClient } from "../bridge-client/bridge-client.ts";
import type { Action } from "./model/reduce.ts";
import type { PageState } from "./model/state.ts";

/** Time as the page sees it; tests set it themselves. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `action` once, `delayMs` from now; returns a function that cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface ServiceContext {
  readonly state: PageState;
  readonly bridge: BridgeClient;
  readonly clock: Clock;
  /** A fresh UUID. */
  newId(): string;
  dispatch(action: Action): void;
}
