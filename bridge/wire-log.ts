/**
 * What last went over the wire between bridge and chat server, for finding faults. It is kept as it came, and split
 * into lines only when somebody looks.
 */
import type { WireLine } from "../protocol/bridge-events.ts";
import type { BridgeLimits } from "./limits.ts";

type Limits = Pick<BridgeLimits, "wireBytesMax" | "wireLinesMax" | "wireLineCharsMax">;

interface Portion {
  way: WireLine["way"];
  at: Date;
  bytes: Uint8Array;
}

export class WireLog {
  readonly #limits: Limits;
  readonly #now: () => Date;
  readonly #portions: Portion[] = [];
  #bytes = 0;

  constructor(limits: Limits, now: () => Date) {
    this.#limits = limits;
    this.#now = now;
  }

  sent(text: string): void {
    this.#add("out", Buffer.from(text));
  }

  /** @param bytes any piece of what arrived */
  received(bytes: Uint8Array): void {
    this.#add("in", bytes);
  }

  /**
   * Oldest first. A line that came in several pieces is one line, at the time of its end; an unfinished one comes last.
   */
  get lines(): readonly WireLine[] {
    const lines: WireLine[] = [];
    const begun = { in: new BegunLine(), out: new BegunLine() };
    const show = (way: WireLine["way"], at: Date, text: string) =>
      lines.push({ way, at: at.toISOString(), text: text.slice(0, this.#limits.wireLineCharsMax) });
    for (const { way, at, bytes } of this.#portions) for (const text of begun[way].take(bytes)) show(way, at, text);
    for (const way of ["out", "in"] as const) {
      const last = this.#portions.findLast((portion) => portion.way === way);
      if (last && begun[way].text !== "") show(way, last.at, begun[way].text);
    }
    return lines.slice(-this.#limits.wireLinesMax);
  }

  #add(way: Portion["way"], bytes: Uint8Array): void {
    const { wireBytesMax } = this.#limits;
    this.#portions.push({ way, at: this.#now(), bytes: bytes.subarray(-wireBytesMax) });
    this.#bytes += Math.min(bytes.length, wireBytesMax);
    while (this.#bytes > wireBytesMax) this.#bytes -= this.#portions.shift()?.bytes.length ?? 0;
  }
}

/** A line that has begun but not ended. */
class BegunLine {
  readonly #decoder = new TextDecoder();
  text = "";

  /** @returns the lines that end in these bytes */
  take(bytes: Uint8Array): string[] {
    const lines = (this.text + this.#decoder.decode(bytes, { stream: true })).split("\n");
    this.text = lines.pop() ?? "";
    return lines;
  }
}
