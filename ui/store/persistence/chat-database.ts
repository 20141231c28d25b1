/**
 * Keeps chats in the browser's IndexedDB. Each window writes a copy of its own, so that all its rooms are from the same
 * moment, and writes only what changed. A write never waits for a read and is committed at once: a closing page does
 * not live to see an answer. The only file that knows idb.
 */
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction, openDB } from "idb";
import { nameKey } from "../../../protocol/names.ts";
import { amended, type ChatOwner, type KeptChat, type KeptRoom, roomsToKeep, toKeep } from "../model/kept-chat.ts";
import { isPrivate, type PageState, type RoomState } from "../model/state.ts";
import type { MessageChange } from "../model/timeline.ts";
import type { ChatShelf } from "../services/chat-keeper.ts";

/** Copies kept, over all chats and windows. Beyond that, the oldest are removed. */
export const copiesMax = 10;

/** Milliseconds for which a copy is kept that nobody adds to. */
export const copyAgeMaxMs = 30 * 24 * 3_600_000;

/** Must be raised with every change to the shape of a room or a chat. Data kept by an earlier page is dropped then. */
const version = 3;

/** The chat's owner, and the window whose copy it is. */
type CopyKey = [owner: string, window: string];

interface Copy extends Omit<KeptChat, "rooms"> {
  key: CopyKey;
  /** The keys of the rooms, in order. */
  rooms: string[];
  /** Milliseconds since 1970. */
  keptAtMs: number;
}

type RoomKey = [...CopyKey, room: string];

interface Schema extends DBSchema {
  copies: { key: CopyKey; value: Copy };
  rooms: { key: RoomKey; value: KeptRoom };
}

type Writing = IDBPTransaction<Schema, ["copies", "rooms"], "readwrite">;
type RoomStore = IDBPObjectStore<Schema, ["copies", "rooms"], "rooms", "readwrite">;

export interface ChatDatabaseOptions {
  /** The window's UUID, which may change. */
  window: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** The database's name. */
  name: string;
}

export class ChatDatabase implements ChatShelf {
  readonly #options: ChatDatabaseOptions;
  readonly #database: Promise<IDBPDatabase<Schema>>;
  /**
   * The (immutable) rooms as this page last wrote them to a copy. Valid until the epoch ends, since another window may
   * have deleted the copy meanwhile.
   */
  #written: { key: CopyKey; epoch: string | undefined; rooms: ReadonlyMap<string, RoomState> } | undefined;

  constructor(options: ChatDatabaseOptions) {
    this.#options = options;
    this.#database = open(options.name);
    // Every user of the promise hears of the rejection too.
    this.#database.catch(() => {});
  }

