/**
 * Holds the state, tells who listens, and does what follows from a change: joins again, sends what waits, says a
 * goodbye that was not heard. It knows the link's interface, not socket.io, and no element.
 */
import type { CommandAnswer, JoinAnswer, Snapshot } from "../../protocol/bridge-events.ts";
import type { RoomInfo } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { lobby } from "../../protocol/names.ts";
import type { Link } from "../link/link.ts";
import type { Keep } from "./keep.ts";
import type { KeptOutbox, Writer } from "./kept-outbox.ts";
import { type Change, reduce } from "./reduce.ts";
import {
  type ChatState,
  hasRooms,
  initialState,
  isOnline,
  isPrivate,
  type OutgoingMessage,
  outboxMax,
  type RoomState,
  roomKey,
  roomOf,
} from "./state.ts";
import type { Asked } from "./timeline.ts";

/** What the store needs of the browser. */
export interface StoreSurroundings {
  link: Link;
  keep: Keep;
  /** The window's record of its own messages on their way. */
  outbox: (window: string) => KeptOutbox;
  nowMs: () => number;
  newId: () => string;
  /** Does the work before the page is drawn next, so that many events in a row cost one drawing. */
  beforeDrawing: (work: () => void) => void;
}

export type PostResult = { ok: true } | { ok: false; code: "offline" | "outbox-full" };
export type RoomsAnswer = { ok: true; rooms: readonly RoomInfo[] } | Exclude<CommandAnswer, { ok: true }>;

export class ChatStore {
  readonly keep: Keep;
  readonly #link: Link;
  readonly #nowMs: () => number;
  readonly #newId: () => string;
  readonly #beforeDrawing: StoreSurroundings["beforeDrawing"];
  /** The listeners will be told of all changes until then at once. */
  #telling = false;
  readonly #session: string;
  readonly #keptOutbox: KeptOutbox;
  readonly #listeners = new Set<() => void>();
  #state: ChatState;
  /** Whose messages on their way were looked for already. */
  #restored: Writer | undefined;

