/**
 * What one connection tells, over all rooms: each room catches up by itself, and whatever has no place in a room's log
 * is told at once. It knows which rooms the person is in, because that outlives the connection.
 */
import type { HeardUpTo } from "../../protocol/bridge-events.ts";
import type { EventOf, RoomEvent } from "../../protocol/events.ts";
import { isAnotherLog } from "../../protocol/log-name.ts";
import { privateRoom } from "../../protocol/names.ts";
import { CatchUp, type CatchUpOptions, type HoldBudget } from "./catch-up.ts";

/** Private conversations remembered. Beyond that, the oldest are not caught up after a lost connection. */
export const conversationsMax = 200;
/**
 * Rooms, including the lobby. If the server claims that the person is in more, those are ignored. Our server allows
 * fewer.
 */
export const roomsMax = 200;
/** Characters of JSON that may be held back during catching up. */
export const heldCharsMax = 4_194_304;

export class CatchUps {
  readonly #options: CatchUpOptions;
  readonly #rooms = new Map<string, CatchUp>();
  readonly #holdBudget: HoldBudget = { leftChars: heldCharsMax };
  /** Lets go of conversations that are held back; undefined while none need be. */
  #early: (() => void)[] | undefined;
  #stopped = false;

  constructor(options: CatchUpOptions) {
    this.#options = options;
  }

  /** The rooms that the person is in, including the lobby and private conversations. */
  get rooms(): string[] {
    return [...this.#options.memory.heard.keys()];
  }

  /**
   * Takes an event from the server. Joins and leaves never wait for entries: a person who leaves the chat is told once,
   * for all rooms, whatever each of them is waiting for.
   */
  take(event: RoomEvent): void {
    if (this.#stopped) return;
    switch (event.type) {
      case "joined":
        this.#takeLog(event);
        return this.#of(event.room)?.joined(event);
      case "message":
      case "edit":
      case "delete":
      case "react":
        return this.#ofEntry(event.room)?.entry(event);
      case "member-renamed":
        if (event.same) this.#rename(privateRoom(event.from), privateRoom(event.to));
        return this.#options.tell(event);
      default:
        this.#options.tell(event);
    }
  }

  /**
   * The person is in a room, and catching up starts after the last entry that the page has, if any. A room they were in
   * already continues from there, because all of the person's pages were told that much.
   */
  begin(room: string, { after, log }: HeardUpTo): void {
    const { memory } = this.#options;
    if (!memory.heard.has(room)) memory.heard.set(room, isAnotherLog(memory.log, log) ? undefined : after);
  }

  /** Calls back once everything that the server has sent so far of a room was told. */
  whenTold(room: string, then: () => void): void {
    const catchUp = this.#rooms.get(room);
    if (catchUp) catchUp.whenTold(then);
    else then();
  }

  /** Looks for missed entries of a private conversation. @returns its name, once the server has said it */
  async resume(room: string): Promise<string> {
    return (await this.#of(room)?.resume()) ?? room;
  }

  /**
   * The same for all of them, after a lost connection. Until the server has said what they are called now, a conversation
   * that seems new is held back, because it may be one of them.
   */
  async resumeConversations(): Promise<void> {
    const early: (() => void)[] = [];
    this.#early = early;
    await Promise.all(this.rooms.filter(isPrivate).map((room) => this.resume(room)));
    this.#early = undefined;
    for (const release of early) release();
  }

  /** The server has said what a conversation is called that was asked for by that name. */
  called(asked: string, name: string): void {
    if (asked === name || this.#stopped) return;
    const { memory, tell } = this.#options;
    // What is known under its name was caught up with, or will be.
    if (memory.heard.has(name)) {
      this.#rooms.get(asked)?.rename(name);
      this.forget(asked);
    } else this.#rename(asked, name);
    tell({ type: "conversation-renamed", from: asked, to: name });
  }

  /** The person is no longer in that room. */
  forget(room: string): void {
    this.#rooms.get(room)?.stop();
    this.#rooms.delete(room);
    this.#options.memory.heard.delete(room);
  }

  /** The person is somebody else now, who has other private conversations. */
  forgetConversations(): void {
    for (const room of this.rooms.filter(isPrivate)) this.forget(room);
  }

  /** The connection is gone. */
  stop(): void {
    this.#stopped = true;
    for (const room of this.#rooms.values()) room.stop();
  }

  /**
   * Notes the server's log. Numbers heard from another log mean nothing in this one, and are dropped. They are also
   * dropped when a room's numbers have gone back, because an old copy of the log must have taken its place.
   */
  #takeLog({ room, log, seq }: EventOf<"joined">): void {
    const { memory } = this.#options;
    const isBehind = (memory.heard.get(room) ?? 0) > seq;
    if (isBehind || isAnotherLog(memory.log, log)) for (const each of this.rooms) memory.heard.set(each, undefined);
    memory.log = log ?? memory.log;
  }

  /** Goes on with a conversation under another name; whoever had that name is not known by it any more. */
  #rename(from: string, to: string): void {
    const { heard } = this.#options.memory;
    if (from === to || !heard.has(from)) return;
    const upTo = heard.get(from);
    const catchUp = this.#rooms.get(from);
    this.#rooms.delete(from);
    heard.delete(from);
    this.forget(to);
    heard.set(to, upTo);
    if (!catchUp) return;
    catchUp.rename(to);
    this.#rooms.set(to, catchUp);
  }

  #ofEntry(room: string): CatchUp | undefined {
    const isNew = isPrivate(room) && !this.#options.memory.heard.has(room) && !this.#rooms.has(room);
    const catchUp = this.#of(room);
    if (isNew && this.#early && catchUp) this.#early.push(catchUp.hold());
    return catchUp;
  }

  /** @returns undefined for a room too many */
  #of(name: string): CatchUp | undefined {
    const known = this.#rooms.get(name);
    if (known) return known;
    if (!this.#makePlaceFor(name)) return undefined;
    const room = new CatchUp(name, this.#options, this.#holdBudget);
    this.#rooms.set(name, room);
    return room;
  }

  /** Whether a room can be remembered; among private conversations, the oldest makes way. */
  #makePlaceFor(name: string): boolean {
    const alike = [...new Set([...this.rooms, ...this.#rooms.keys()])].filter(
      (room) => isPrivate(room) === isPrivate(name) && room !== name,
    );
    if (!isPrivate(name)) return alike.length < roomsMax;
    const [oldest] = alike;
    if (oldest !== undefined && alike.length >= conversationsMax) this.forget(oldest);
    return true;
  }
}

function isPrivate(room: string): boolean {
  return room.startsWith("@");
}
