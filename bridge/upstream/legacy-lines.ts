/**
 * Cuts the output of a server that ends its lines: each line is a message, and only an unfinished line, such as a
 * prompt, waits for the silence after it. What a line means is decided by the parser for the other servers.
 */
import type { LegacyItem, LegacyParser } from "./legacy-parser.ts";
import { waitingCharsMax } from "./legacy-parser.ts";

export class LegacyLines {
  readonly #parser: LegacyParser;
  readonly #prefix: string;
  #waiting = "";

  /** @param prefix what precedes everything that people say and do, and is not shown */
  constructor(parser: LegacyParser, prefix = "") {
    this.#parser = parser;
    this.#prefix = prefix;
  }

  push(chunk: string): LegacyItem[] {
    const lines = (this.#waiting + chunk).split("\n");
    this.#waiting = lines.pop() ?? "";
    const items = lines.flatMap((line) => this.#read(line));
    return this.#waiting.length < waitingCharsMax ? items : [...items, ...this.flush()];
  }

  /** Takes whatever is waiting as complete, because the server has been silent for a while. */
  flush(): LegacyItem[] {
    const line = this.#waiting;
    this.#waiting = "";
    return this.#read(line);
  }

  #read(line: string): LegacyItem[] {
    const text = line.startsWith(this.#prefix) ? line.slice(this.#prefix.length) : line;
    return [...this.#parser.push(text), ...this.#parser.flush()];
  }
}
