/** Somebody who talks all the time, by whatever way, and what the fault test wants of them. */
import type { Posts } from "./posts.ts";
import type { View } from "./view.ts";

export interface ChaosClient {
  readonly name: string;
  readonly view: View;
  readonly posts: Posts;
  /** Times that its connection was lost. */
  readonly reconnections: number;
  /** Resolves when one more of its messages is answered. */
  answered(): Promise<void>;
  /** Says nothing new; resolves when everything it said is answered. */
  finish(): Promise<void>;
  /** Comes back on a connection of its own making; resolves when it knows everything that was said until now. */
  catchUp(): Promise<void>;
  /** What it is doing, for whoever wonders why it comes to no end. */
  readonly state: string;
  stop(): void;
}
