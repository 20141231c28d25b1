/**
 * The commands of one json connection that are waiting for an answer: gives each a label, and matches each answer to
 * its command. A command that is not answered in time ends the connection. What is asked is not its concern.
 */
import type { Answer, CommandType, Question } from "../../protocol/commands.ts";
import { type ErrorCode, type EventOf, errorCodes } from "../../protocol/events.ts";
import { parseAnswer } from "../../protocol/parse-command.ts";
import type { Wire } from "./upstream-client.ts";

/**
 * Commands that may be waiting at once. Beyond that, the server counts as not answering. Pages and rooms ask for less.
 */
export const questionsMax = 1_000;

/** The server has refused a command. */
export interface ServerRefusal {
  ok: false;
  code: ErrorCode;
  message: string;
  /** Milliseconds after which it may be tried again. */
  retryInMs?: number;
  /** Until when the person is kept out, and why. */
  until?: string;
  about?: string;
}

export type ServerAnswer<T extends CommandType> = ({ ok: true } & Answer<T>) | ServerRefusal;

type AnswerEvent = EventOf<"ok" | "error" | "welcome">;

interface WaitingQuestion {
  take(event: AnswerEvent): void;
  lost(): void;
  timer: NodeJS.Timeout;
}

export class Questions {
  readonly #wire: Wire;
  readonly #answerMs: number;
  readonly #waiting = new Map<string, WaitingQuestion>();
  #label = 0;

  /** @param answerMs milliseconds for the server to answer a command */
  constructor(wire: Wire, answerMs: number) {
    this.#wire = wire;
    this.#answerMs = answerMs;
  }

  /**
   * @param answered called as soon as the answer is read, before anything that follows it
   * @param lost called instead of `answered` when the connection ends before the answer
   */
  ask<T extends CommandType>(
    command: Question<T>,
    answered: (answer: ServerAnswer<T>) => void = () => {},
    lost: () => void = () => {},
  ): void {
    if (this.#waiting.size >= questionsMax) this.#wire.fail("no-answer");
    this.#label += 1;
    const label = String(this.#label);
    const timer = setTimeout(() => this.#wire.fail("no-answer"), this.#answerMs);
    const take = (event: AnswerEvent) => {
      const answer = answerTo(command.type, event);
      if (answer) {
        this.#waiting.delete(label);
        clearTimeout(timer);
        answered(answer);
      }
    };
    this.#waiting.set(label, { take, lost, timer });
    this.#wire.write(`${JSON.stringify({ ...command, label })}\n`);
  }

  /** Takes an answer. Unexpected ones, and those that do not fit their command, are ignored. */
  take(event: AnswerEvent): void {
    // The welcome may come without its label; it answers the only command sent by then.
    const label = event.label ?? (event.type === "welcome" ? "1" : undefined);
    if (label !== undefined) this.#waiting.get(label)?.take(event);
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

function answerTo<T extends CommandType>(type: T, event: AnswerEvent): ServerAnswer<T> | undefined {
  if (event.type === "error") {
    // A code from a newer server that is unknown here counts as `invalid`; its message still says everything.
    const code = errorCodes.find((known) => known === event.code) ?? "invalid";
    const { message, retryInMs, until, reason } = event;
    return {
      ...{ ok: false, code, message },
      ...(retryInMs === undefined ? {} : { retryInMs }),
      ...(until === undefined ? {} : { until }),
      ...(reason === undefined ? {} : { about: reason }),
    };
  }
  const answer = parseAnswer(type, event);
  return answer && { ok: true, ...answer };
}