  constructor({ link, keep, outbox, nowMs, newId, beforeDrawing }: StoreSurroundings) {
    this.#link = link;
    this.#nowMs = nowMs;
    this.#newId = newId;
    this.#beforeDrawing = beforeDrawing;
    this.keep = keep;
    this.#session = keep.get("session") ?? newId();
    keep.set("session", this.#session);
    this.#keptOutbox = outbox(this.#session);
    this.#state = initialState(keep.get("joined"), keep.rooms);
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
    const session = this.#session;
    const handshake = () => {
      const { epoch, lastN } = this.#state;
      return epoch === undefined ? { session, after: 0 } : { session, epoch, after: lastN };
    };
    this.#link.open(handshake, {
      snapshot: (snapshot) => this.#takeSnapshot(snapshot),
      link: (link) => {
        this.#change({ type: "link", link, nowMs: this.#nowMs() });
        this.#resume();
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

  /** Shows a room that the person is in. */
  openRoom(name: string): void {
    this.#change({ type: "open-room", room: name });
  }

  /** Shows a room, entering it first, or the conversation with a person (`@name`). */
  async joinRoom(name: string): Promise<CommandAnswer> {
    if (this.#state.rooms.has(roomKey(name))) {
      this.openRoom(name);
      return { ok: true };
    }
    const answer = await this.#link.ask({ type: "join", room: name });
    if (answer.ok) {
      const room = answer.room ?? name;
      this.#change({ type: "open-room", room });
      this.#change({ type: "room-entered", room, entered: true });
    }
    return answer;
  }

  async leaveRoom(name: string): Promise<CommandAnswer> {
    const answer = await this.#link.ask({ type: "leave", room: name });
    if (answer.ok || answer.code === "not-in-room") this.#change({ type: "room-left", room: name });
    return answer;
  }

  setTopic(room: string, topic: string): Promise<CommandAnswer> {
    return this.#link.ask({ type: "topic", room, topic });
  }

  /** The rooms that there are. */
  async listRooms(): Promise<RoomsAnswer> {
    const answer = await this.#link.ask({ type: "rooms" });
    return answer.ok ? { ok: true, rooms: answer.rooms ?? [] } : answer;
  }

  /** Fetches messages of the past. */
  async loadPast({ name }: RoomState, asked: Asked): Promise<CommandAnswer> {
    const limit = wireLimits.historyMessagesMax;
    const answer = await this.#link.ask({ type: "history", room: name, ...asked, limit });
    if (answer.ok) {
      const { messages = [], more = false } = answer;
      this.#change({ type: "past", room: name, asked, messages, more });
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
    else this.#resume();
  }

  async #join(name: string): Promise<void> {
    const answer = await this.#link.join(name, afterOf(roomOf(this.#state, lobby)));
    // The name may have been taken back meanwhile; then the answer is about nothing that is shown. Of many joins at once
    // others are answered.
    if (answer === undefined || answer.ok || answer.code === "cancelled" || answer.code === "busy") return;
    if (this.#state.presence === "out") return;
    const { code, message } = answer;
    this.#change({ type: "link", link: { phase: "idle", refusal: { code, message } }, nowMs: this.#nowMs() });
  }

  async #quit(): Promise<void> {
    if (!(await this.#link.quit())) return;
    this.#change({ type: "quit-heard" });
    const { presence, name } = this.#state;
    if (presence === "entering" && name !== undefined) void this.#join(name);
  }

  /** Goes on where this window was, as far as the connection allows. */
  #resume(): void {
    this.#restore();
    if (!isOnline(this.#state)) return;
    for (const room of this.#state.rooms.values()) {
      if (!room.entered && (isPrivate(room.name) || hasRooms(this.#state))) void this.#enter(room);
    }
    this.#flush();
  }

  /** Goes back to a room of which the bridge has not told that the person is in it: it has restarted, say. */
  async #enter(room: RoomState): Promise<void> {
    const { name } = room;
    const after = afterOf(room);
    this.#change({ type: "room-entered", room: name, entered: true });
    const answer = await this.#link.ask({ type: "join", room: name, ...(after === undefined ? {} : { after }) });
    if (answer.ok) return;
    const mayReturn = answer.code === "offline" || answer.code === "lost" || answer.code === "busy";
    this.#change(mayReturn ? { type: "room-entered", room: name, entered: false } : { type: "room-left", room: name });
  }

  /** Looks once, for each name and server, for messages that this window or one that is gone has left behind. */
  #restore(): void {
    const writer = writerOf(this.#state);
    if (!writer || isSame(writer, this.#restored)) return;
    this.#restored = writer;
    const messages = this.#keptOutbox.own(writer);
    if (messages.length > 0) this.#change({ type: "restore", messages });
    void this.#keptOutbox.adopt(writer, (adopted) => {
      this.#change({ type: "restore", messages: adopted });
      this.#flush();
    });
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
    this.#keepState(before);
    if (this.#telling) return;
    this.#telling = true;
    this.#beforeDrawing(() => {
      this.#telling = false;
      for (const listener of this.#listeners) listener();
    });
  }

  #keepState(before: ChatState): void {
    const { presence, name, rooms, current, outbox } = this.#state;
    if (presence !== before.presence || name !== before.name) {
      this.keep.set("joined", presence === "in" ? name : undefined);
    }
    if (rooms !== before.rooms || current !== before.current) {
      const kept = [...rooms.values()].map(({ name, readSeq }) => ({ name, readSeq }));
      this.keep.set("rooms", JSON.stringify({ current, rooms: kept }));
    }
    if (outbox !== before.outbox || name !== before.name) this.#keepOutbox();
  }

  /** Nothing is written before what was left behind has been read. */
  #keepOutbox(): void {
    const { outbox } = this.#state;
    const writer = writerOf(this.#state);
    if (!this.#restored) return;
    if (!writer) {
      // Who quits takes nothing along; who was sent away may come back for it.
      if (outbox.length === 0) this.#keptOutbox.write(this.#restored, []);
      this.#restored = undefined;
      return;
    }
    if (!isSame(writer, this.#restored)) this.#keptOutbox.write(this.#restored, []);
    this.#restored = writer;
    this.#keptOutbox.write(writer, outbox);
  }
}

/** What the page has of a room, for the bridge to go on after; nothing that it could name of a room not seen yet. */
function afterOf({ entries, lastSeq }: RoomState): number | undefined {
  return entries.some((entry) => entry.kind === "message") ? lastSeq : undefined;
}

function writerOf({ name, server, presence }: ChatState): Writer | undefined {
  return name === undefined || server === undefined || presence !== "in" ? undefined : { name, server };
}

function isSame(one: Writer | undefined, other: Writer | undefined): boolean {
  return one?.name === other?.name && one?.server === other?.server;
}
