/** The rooms that there are, and when one is forgotten. The lobby is always there. */
import { lobby } from "../../protocol/names.ts";
import { looksOf } from "./looks.ts";
import type { ChatObserver, RecordKind, RoomLog, StoredRoom } from "./ports.ts";
import { prices } from "./prices.ts";
import { Room } from "./room.ts";
import type { Turn } from "./turn.ts";

export interface RoomListParts {
  log: RoomLog;
  observer: Pick<ChatObserver, "unreadable">;
  /** The present turn. */
  turn: () => Turn;
  /** Forgets something about rights. */
  drop: (kind: RecordKind, scope: string, id: string) => void;
}

export class RoomList {
  readonly lobby: Room;
  /** Called when a room is no more, because somebody removed it or nobody needs it. */
  ended: (room: Room) => void = () => {};
  readonly #parts: RoomListParts;
  /** By name. Bounded by `roomsMax`. */
  readonly #rooms = new Map<string, Room>();

  constructor(kept: readonly StoredRoom[], parts: RoomListParts) {
    this.#parts = parts;
    for (const { name, topic, seq } of kept) this.add(new Room(name, topic, seq));
    this.lobby = this.get(lobby) ?? new Room(lobby, "", 0);
    this.add(this.lobby);
  }

  get(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  get size(): number {
    return this.#rooms.size;
  }

  [Symbol.iterator](): IterableIterator<Room> {
    return this.#rooms.values();
  }

  add(room: Room): void {
    this.#rooms.set(room.name, room);
  }

  /** An existing room that a new room's name looks like. */
  like(name: string): Room | undefined {
    const looks = looksOf(name);
    return [...this].find((room) => [...room.looks].some((look) => looks.has(look)));
  }

  /** Roles, invitations, bans and mutes in all rooms. */
  get ruleCount(): number {
    return [...this].reduce((sum, { rules }) => sum + rules.count, 0);
  }

  /**
   * Forgets a room that nobody is in, unless messages of it are kept. The lobby stays.
   * @param visits how often somebody had entered it; if somebody has entered it since, their leaving calls this again
   */
  forgetIfUnused(room: Room, visits: number): void {
    const isUnused = () =>
      room !== this.lobby && room.isEmpty && room.visits === visits && this.get(room.name) === room;
    if (!isUnused()) return;
    if (room.seq === 0) return this.#forget(room);
    this.#parts.turn().read(
      prices.look,
      (log) => log.history(room.name, { limit: 1, changes: false }),
      (read) => {
        const isSilent = read !== undefined && read.value !== "no-such-message" && read.value.entries.length === 0;
        if (isSilent && isUnused()) this.#forget(room);
      },
    );
  }

  /** The same for every room: messages were removed, or the server was down when the last person left. */
  forgetUnused(): void {
    for (const room of this) this.forgetIfUnused(room, room.visits);
  }

  /** A room is no more, and nor is what was decided there. */
  end(room: Room): void {
    const { name, rules } = room;
    this.#rooms.delete(name);
    room.giveBack();
    for (const [kind, id] of rules.records) this.#parts.drop(kind, name, id);
    this.ended(room);
  }

  #forget(room: Room): void {
    this.end(room);
    const { log, observer } = this.#parts;
    // If this fails, the room is back when the server is started again.
    if (room.isKept) log.forgetRoom(room.name).catch(observer.unreadable);
  }
}
