/**
 * Where connections come from: one address, and what all its connections together may spend beyond what each has of its
 * own. It is dealt out evenly among those that wait for it, so a program that floods takes nothing from others behind
 * the same address, be it a school's or, on loopback, the bridge's. Reconnecting brings nothing new.
 */
import { isIPv6 } from "node:net";
import { plainAddress } from "../../tcp/address-ranges.ts";
import type { ServerLimits } from "../limits.ts";
import { Budget } from "./budget.ts";

/** A connection that is waiting for units. */
export interface Waiting {
  /** What it needs to continue. */
  need(nowMs: number): number;
  /** It has received that much. */
  grant(units: number, nowMs: number): void;
}

export type SourceLimits = Pick<
  ServerLimits,
  | "sourceBurst"
  | "sourcePerSecond"
  | "arrivalsOfSourceBurst"
  | "arrivalsOfSourcePerSecond"
  | "sourcesMax"
  | "ownFirst"
  | "ownBurst"
>;

/** Milliseconds between two rounds of dealing out. */
const DEAL_MS = 20;

export class Source {
  readonly #limits: SourceLimits;
  readonly #budget: Budget;
  /** Connections that it may still open now. */
  readonly #arrivals: Budget;
  readonly #waiting = new Set<Waiting>();
  #dealTimer: NodeJS.Timeout | undefined;
  /** Its name: an IPv4 address, or an IPv6 network. */
  readonly key: string;
  /** Its connections: those that were let in, those of them without a name, and those that are told why they were not. */
  admitted = 0;
  unnamed = 0;
  refused = 0;

  constructor(key: string, limits: SourceLimits, nowMs: number) {
    this.key = key;
    this.#limits = limits;
    this.#budget = new Budget(limits.sourceBurst, limits.sourcePerSecond, nowMs);
    this.#arrivals = new Budget(limits.arrivalsOfSourceBurst, limits.arrivalsOfSourcePerSecond, nowMs);
  }

  /** Whether it may open another connection now. */
  mayArrive(nowMs: number): boolean {
    const { arrivalsOfSourceBurst, arrivalsOfSourcePerSecond } = this.#limits;
    this.#arrivals.change(arrivalsOfSourceBurst, arrivalsOfSourcePerSecond, nowMs);
    return this.#arrivals.left(nowMs) >= 1;
  }

  /** It has opened one. */
  arrive(nowMs: number): void {
    this.#arrivals.spend(1, nowMs);
  }

  /** What a new connection starts with. It pays for earlier ones that left in debt, so reconnecting gains nothing. */
  first(nowMs: number): number {
    const { ownFirst, ownBurst } = this.#limits;
    const left = this.#budget.left(nowMs);
    return left < 0 ? Math.max(left, -ownBurst) : this.draw(ownFirst, nowMs);
  }

  /** Takes over what a connection owes that is gone. */
  owe(units: number, nowMs: number): void {
    this.#budget.spend(Math.min(units, this.#limits.sourceBurst + this.#budget.left(nowMs)), nowMs);
  }

  /** Takes what there is, up to an amount; nothing while others are waiting. */
  draw(units: number, nowMs: number): number {
    return this.#waiting.size > 0 ? 0 : this.#take(units, nowMs);
  }

  /** Gives it units as they come back, until it is removed with `leave`. */
  wait(waiting: Waiting): void {
    this.#waiting.add(waiting);
    this.#dealTimer ??= setInterval(() => this.#deal(performance.now()), DEAL_MS);
  }

  leave(waiting: Waiting): void {
    this.#waiting.delete(waiting);
    if (this.#waiting.size > 0) return;
    clearInterval(this.#dealTimer);
    this.#dealTimer = undefined;
  }

  #deal(nowMs: number): void {
    const waiting = [...this.#waiting];
    const share = Math.max(0, this.#budget.left(nowMs)) / waiting.length;
    for (const each of waiting) each.grant(this.#take(Math.min(share, each.need(nowMs)), nowMs), nowMs);
  }

  #take(units: number, nowMs: number): number {
    const taken = Math.min(units, Math.max(0, this.#budget.left(nowMs)));
    this.#budget.spend(taken, nowMs);
    return taken;
  }
}

/** All sources: those with connections, and of those without, the ones that were here last. */
export class Sources {
  readonly #limits: SourceLimits;
  readonly #busy = new Map<string, Source>();
  /** Ordered by when their last connection ended. */
  readonly #idle = new Map<string, Source>();

  constructor(limits: SourceLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#busy.size + this.#idle.size;
  }

  /** A connection has arrived from there. */
  enter(address: string, nowMs: number): Source {
    const key = sourceOf(address);
    const source = this.#busy.get(key) ?? this.#idle.get(key) ?? new Source(key, this.#limits, nowMs);
    this.#idle.delete(key);
    this.#busy.set(key, source);
    return source;
  }

  /** One is gone, and counted no more. */
  leave(source: Source): void {
    if (source.admitted + source.refused > 0) return;
    this.#busy.delete(source.key);
    this.#idle.set(source.key, source);
    const [oldest = source.key] = this.#idle.keys();
    if (this.#idle.size > this.#limits.sourcesMax) this.#idle.delete(oldest);
  }
}

/** Groups of 16 bits that name an IPv6 network; whoever has one has all addresses in it (RFC 4291, 2.5.4). */
const networkGroups = 4;

/**
 * Who is behind an address, as far as the network tells: what belongs to one person or one household is one source.
 * @param address as reported by a socket; IPv4 may be mapped into IPv6
 */
export function sourceOf(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = plain.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  const all = [...groups, ...Array<string>(missing).fill("0"), ...(tail?.split(":") ?? [])];
  const network = all.slice(0, networkGroups).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
