/**
 * What last went over the wire between bridge and chat server, for finding faults. It is kept as it came; only when
 * somebody looks, it is split into lines, and secrets are taken out of them.
 */
import type { WireLine } from "../protocol/bridge-events.ts";
import type { BridgeLimits } from "./limits.ts";
import { withoutSecrets } from "./secrets.ts";

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
  /** The beginning of the first line that is kept is forgotten. What is left of it might be the rest of a secret. */
  readonly #isCut = { in: false, out: false };

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
   * One without its beginning is left out.
   */
  get lines(): readonly WireLine[] {
    const lines: WireLine[] = [];
    const begun = { in: new BegunLine(), out: new BegunLine() };
    const isCut = { ...this.#isCut };
    const show = (way: WireLine["way"], at: Date, text: string) => {
      const shown = withoutSecrets(text).slice(0, this.#limits.wireLineCharsMax);
      if (!isCut[way]) lines.push({ way, at: at.toISOString(), text: shown });
      isCut[way] = false;
    };
    for (const { way, at, bytes } of this.#portions) for (const text of begun[way].take(bytes)) show(way, at, text);
    for (const way of ["out", "in"] as const) {
      const last = this.#portions.findLast((portion) => portion.way === way);
      if (last && begun[way].text !== "") show(way, last.at, begun[way].text);
    }
    return lines.slice(-this.#limits.wireLinesMax);
  }

  #add(way: Portion["way"], bytes: Uint8Array): void {
    const { wireBytesMax } = this.#limits;
    const kept = bytes.subarray(-wireBytesMax);
    this.#portions.push({ way, at: this.#now(), bytes: kept });
    this.#bytes += kept.length;
    while (this.#bytes > wireBytesMax) this.#drop();
    if (kept.length < bytes.length) this.#isCut[way] = true;
  }

  #drop(): void {
    const dropped = this.#portions.shift();
    if (!dropped) return;
    this.#bytes -= dropped.bytes.length;
    // Nothing of an empty portion is missing.
    if (dropped.bytes.length > 0) this.#isCut[dropped.way] = dropped.bytes.at(-1) !== lineEnd;
  }
}

const lineEnd = "\n".charCodeAt(0);

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
