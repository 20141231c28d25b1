/**
 * Decides when the browser saves the chat and when it forgets it: after changes, never while a message is being
 * delivered, and only until the person quits. How it is stored is not its concern.
 */

import { type ChatOwner, isSameOwner, ownerOf } from "../model/kept-chat.ts";
import type { PageState } from "../model/state.ts";
import type { MessageChange } from "../model/timeline.ts";
import type { Clock } from "../service-context.ts";

/** Changes are saved at most once in this many ms. */
export const keepGapMs = 1_000;

/** Where chats are kept. A browser that refuses simply forgets: nothing here ever rejects. */
export interface ChatShelf {
  /**
   * Replaces what was kept for this owner.
   * @param session the session that the state's epoch belongs to
   */
  keep(owner: ChatOwner, session: string, state: PageState): Promise<void>;
  forget(owner: ChatOwner): Promise<void>;
  /** A message was edited or deleted: its old text must stay in no copy, whichever window wrote it. */
  amend(owner: ChatOwner, room: string, change: MessageChange): Promise<void>;
}

export class ChatKeeper {
  readonly #shelf: ChatShelf;
  readonly #clock: Clock;
  /** Reads the current chat. */
  readonly #now: () => { session: string; state: PageState };
  /** Cancels the pending save; undefined when none is pending. */
  #cancel: (() => void) | undefined;
  #keptAtMs = Number.NEGATIVE_INFINITY;
  /** The shelf is still writing what it was given last. */
  #isBusy = false;

  constructor(shelf: ChatShelf, clock: Clock, now: () => { session: string; state: PageState }) {
    this.#shelf = shelf;
    this.#clock = clock;
    this.#now = now;
  }

  /** Call after every change. */
  look(before: PageState, state: PageState): void {
    const owner = ownerOf(state);
    const owned = ownerOf(before);
    const hasQuit = owned !== undefined && state.goodbye;
    const isRenamed = owned?.server === owner?.server && !isSameOwner(owned, owner);
    if (owned && (hasQuit || isRenamed)) void this.#shelf.forget(owned);
    if (!owner) this.#rest();
    else if (isWorthKeeping(before, state)) this.#cancel ??= this.#soon();
  }

  /** Call after a change to a message of a room has become known. */
  amend(state: PageState, room: string, change: MessageChange): void {
    const owner = ownerOf(state);
    if (owner) void this.#shelf.amend(owner, room, change);
  }

  /** Saves without waiting: the page may be closing, and the browser may or may not allow it. */
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

/** A new `lastN` alone is not worth saving: events that did not change the rooms can be told again. */
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
