/**
 * Where connections come from: one address, and what all its connections together may spend beyond what each has of its
 * own. It is dealt out evenly among those that wait for it, so a program that floods takes nothing from others behind
 * the same address, be it a school's or, on loopback, the bridge's. Reconnecting brings nothing new.
 */
import { isIPv6 } from "node:net";
import type { ServerLimits } from "../limits.ts";
import { Budget } from "./budget.ts";

/** A connection that is waiting for units. */
export interface Waiting {
  /** What it needs to continue. */
  need(nowMs: number): number;
  /** It has received that much. */
  grant(units: number, nowMs: number): void;
}

export type SourceLimits = Pick<ServerLimits, "sourceBurst" | "sourcePerSecond">;

/** Milliseconds between two rounds of dealing out. */
const DEAL_MS = 20;

export class Source {
  readonly #budget: Budget;
  readonly #waiting = new Set<Waiting>();
  #dealTimer: NodeJS.Timeout | undefined;
  /** Its name: an IPv4 address, or an IPv6 network. */
  readonly key: string;
  connections = 0;

  constructor(key: string, { sourceBurst, sourcePerSecond }: SourceLimits, nowMs: number) {
    this.key = key;
    this.#budget = new Budget(sourceBurst, sourcePerSecond, nowMs);
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

  fullMs(nowMs: number): number {
    return this.#budget.fullMs(nowMs);
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

/** All sources: those with connections, and those without for as long as their budgets are not full again. */
export class Sources {
  readonly #limits: SourceLimits;
  readonly #sources = new Map<string, Source>();

  constructor(limits: SourceLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#sources.size;
  }

  /** A connection has arrived from there. */
  enter(address: string, nowMs: number): Source {
    const key = sourceOf(address);
    const source = this.#sources.get(key) ?? new Source(key, this.#limits, nowMs);
    this.#sources.set(key, source);
    source.connections += 1;
    return source;
  }

  /** It is gone. */
  leave(address: string, nowMs: number): void {
    const key = sourceOf(address);
    const source = this.#sources.get(key);
    if (!source) return;
    source.connections -= 1;
    if (source.connections > 0) return;
    const forget = () => {
      if (source.connections === 0 && this.#sources.get(key) === source) this.#sources.delete(key);
    };
    setTimeout(forget, source.fullMs(nowMs)).unref();
  }
}

/** Groups of 16 bits that name an IPv6 network; whoever has one has all addresses in it (RFC 4291, 2.5.4). */
const networkGroups = 4;

/**
 * Who is behind an address, as far as the network tells: what belongs to one person or one household is one source.
 * @param address as reported by a socket; IPv4 may be mapped into IPv6
 */
export function sourceOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [withoutZone = ""] = plain.split("%");
  const [head = "", tail] = withoutZone.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  const all = [...groups, ...Array<string>(missing).fill("0"), ...(tail?.split(":") ?? [])];
  const network = all.slice(0, networkGroups).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
