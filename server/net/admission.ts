/**
 * Who is let in: how many connections there may be, in total and from one source, how fast a source may open them, and how
 * many may be without a name. It counts; the listener tells those who are refused.
 */
import type { ByeCode } from "../../protocol/events.ts";
import type { AddressRanges } from "../../tcp/address-ranges.ts";
import type { ServerLimits } from "../limits.ts";
import type { Source } from "./source.ts";

export type AdmissionLimits = Pick<
  ServerLimits,
  | "connectionsMax"
  | "connectionsOfSourceMax"
  | "unnamedMax"
  | "unnamedOfSourceMax"
  | "refusedMax"
  | "refusedOfSourceMax"
>;

/** A connection as it is counted. */
export interface Guest {
  /** Ends it, and says why. */
  dismiss(code: ByeCode): void;
}

/** Whether a connection is let in. Otherwise why not, and whether there is room for telling it. */
export type Admitted = "in" | { refusal: ByeCode; isTold: boolean };

export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #exempt: Pick<AddressRanges, "has">;
  #connections = 0;
  #refused = 0;
  /** Those without a name that are not exempt, the one that has waited longest first, with their sources. */
  readonly #unnamed = new Map<Guest, Source>();

  /** @param exempt addresses that may open as many connections as fit, as fast as they want */
  constructor(limits: AdmissionLimits, exempt: Pick<AddressRanges, "has">) {
    this.#limits = limits;
    this.#exempt = exempt;
  }

  /** There are as many connections as there may be. */
  get isFull(): boolean {
    return this.#connections >= this.#limits.connectionsMax;
  }

  /** Decides about one that arrives now, and counts it. */
  admit(source: Source, address: string, nowMs: number): Admitted {
    const refusal = this.#refusal(source, this.#exempt.has(address), nowMs);
    if (!refusal) {
      source.arrive(nowMs);
      source.admitted += 1;
      this.#connections += 1;
      return "in";
    }
    const { refusedMax, refusedOfSourceMax } = this.#limits;
    const isTold = this.#refused < refusedMax && source.refused < refusedOfSourceMax;
    if (isTold) {
      source.refused += 1;
      this.#refused += 1;
    }
    return { refusal, isTold };
  }

  /** A connection that was let in begins without a name. If too many do, whoever has waited longest has to go. */
  begin(guest: Guest, source: Source, address: string): void {
    if (this.#exempt.has(address)) return;
    this.#unnamed.set(guest, source);
    source.unnamed += 1;
    const [oldest] = this.#unnamed.keys();
    if (this.#unnamed.size > this.#limits.unnamedMax) oldest?.dismiss("login-timeout");
  }

  /** It has given a name, or ends. */
  named(guest: Guest): void {
    const source = this.#unnamed.get(guest);
    if (!source) return;
    this.#unnamed.delete(guest);
    source.unnamed -= 1;
  }

  /** It is closed. @param guest undefined if it has not begun. @param wasIn it was let in, or else was told why not */
  leave(guest: Guest | undefined, source: Source, wasIn: boolean): void {
    if (wasIn) {
      if (guest) this.named(guest);
      source.admitted -= 1;
      this.#connections -= 1;
    } else {
      source.refused -= 1;
      this.#refused -= 1;
    }
  }

  #refusal(source: Source, isExempt: boolean, nowMs: number): ByeCode | undefined {
    const { connectionsOfSourceMax, unnamedOfSourceMax } = this.#limits;
    if (!isExempt) {
      if (source.admitted >= connectionsOfSourceMax) return "too-many-connections";
      if (source.unnamed >= unnamedOfSourceMax) return "too-many-unnamed";
      if (!source.mayArrive(nowMs)) return "connecting-too-fast";
    }
    return this.isFull ? "server-full" : undefined;
  }
}
