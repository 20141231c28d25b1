/**
 * What one connection can spend. It has a little of its own, which comes back whatever others do, so that people who
 * type are never held up; beyond that, it draws on its source. What is sent to one person is also bounded, for each
 * sender, so that nobody can be buried.
 */
import type { ServerLimits } from "../limits.ts";
import { Budget } from "./budget.ts";
import type { Source, Waiting } from "./source.ts";

export type PurseLimits = Pick<
  ServerLimits,
  "ownBurst" | "ownPerSecond" | "toOneBurstBytes" | "toOneBytesPerSecond" | "recipientsMax"
>;

export interface PurseOwner {
  /** What was waiting can continue. */
  ready(): void;
  /** It still cannot. */
  waits(): void;
}

/** Units drawn from the source at a time. */
const DRAWN_UNITS = 20;

export class Purse implements Waiting {
  readonly #limits: PurseLimits;
  readonly #source: Source;
  readonly #own: Budget;
  /** What each person may still be sent; the one written to last comes last. */
  readonly #toOne = new Map<string, Budget>();
  readonly #owner: PurseOwner;
  #heldUntilMs = 0;
  #isWaiting = false;
  #spent = 0;

  constructor(limits: PurseLimits, source: Source, nowMs: number, owner: PurseOwner) {
    this.#limits = limits;
    this.#source = source;
    this.#own = new Budget(limits.ownBurst, limits.ownPerSecond, nowMs, source.first(nowMs));
    this.#owner = owner;
  }

  /** Everything that was ever spent. */
  get spent(): number {
    return this.#spent;
  }

  /** How much of its own it has left, from 0 to 1; 0 when it lives on its source. */
  thrift(nowMs: number): number {
    return Math.max(0, this.#own.left(nowMs)) / this.#limits.ownBurst;
  }

  pay(units: number, nowMs: number): void {
    this.#spent += units;
    this.#own.spend(units, nowMs);
  }

  /** Pays for what one person is sent. */
  payTo(person: string, bytes: number, nowMs: number): void {
    const { toOneBurstBytes, toOneBytesPerSecond, recipientsMax } = this.#limits;
    const budget = this.#toOne.get(person) ?? new Budget(toOneBurstBytes, toOneBytesPerSecond, nowMs);
    budget.spend(bytes, nowMs);
    this.#toOne.delete(person);
    this.#toOne.set(person, budget);
    const [oldest] = this.#toOne.keys();
    if (this.#toOne.size > recipientsMax && oldest !== undefined) this.#toOne.delete(oldest);
    this.#heldUntilMs = Math.max(this.#heldUntilMs, nowMs + budget.debtMs(nowMs));
  }

  /** Whether something can be done now. If not, `ready` is called once it can. */
  canGoOn(nowMs: number): boolean {
    const need = this.need(nowMs);
    if (need > 0) this.#own.add(this.#source.draw(need, nowMs));
    if (this.#isSolvent(nowMs)) {
      this.close();
      return true;
    }
    this.#isWaiting = true;
    this.#source.wait(this);
    return false;
  }

  need(nowMs: number): number {
    const left = this.#own.left(nowMs);
    return left > 0 ? 0 : DRAWN_UNITS - left;
  }

  grant(units: number, nowMs: number): void {
    this.#own.add(units);
    if (!this.#isSolvent(nowMs)) return this.#owner.waits();
    this.close();
    this.#owner.ready();
  }

  /** The connection is gone. Its debt stays with its source. */
  settle(nowMs: number): void {
    this.close();
    this.#source.owe(Math.max(0, -this.#own.left(nowMs)), nowMs);
  }

  /** Stops waiting. */
  close(): void {
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    this.#source.leave(this);
  }

  #isSolvent(nowMs: number): boolean {
    return nowMs >= this.#heldUntilMs && this.#own.left(nowMs) > 0;
  }
}
