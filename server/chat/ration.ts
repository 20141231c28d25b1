/**
 * How much of the shared, limited resources one source may use: names, rooms, private conversations. What it used comes
 * back over time, so nobody is refused for long and nobody takes everything. A source is an address, which many people
 * may share, for example through a bridge; each of them also has an allowance of their own, so that one person cannot
 * use up everybody's.
 */
import type { Allotment, ServerLimits } from "../limits.ts";
import type { Member } from "./room.ts";

const HOUR_MS = 3_600_000;

export class Ration {
  readonly #ofSource: Allotment;
  readonly #ofMember: Allotment;
  readonly #limits: Pick<ServerLimits, "sourcesMax">;
  readonly #nowMs: () => number;
  /** Ordered by last use. */
  readonly #sources = new Map<string, Allowance>();
  readonly #members = new WeakMap<Member, Allowance>();

  /** @param limits beyond `sourcesMax` sources, the one that has been idle longest starts afresh */
  constructor(
    { ofSource, ofMember }: { ofSource: Allotment; ofMember: Allotment },
    limits: Pick<ServerLimits, "sourcesMax">,
    nowMs: () => number,
  ) {
    this.#ofSource = ofSource;
    this.#ofMember = ofMember;
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /**
   * Takes the price of creating one thing.
   * @param member undefined for somebody who is just arriving
   * @returns undefined when the source or the member may create no more now; otherwise a function that gives it back
   */
  take(source: string, member?: Member): (() => void) | undefined {
    const nowMs = this.#nowMs();
    const own = member && this.#memberAllowance(member, nowMs);
    const shared = this.#sourceAllowance(source, nowMs);
    const allowances = own ? [own, shared] : [shared];
    if (!allowances.every((allowance) => allowance.has(nowMs))) return undefined;
    for (const allowance of allowances) allowance.take();
    return () => {
      for (const allowance of allowances) allowance.giveBack();
    };
  }

  #memberAllowance(member: Member, nowMs: number): Allowance {
    const allowance = this.#members.get(member) ?? new Allowance(this.#ofMember, nowMs);
    this.#members.set(member, allowance);
    return allowance;
  }

  #sourceAllowance(source: string, nowMs: number): Allowance {
    const allowance = this.#sources.get(source) ?? new Allowance(this.#ofSource, nowMs);
    this.#sources.delete(source);
    this.#sources.set(source, allowance);
    const [oldest = source] = this.#sources.keys();
    if (this.#sources.size > this.#limits.sourcesMax) this.#sources.delete(oldest);
    return allowance;
  }
}

/** What is left of an allotment. */
class Allowance {
  readonly #allotment: Allotment;
  #left: number;
  #filledAtMs: number;

  constructor(allotment: Allotment, nowMs: number) {
    this.#allotment = allotment;
    this.#left = allotment.atOnce;
    this.#filledAtMs = nowMs;
  }

  has(nowMs: number): boolean {
    const { atOnce, perHour } = this.#allotment;
    // A clock that is set back refills nothing, and takes nothing away.
    const back = (Math.max(0, nowMs - this.#filledAtMs) / HOUR_MS) * perHour;
    this.#left = Math.min(atOnce, this.#left + back);
    this.#filledAtMs = nowMs;
    return this.#left >= 1;
  }

  take(): void {
    this.#left -= 1;
  }

  giveBack(): void {
    this.#left = Math.min(this.#allotment.atOnce, this.#left + 1);
  }
}
