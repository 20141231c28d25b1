/**
 * Holds the state, tells who listens, and does what follows from a change: joins again, sends what waits, says a
 * goodbye that was not heard. It knows the link's interface, not socket.io, and no element.
 */
import type { JoinAnswer, Snapshot } from "../../protocol/bridge-events.ts";
import type { Link } from "../link/link.ts";
import type { Keep } from "./keep.ts";
import { type Change, reduce } from "./reduce.ts";
import { type ChatState, initialState, isOnline, type OutgoingMessage, outboxMax } from "./state.ts";

/** What the store needs of the browser. */
export interface StoreSurroundings {
  link: Link;
  keep: Keep;
  nowMs: () => number;
  newId: () => string;
}

export type PostResult = { ok: true } | { ok: false; code: "offline" | "outbox-full" };

export class ChatStore {
  readonly keep: Keep;
  readonly #link: Link;
  readonly #nowMs: () => number;
  readonly #newId: () => string;
  readonly #listeners = new Set<() => void>();
  #state: ChatState;

  constructor({ link, keep, nowMs, newId }: StoreSurroundings) {
    this.#link = link;
    this.#nowMs = nowMs;
    this.#newId = newId;
    this.keep = keep;
    this.#state = initialState(keep.get("joined"));
  }

  get state(): ChatState {
    return this.#state;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(): void {
    const session = this.keep.get("session") ?? this.#newId();
    this.keep.set("session", session);
    const handshake = () => {
      const { epoch, lastN } = this.#state;
      return epoch === undefined ? { session, after: 0 } : { session, epoch, after: lastN };
    };
    this.#link.open(handshake, {
      snapshot: (snapshot) => this.#takeSnapshot(snapshot),
      link: (link) => {
        this.#change({ type: "link", link, nowMs: this.#nowMs() });
        this.#flush();
      },
      name: (name) => this.#change({ type: "name", name }),
      event: (event) => this.#change({ type: "event", event }),
      replaced: () => {
        this.#change({ type: "replaced" });
        this.#link.close();
      },
      lost: () => this.#change({ type: "bridge-lost" }),
    });
  }

  close(): void {
    this.#link.close();
  }

  /** After another window took the conversation over: takes it back. */
  useHere(): void {
    this.#change({ type: "reopen" });
    this.open();
  }

  /** @param name as parseName returns it */
  join(name: string): void {
    this.keep.set("name", name);
    this.#change({ type: "enter", name });
    if (!this.#state.quitting) void this.#join(name);
  }

  /** Leaves the chat; while entering, gives up. */
  quit(): void {
    this.#change({ type: "quit" });
    void this.#quit();
  }

  async rename(name: string): Promise<JoinAnswer | undefined> {
    const answer = await this.#link.rename(name);
    if (answer?.ok) {
      this.keep.set("name", answer.name);
      this.#change({ type: "name", name: answer.name });
    }
    return answer;
  }

  post(message: { room: string; text: string; action: boolean }): PostResult {
    if (!isOnline(this.#state)) return { ok: false, code: "offline" };
    if (this.#state.outbox.length >= outboxMax) return { ok: false, code: "outbox-full" };
    const time = new Date(this.#nowMs()).toISOString();
    this.#change({ type: "post", message: { ...message, id: this.#newId(), time, delivery: { phase: "queued" } } });
    this.#flush();
    return { ok: true };
  }

  /** Sends a failed message again, with the same id. */
  retry(id: string): void {
    this.#change({ type: "retry", id });
    this.#flush();
  }

  discard(id: string): void {
    this.#change({ type: "discard", id });
  }

  #takeSnapshot(snapshot: Snapshot): void {
    this.#change({ type: "snapshot", snapshot, nowMs: this.#nowMs() });
    const { quitting, link, name } = this.#state;
    if (quitting) void this.#quit();
    else if (snapshot.link.phase === "idle" && link.phase === "connecting" && name !== undefined) void this.#join(name);
    else this.#flush();
  }

  async #join(name: string): Promise<void> {
    const answer = await this.#link.join(name);
    // The name may have been taken back meanwhile; then the answer is about nothing that is shown.
    if (answer === undefined || answer.ok || answer.code === "cancelled" || this.#state.presence === "out") return;
    const { code, message } = answer;
    this.#change({ type: "link", link: { phase: "idle", refusal: { code, message } }, nowMs: this.#nowMs() });
  }

  async #quit(): Promise<void> {
    if (!(await this.#link.quit())) return;
    this.#change({ type: "quit-heard" });
    const { presence, name } = this.#state;
    if (presence === "entering" && name !== undefined) void this.#join(name);
  }

  #flush(): void {
    if (!isOnline(this.#state)) return;
    for (const message of this.#state.outbox) {
      if (message.delivery.phase === "queued") void this.#send(message);
    }
  }

  async #send(sent: OutgoingMessage): Promise<void> {
    this.#change({ type: "sending", id: sent.id });
    const { id, room, text, action } = sent;
    const answer = await this.#link.post(action ? { id, room, text, action } : { id, room, text });
    this.#change({ type: "answered", sent, answer });
  }

  #change(change: Change): void {
    const before = this.#state;
    this.#state = reduce(before, change);
    if (this.#state === before) return;
    const { presence, name } = this.#state;
    if (presence !== before.presence || name !== before.name) {
      this.keep.set("joined", presence === "in" ? name : undefined);
    }
    for (const listener of this.#listeners) listener();
  }
}
