/**
 * Leaves an old server: with its word, sent alone after everything that is still waiting to be written, or, where no
 * word is known, by closing the connection. Either way within a bounded time.
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

  /**
   * The person wants to leave. A name that is not accepted yet cannot leave; it gets as long as a text gets to be
   * written.
   */
  begin(): void {
    this.#timer = setTimeout(() => this.#hurry(), this.#options.limits.legacyQuitMs);
  }

  /** The server has let the person in, so they can leave once it has had time to read what was said. */
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
    // Servers without framing often take the end of a stream for endless empty texts, but understand a reset.
    if (ending === "") return wire.reset();
    wire.end();
    this.#resetLater();
  }

  #resetLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#options.wire.reset(), this.#options.limits.legacyQuitMs);
  }

  /** Too much is waiting to be written, or no welcome has come: leaves without waiting. */
  #hurry(): void {
    const { wire, writer, posts } = this.#options;
    if (!this.#isIn) return wire.reset();
    this.#resetLater();
    posts.close();
    writer.clear();
    this.leave();
  }
}
