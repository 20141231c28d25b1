/**
 * Makes and checks the keys of passwords, so many at a time: each takes memory and a core for a moment. Whoever has to
 * wait is served by turns with other sources, so that nobody queues behind a flood; and when no more can wait, a source
 * with many makes room for one with few.
 */
import type { AccountKeys, Passwords } from "../chat/account-ports.ts";
import type { ServerLimits } from "../limits.ts";
import { fitsHash, hashPassword, isOutdated } from "./password-hash.ts";
import { formatScramKeys, makeScramKeys, parseScramKeys } from "./scram.ts";

export type HashingLimits = Pick<
  ServerLimits,
  "hashMemoryKiB" | "hashPasses" | "scramIterations" | "hashesAtOnce" | "hashesWaitingMax" | "hashesOfSourceMax"
>;

/** A password that waits. */
interface Work {
  start(): Promise<void>;
  giveUp(): void;
}

export class HashedPasswords implements Passwords {
  readonly #limits: HashingLimits;
  /** What waits, by source; the source that is served next comes first. */
  readonly #waiting = new Map<string, Work[]>();
  #waitingCount = 0;
  #running = 0;
  /** For names without an account: takes as long to check as any other. */
  #decoy: Promise<string> | undefined;

  constructor(limits: HashingLimits) {
    this.#limits = limits;
  }

  make(password: string, source: string): Promise<AccountKeys | undefined> {
    return this.#queue(source, () => this.#make(password));
  }

  check(
    password: string,
    keys: AccountKeys | undefined,
    source: string,
  ): Promise<{ ok: boolean; renewed?: AccountKeys } | undefined> {
    this.#decoy ??= hashPassword("", this.#parameters);
    return this.#queue(source, async () => {
      // Somebody whose account has no password is like somebody without one.
      const hash = keys?.hash || (await this.#decoy) || "";
      const fits = await fitsHash(password, hash);
      if (!fits || !keys?.hash) return { ok: false };
      return this.#isOutdated(keys) ? { ok: true, renewed: await this.#make(password) } : { ok: true };
    });
  }

  get #parameters() {
    return { memoryKiB: this.#limits.hashMemoryKiB, passes: this.#limits.hashPasses };
  }

  async #make(password: string): Promise<AccountKeys> {
    const hash = await hashPassword(password, this.#parameters);
    return { hash, scram: formatScramKeys(await makeScramKeys(password, this.#limits.scramIterations)) };
  }

  #isOutdated({ hash, scram }: AccountKeys): boolean {
    return isOutdated(hash, this.#parameters) || parseScramKeys(scram)?.iterations !== this.#limits.scramIterations;
  }

  /** @returns undefined when too many wait already, or later, when others need the place more */
  async #queue<T>(source: string, work: () => Promise<T>): Promise<T | undefined> {
    const { hashesWaitingMax, hashesOfSourceMax } = this.#limits;
    const own = this.#waiting.get(source) ?? [];
    if (own.length >= hashesOfSourceMax) return undefined;
    if (this.#waitingCount >= hashesWaitingMax && !this.#makeRoom(own.length)) return undefined;
    const { promise, resolve, reject } = Promise.withResolvers<T | undefined>();
    own.push({ start: () => work().then(resolve, reject), giveUp: () => resolve(undefined) });
    this.#waiting.set(source, own);
    this.#waitingCount += 1;
    this.#run();
    return promise;
  }

  /** Gives up the latest of the source with most, if that has more than one with so many would have. */
  #makeRoom(count: number): boolean {
    const [first = [], ...others] = this.#waiting.values();
    const most = others.reduce((longest, each) => (each.length > longest.length ? each : longest), first);
    if (most.length <= count + 1) return false;
    most.pop()?.giveUp();
    this.#waitingCount -= 1;
    return true;
  }

  #run(): void {
    while (this.#running < this.#limits.hashesAtOnce) {
      const work = this.#next();
      if (!work) return;
      this.#running += 1;
      void work.start().finally(() => {
        this.#running -= 1;
        this.#run();
      });
    }
  }

  #next(): Work | undefined {
    const [first] = this.#waiting;
    if (!first) return undefined;
    const [source, own] = first;
    const work = own.shift();
    this.#waitingCount -= 1;
    this.#waiting.delete(source);
    if (own.length > 0) this.#waiting.set(source, own);
    return work;
  }
}
