/** Somebody who does something all the time, in any way, and what the fault test needs from them. */
import type { Acts } from "./acts.ts";
import type { View } from "./view.ts";

export interface ChaosClient {
  readonly name: string;
  readonly view: View;
  readonly acts: Acts;
  /** How often its connection was lost. */
  readonly reconnections: number;
  /** Resolves when another of its acts is answered. */
  answered(): Promise<void>;
  /** Does nothing new; resolves when everything it did is answered. */
  finish(): Promise<void>;
  /** Comes back on a connection of its own making; resolves when it knows everything that happened until now. */
  catchUp(): Promise<void>;
  /** What it is doing, for finding out why it does not finish. */
  readonly state: string;
  stop(): void;
}
