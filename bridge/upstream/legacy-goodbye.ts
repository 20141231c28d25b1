/**
 * Leaving an old server: with its word, alone and after everything that still waits to be written, or, where no word is
 * known, by closing the connection. Within a bounded time either way.
 */
import type { BridgeLimits } from "../limits.ts";
import type { Ending } from "./legacy-ending.ts";
import type { LegacyPosts } from "./legacy-posts.ts";
import type { PacedWriter } from "./paced-writer.ts";
import type { Wire } from "./upstream-client.ts";

interface Options {
  wire: Wire;
  writer: PacedWriter;
  posts: LegacyPosts;
  limits: BridgeLimits;
  ending: Ending;
}

export class LegacyGoodbye {
  /** The text that leaves; undefined while none is known. */
  word: string | undefined;
  readonly #options: Options;
  #timer: NodeJS.Timeout | undefined;
  #isIn = false;

  constructor(options: Options, word: string | undefined) {
    this.#options = options;
    this.word = word;
  }

  /** The person wants to leave. A name that is not accepted yet cannot; it gets the time that a text has to be written. */
  begin(): void {
    this.#timer = setTimeout(() => this.#hurry(), this.#options.limits.legacyQuitMs);
  }

  /** The server has let the person in, so they can leave: when the server can be done with reading what was said. */
  leave(): void {
    this.#isIn = true;
    const { writer, limits, ending } = this.#options;
    const patienceMs = () => limits.legacyQuitGapMs;
    if (this.word === undefined) writer.after(() => this.#close(), patienceMs);
    else writer.write(this.word + ending, () => this.#resetLater(), patienceMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #close(): void {
    const { wire, ending } = this.#options;
    // What frames nothing often takes the end of a stream for empty texts without end, and a reset for what it is.
    if (ending === "") return wire.reset();
    wire.end();
    this.#resetLater();
  }

  #resetLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#options.wire.reset(), this.#options.limits.legacyQuitMs);
  }

  /** Too much waits to be written, or no welcome has come: leaves without that. */
  #hurry(): void {
    const { wire, writer, posts } = this.#options;
    if (!this.#isIn) return wire.reset();
    this.#resetLater();
    posts.close();
    writer.clear();
    this.leave();
  }
}
