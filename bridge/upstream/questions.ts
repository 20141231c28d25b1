/**
 * The commands of one json connection that wait for their answer: gives each a label, and each answer to the command
 * it is for. A command that is not answered in time ends the connection. What is asked is not its concern.
 */
import type { Command } from "../../protocol/commands.ts";
import type { EventOf } from "../../protocol/events.ts";
import type { Wire } from "./upstream-client.ts";

/** Questions that wait at once; at one more the server counts as one that does not answer. Pages and rooms ask fewer. */
export const questionsMax = 1_000;

export type Answer = EventOf<"ok"> | EventOf<"error"> | EventOf<"welcome">;

/** A command before it has its label. */
export type Unlabelled = Command extends infer C ? (C extends Command ? Omit<C, "label"> : never) : never;

interface Waiting {
  answered(answer: Answer): void;
  lost(): void;
  timer: NodeJS.Timeout;
}

export class Questions {
  readonly #wire: Wire;
  readonly #answerMs: number;
  readonly #waiting = new Map<string, Waiting>();
  #label = 0;

  /** @param answerMs milliseconds for the server to answer a command */
  constructor(wire: Wire, answerMs: number) {
    this.#wire = wire;
    this.#answerMs = answerMs;
  }

  /** @param lost called instead of `answered` when the connection is gone before the answer */
  ask(command: Unlabelled, answered: (answer: Answer) => void, lost: () => void): void {
    if (this.#waiting.size >= questionsMax) this.#wire.fail("no-answer");
    this.#label += 1;
    const label = String(this.#label);
    const timer = setTimeout(() => this.#wire.fail("no-answer"), this.#answerMs);
    this.#waiting.set(label, { answered, lost, timer });
    this.#wire.write(`${JSON.stringify({ ...command, label })}\n`);
  }

  /** Takes an answer; one that nobody waits for is nothing. */
  take(answer: Answer): void {
    // The welcome may come without its label; it is the answer to the only command sent by then.
    const label = answer.label ?? (answer.type === "welcome" ? "1" : undefined);
    const waiting = label === undefined ? undefined : this.#waiting.get(label);
    if (label === undefined || !waiting) return;
    this.#waiting.delete(label);
    clearTimeout(waiting.timer);
    waiting.answered(answer);
  }

  /** The connection is gone. */
  close(): void {
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.lost();
    }
    this.#waiting.clear();
  }
}
