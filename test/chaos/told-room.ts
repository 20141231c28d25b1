/**
 * How much the bridge has told a page about one room, and what the page must ask for because the bridge has left it
 * out. It is strict: anything that the bridge may not leave out, repeat or take back is reported.
 */
import type { View } from "./view.ts";

/** Entries, messages and changes, after `after` and up to `upTo` that were not told. */
export interface Gap {
  after: number;
  upTo: number;
  /** The bridge said that the room begins after it, although more was missed: there must have been too much to tell. */
  skipped: boolean;
}

export class ToldRoom {
  readonly name: string;
  /** The page may assume that the person is in it. */
  entered = false;
  readonly gaps: Gap[] = [];
  readonly #view: View;
  /** The seq of the last entry told; undefined before the room was. */
  #told: number | undefined;
  /** Events were dropped, perhaps some of this room. */
  #loose = false;
  /** The log was replaced, and the server has not let the person into the room again. */
  #isAwaited = false;
  /** How often the page has asked to join, in this life of the session, and the lowest seq it asked after. */
  #asks = 0;
  #askedAfter = Number.POSITIVE_INFINITY;

  constructor(name: string, view: View) {
    this.name = name;
    this.#view = view;
  }

  get told(): number | undefined {
    return this.#told;
  }

  /** The session has started over, in the lobby. */
  begin(): void {
    this.entered = this.name === "lobby";
    this.#asks = this.entered ? 1 : 0;
    this.#askedAfter = Number.POSITIVE_INFINITY;
  }

  /** The server's log was replaced, and nothing was told of the present one. */
  beginAnew(): void {
    this.#told = undefined;
    this.#askedAfter = 0;
    this.#loose = false;
    this.#isAwaited = true;
    this.gaps.length = 0;
  }

  /** The bridge has dropped events that it had for the page. */
  loosen(): void {
    this.entered = false;
    this.#loose = true;
  }

  /** The page asks to join the room, and to be told what follows its own position. @returns that seq */
  ask(): number | undefined {
    this.entered = true;
    this.#asks += 1;
    this.#askedAfter = Math.min(this.#told ?? 0, this.#askedAfter);
    return this.#told;
  }

  /** The person is in the room, which is told from the entry after `seq` on. */
  joined(seq: number): void {
    const told = this.#told;
    this.entered = true;
    if (told === undefined) this.#missed({ after: 0, upTo: seq, skipped: false });
    else if (seq > told) this.#missed({ after: told, upTo: seq, skipped: !this.#loose });
    else if (seq < told && !this.#mayRepeat(seq)) {
      this.#view.violate(`${this.name} begins after ${seq}, and was told up to ${told}`);
    }
    this.#told = seq;
    this.#loose = false;
    this.#isAwaited = false;
  }

  /** An entry was told. */
  entry(seq: number): void {
    const told = this.#told;
    if (told === undefined) this.#view.violate(`${this.name} tells ${seq} before it was entered`);
    else if (this.#loose && seq > told + 1) this.#missed({ after: told, upTo: seq - 1, skipped: false });
    else if (!this.#loose && seq !== told + 1) this.#view.violate(`in ${this.name}, ${seq} was told after ${told}`);
    this.#told = seq;
    this.#loose = false;
  }

  /** A snapshot says how far the room is after all events. */
  stands(seq: number): void {
    if (this.#loose || this.#isAwaited || seq === this.#told) return;
    this.#view.violate(`${this.name} stands at ${seq} in a snapshot, and was told up to ${this.#told}`);
  }

  /** Whoever asks again to be told from their position may meanwhile be told what is then repeated. */
  #mayRepeat(seq: number): boolean {
    return this.#asks > 1 && seq >= this.#askedAfter;
  }

  #missed(gap: Gap): void {
    if (gap.upTo > gap.after) this.gaps.push(gap);
  }
}
