/**
 * Own messages on their way: accepts them, sends them as soon as possible, each under one id until it is answered, and
 * keeps them in the browser meanwhile. The effect of an answer on the state is in outbox.ts.
 */

import type { PostAnswer } from "../../../protocol/bridge-events.ts";
import { isOnline, type OutgoingMessage, outboxMax, type PageState, roomKey, roomOf } from "../model/state.ts";
import type { KeptOutbox, Writer } from "../persistence/kept-outbox.ts";
import type { ServiceContext } from "../service-context.ts";

export type NewMessage = Pick<OutgoingMessage, "room" | "text" | "action" | "reply">;
export type PostResult = { ok: true } | { ok: false; code: "offline" | "outbox-full" };

export class Sending {
  readonly #context: ServiceContext;
  readonly #kept: KeptOutbox;
  /** When something can be said again in rooms that are slow, by room key, by this page's clock. */
  readonly #freeAtMs = new Map<string, number>();
  /** Whose messages have been restored already. */
  #restored: Writer | undefined;

  constructor(context: ServiceContext, kept: KeptOutbox) {
    this.#context = context;
    this.#kept = kept;
  }

  post(message: NewMessage): PostResult {
    const { state, clock, newId } = this.#context;
    if (!canWait(state) && !isOnline(state)) return { ok: false, code: "offline" };
    if (state.outbox.length >= outboxMax) return { ok: false, code: "outbox-full" };
    const time = new Date(clock.now()).toISOString();
    this.#context.dispatch({ type: "post", message: { ...message, id: newId(), time, delivery: { phase: "queued" } } });
    this.flush();
    return { ok: true };
  }

  /** Milliseconds until the server takes another message in a slow room, as far as is known. */
  waitMs(room: string): number {
    return Math.max(0, (this.#freeAtMs.get(room) ?? 0) - this.#context.clock.now());
  }

  /** Sends a failed message again, with the same id. */
  retry(id: string): void {
    this.#context.dispatch({ type: "retry", id });
    this.flush();
  }

  discard(id: string): void {
    this.#context.dispatch({ type: "discard", id });
  }

  /**
   * Looks for messages left behind: this window's own once for each name and server, those of closed windows every
   * time.
   */
  restore(): void {
    const writer = writerOf(this.#context.state);
    if (!writer || !this.#kept.isReady) return;
    const adopt = (messages: readonly OutgoingMessage[]) => {
      // Waiting for a window may take long, and the person may have changed by then.
      if (!isSame(writerOf(this.#context.state), writer)) return false;
      if (messages.length > 0) this.#context.dispatch({ type: "restore", messages });
      this.keep();
      this.flush();
      return true;
    };
    if (!isSame(writer, this.#restored)) {
      this.#restored = writer;
      adopt(this.#kept.own(writer));
    }
    void this.#kept.adopt(writer, adopt);
  }

  flush(): void {
    if (!isOnline(this.#context.state)) return;
    for (const message of this.#context.state.outbox) {
      if (message.delivery.phase === "queued") void this.#send(message);
    }
  }

  /** Writes down what is on its way, but only after what was left behind has been read. */
  keep(): void {
    const { outbox } = this.#context.state;
    const writer = writerOf(this.#context.state);
    if (!this.#restored) return;
    if (!writer) {
      // Quitting leaves nothing behind; somebody who was sent away may come back for it.
      if (outbox.length === 0) this.#kept.write(this.#restored, []);
      this.#restored = undefined;
      return;
    }
    if (writer.server !== this.#restored.server) {
      // Messages for one server are not for another.
      this.#restored = undefined;
      return;
    }
    if (!isSame(writer, this.#restored)) this.#kept.write(this.#restored, []);
    this.#restored = writer;
    this.#kept.write(writer, outbox);
  }

  async #send(sent: OutgoingMessage): Promise<void> {
    this.#context.dispatch({ type: "sending", id: sent.id });
    const { id, room, text, action, reply } = sent;
    const request = { id, room, text, ...(action ? { action } : {}), ...(reply === undefined ? {} : { reply }) };
    const answer = await this.#context.bridge.post(request);
    this.#slowDown(roomKey(room), answer);
    this.#context.dispatch({ type: "answered", sent, answer });
  }

  #slowDown(key: string, answer: PostAnswer): void {
    const { state, clock } = this.#context;
    const { settings, role } = roomOf(state, key);
    const ownMs = role === undefined ? (settings.slowSeconds ?? 0) * 1_000 : 0;
    const waitMs = answer.ok ? ownMs : answer.code === "slow-mode" ? (answer.retryInMs ?? 0) : 0;
    if (waitMs > 0) this.#freeAtMs.set(key, clock.now() + waitMs);
    else this.#freeAtMs.delete(key);
  }
}

/** A message typed while the server is away has not been sent, so it may wait for a server the person was on before. */
export function canWait({ joinState, upstream }: Pick<PageState, "joinState" | "upstream">): boolean {
  return joinState === "in" && upstream !== undefined;
}

function writerOf({ name, server, joinState }: PageState): Writer | undefined {
  return name === undefined || server === undefined || joinState !== "in" ? undefined : { name, server };
}

function isSame(one: Writer | undefined, other: Writer | undefined): boolean {
  return one?.name === other?.name && one?.server === other?.server;
}