  async keep(owner: ChatOwner, session: string, state: PageState): Promise<void> {
    const { epoch, lastN, log, upstream, current } = state;
    const rooms = roomsToKeep(state);
    const key: CopyKey = [keyOf(owner), this.#options.window()];
    const chat = { ...owner, session, epoch, lastN, log, upstream, current, rooms: [...rooms.keys()], key };
    await quietly(async () => {
      const writing = (await this.#database).transaction(["copies", "rooms"], "readwrite");
      const last = this.#written;
      const written = last && last.epoch === epoch && isSameCopy(last.key, key) ? last.rooms : undefined;
      const roomStore = writing.objectStore("rooms");
      const changed = [...rooms].filter(([room, roomState]) => written?.get(room) !== roomState);
      const left = [...(written?.keys() ?? [])].filter((room) => !rooms.has(room));
      const work = [
        ...(written ? left.map((room) => roomStore.delete([...key, room])) : forgetBelow(writing, key)),
        ...changed.map(([room, roomState]) => roomStore.put(toKeep(roomState), [...key, room])),
        writing.objectStore("copies").put({ ...chat, keptAtMs: this.#options.now() }),
      ];
      this.#written = { key, epoch, rooms };
      await this.#commit(writing, work);
    });
  }

  async forget(owner: ChatOwner): Promise<void> {
    await quietly(async () => {
      const writing = (await this.#database).transaction(["copies", "rooms"], "readwrite");
      this.#written = undefined;
      await this.#commit(writing, forgetBelow(writing, [keyOf(owner)]));
    });
  }

  /**
   * Open windows rewrite their own copies. The copies of closed windows, whoever owned them, would not be amended by
   * anybody else.
   */
  async amend({ server }: ChatOwner, room: string, change: MessageChange): Promise<void> {
    const write = (put: (rooms: RoomStore, key: RoomKey, next: KeptRoom) => Promise<unknown>) =>
      quietly(async () => {
        const writing = (await this.#database).transaction(["copies", "rooms"], "readwrite");
        const rooms = writing.objectStore("rooms");
        const found: { key: RoomKey; next: KeptRoom }[] = [];
        for (const key of await rooms.getAllKeys()) {
          if (!key[0].startsWith(`${server} `) || !isSameOrRenamed(key[2], room)) continue;
          const kept = await rooms.get(key);
          const next = kept && amended(kept, change);
          if (next && next !== kept) found.push({ key, next });
        }
        await Promise.all([...found.map(({ key, next }) => put(rooms, key, next)), writing.done]);
        return true;
      });
    const isWritten = await write((rooms, key, next) => rooms.put(next, key));
    // When the disk is full, the rooms that hold the old text are removed. A copy that lacks a room does not count.
    if (!isWritten) await write((rooms, key) => rooms.delete(key));
  }

  /** The latest chat kept under a name. */
  async last(name: string): Promise<KeptChat | undefined> {
    return quietly(async () => {
      const reading = (await this.#database).transaction(["copies", "rooms"]);
      const all = (await reading.objectStore("copies").getAll()).sort(newestFirst);
      const oldestMs = this.#options.now() - copyAgeMaxMs;
      const copies = all.slice(0, copiesMax).filter(({ keptAtMs }) => keptAtMs >= oldestMs);
      void this.#forgetAll(all.filter((copy) => !copies.includes(copy)));
      for (const copy of copies.filter((other) => nameKey(other.name) === nameKey(name))) {
        const rooms = await Promise.all(
          copy.rooms.map((room) => reading.objectStore("rooms").get([...copy.key, room])),
        );
        const found = rooms.filter((room) => room !== undefined);
        // A copy that was evicted while its window kept writing is incomplete.
        if (found.length === rooms.length) return { ...copy, rooms: found };
      }
      return undefined;
    });
  }

  async #forgetAll(copies: readonly Copy[]): Promise<void> {
    if (copies.length === 0) return;
    await quietly(async () => {
      const writing = (await this.#database).transaction(["copies", "rooms"], "readwrite");
      await this.#commit(
        writing,
        copies.flatMap(({ key }) => forgetBelow(writing, key)),
      );
    });
  }

  async #commit(writing: Writing, work: readonly Promise<unknown>[]): Promise<void> {
    writing.commit();
    try {
      await Promise.all([...work, writing.done]);
    } catch (error) {
      this.#written = undefined;
      throw error;
    }
  }
}

async function open(name: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, version, {
    upgrade(database) {
      for (const store of database.objectStoreNames) database.deleteObjectStore(store);
      database.createObjectStore("copies", { keyPath: "key" });
      database.createObjectStore("rooms");
    },
    // A newer page needs another format; from now on this page keeps nothing.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
}

/** @param key the key of a copy, or of an owner for all their copies */
function forgetBelow(writing: Writing, key: string[]): Promise<void>[] {
  const range = IDBKeyRange.bound(key, [...key, []]);
  return [writing.objectStore("copies").delete(range), writing.objectStore("rooms").delete(range)];
}

function keyOf({ server, name }: ChatOwner): string {
  return `${server} ${nameKey(name)}`;
}

/** A copy may have a conversation under an earlier name. */
function isSameOrRenamed(kept: string, room: string): boolean {
  return kept === room || (isPrivate(kept) && isPrivate(room));
}

function isSameCopy([owner, window]: CopyKey, [otherOwner, otherWindow]: CopyKey): boolean {
  return owner === otherOwner && window === otherWindow;
}

function newestFirst(one: Copy, other: Copy): number {
  return other.keptAtMs - one.keptAtMs;
}

/** The browser may refuse, or have no space left. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
