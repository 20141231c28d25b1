/** The last lines that went over the wire between the bridge and the chat server, as they were, for whoever looks for a fault. */
import type { WireLine } from "../protocol/bridge-events.ts";
import type { BridgeLimits } from "../protocol/limits.ts";

type Limits = Pick<BridgeLimits, "wireLinesMax" | "wireLineCharsMax">;

export class WireLog {
  readonly #limits: Limits;
  readonly #now: () => Date;
  readonly #lines: WireLine[] = [];
  /** The beginning of a line of which the end has not arrived, as much as is shown of it. */
  #begun = "";

  constructor(limits: Limits, now: () => Date) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Oldest first. */
  get lines(): readonly WireLine[] {
    return [...this.#lines];
  }

  sent(text: string): void {
    for (const line of linesOf(text)) this.#add("out", line);
  }

  /** @param text any piece of what arrived; a line that is cut between two of them is one line here */
  received(text: string): void {
    const [first = "", ...rest] = text.split("\n");
    if (rest.length === 0) {
      this.#begun = this.#cut(this.#begun + first);
      return;
    }
    const last = rest.pop() ?? "";
    for (const line of [this.#begun + first, ...rest]) this.#add("in", line);
    this.#begun = this.#cut(last);
  }

  /** What has arrived so far is all that comes: a server that frames nothing ends no line. */
  flush(): void {
    if (this.#begun !== "") this.#add("in", this.#begun);
    this.#begun = "";
  }

  #add(way: WireLine["way"], text: string): void {
    this.#lines.push({ way, at: this.#now().toISOString(), text: this.#cut(text) });
    if (this.#lines.length > this.#limits.wireLinesMax) this.#lines.shift();
  }

  #cut(text: string): string {
    return text.slice(0, this.#limits.wireLineCharsMax);
  }
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}
