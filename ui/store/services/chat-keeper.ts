/**
 * Decides when the browser keeps what the chat is now, and when it forgets it: after a change, never on the way of a
 * message, and until the person quits. How it is kept is not its concern.
 */

import { type ChatOwner, isSameOwner, ownerOf } from "../model/kept-chat.ts";
import type { PageState } from "../model/state.ts";
import type { MessageChange } from "../model/timeline.ts";
import type { Clock } from "../service-context.ts";

/** What changed is kept at most every so many ms. */
export const keepGapMs = 1_000;

/** Where chats are kept. A browser that refuses only forgets: nothing here ever rejects. */
export interface ChatShelf {
  /**
   * Keeps a chat in the place of what was kept of its owner.
   * @param session the one that the state's epoch is of
   */
  keep(owner: ChatOwner, session: string, state: PageState): Promise<void>;
  forget(owner: ChatOwner): Promise<void>;
  /** A message was edited or deleted: what it said before stays in no copy, whichever window keeps or kept it. */
  amend(owner: ChatOwner, room: string, change: MessageChange): Promise<void>;
}

export class ChatKeeper {
  readonly #shelf: ChatShelf;
  readonly #clock: Clock;
  /** How the chat is. */
  readonly #now: () => { session: string; state: PageState };
  /** Takes back what is due; undefined when nothing is. */
  #cancel: (() => void) | undefined;
  #keptAtMs = Number.NEGATIVE_INFINITY;
  /** The shelf has not kept yet what it was given last. */
  #isBusy = false;

  constructor(shelf: ChatShelf, clock: Clock, now: () => { session: string; state: PageState }) {
    this.#shelf = shelf;
    this.#clock = clock;
    this.#now = now;
  }

  /** To be called after every change. */
  look(before: PageState, state: PageState): void {
    const owner = ownerOf(state);
    const owned = ownerOf(before);
    const hasQuit = owned !== undefined && state.goodbye;
    const isRenamed = owned?.server === owner?.server && !isSameOwner(owned, owner);
    if (owned && (hasQuit || isRenamed)) void this.#shelf.forget(owned);
    if (!owner) this.#rest();
    else if (isWorthKeeping(before, state)) this.#cancel ??= this.#soon();
  }

  /** To be called after what was done to a message of a room has become known. */
  amend(state: PageState, room: string, change: MessageChange): void {
    const owner = ownerOf(state);
    if (owner) void this.#shelf.amend(owner, room, change);
  }

  /** Keeps what is due without waiting: the page may be gone in a moment, and the browser may let it, or not. */
  keepNow(): void {
    if (this.#cancel) void this.#keep();
  }

  #soon(): () => void {
    const waitMs = this.#isBusy ? keepGapMs : Math.max(this.#keptAtMs + keepGapMs - this.#clock.now(), 0);
    return this.#clock.after(waitMs, () => {
      if (this.#isBusy) this.#cancel = this.#soon();
      else void this.#keep();
    });
  }

  async #keep(): Promise<void> {
    this.#rest();
    this.#keptAtMs = this.#clock.now();
    const { session, state } = this.#now();
    const owner = ownerOf(state);
    if (!owner) return;
    this.#isBusy = true;
    await this.#shelf.keep(owner, session, state);
    this.#isBusy = false;
  }

  #rest(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

/** `lastN` alone is not: what did not change the rooms may be told again. */
function isWorthKeeping(before: PageState, { rooms, current, epoch, log, upstream, server, name }: PageState): boolean {
  return (
    rooms !== before.rooms ||
    current !== before.current ||
    epoch !== before.epoch ||
    log !== before.log ||
    upstream !== before.upstream ||
    server !== before.server ||
    name !== before.name
  );
}
