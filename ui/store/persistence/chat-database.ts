/**
 * The shelf of chats in the browser's IndexedDB. Each window writes a copy of its own, so that its rooms are all of one
 * moment, and of that only what changed. Nothing is read on the way to a write, and each is committed at once: a page that
 * goes does not live to see an answer. The only file that knows idb.
 */
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction, openDB } from "idb";
import { nameKey } from "../../../protocol/names.ts";
import { amended, type ChatOwner, type KeptChat, type KeptRoom, roomsToKeep, toKeep } from "../model/kept-chat.ts";
import type { PageState, RoomState } from "../model/state.ts";
import type { MessageChange } from "../model/timeline.ts";
import type { ChatShelf } from "../services/chat-keeper.ts";

/** Copies kept, of all chats and windows; of more, those that were kept last. */
export const copiesMax = 10;

/** Milliseconds for which a copy is kept that nobody adds to. */
export const copyAgeMaxMs = 30 * 24 * 3_600_000;

/** To be raised with every change to what a room or a chat consists of: what an earlier page kept is dropped then. */
const version = 3;

/** Whose chat, and the window whose copy it is. */
type CopyKey = [owner: string, window: string];

interface Copy extends Omit<KeptChat, "rooms"> {
  key: CopyKey;
  /** The keys of its rooms, in their order. */
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
  /** The window's UUID, which it may change. */
  window: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** What the database is called. */
  name: string;
}

export class ChatDatabase implements ChatShelf {
  readonly #options: ChatDatabaseOptions;
  readonly #database: Promise<IDBPDatabase<Schema>>;
  /**
   * The rooms, which are immutable, as this page wrote them last into a copy. Counts until the epoch ends: another window
   * may have forgotten the copy meanwhile.
   */
  #written: { key: CopyKey; epoch: string | undefined; rooms: ReadonlyMap<string, RoomState> } | undefined;

  constructor(options: ChatDatabaseOptions) {
    this.#options = options;
    this.#database = open(options.name);
    // Whoever uses it hears of it too.
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

  /** Open windows write their own copies anew; those of windows that are gone, whoever it was, nobody else would amend. */
  async amend({ server }: ChatOwner, room: string, change: MessageChange): Promise<void> {
    const write = (put: (rooms: RoomStore, key: RoomKey, next: KeptRoom) => Promise<unknown>) =>
      quietly(async () => {
        const writing = (await this.#database).transaction(["copies", "rooms"], "readwrite");
        const rooms = writing.objectStore("rooms");
        const found: { key: RoomKey; next: KeptRoom }[] = [];
        for (const key of await rooms.getAllKeys()) {
          if (!key[0].startsWith(`${server} `) || key[2] !== room) continue;
          const kept = await rooms.get(key);
          const next = kept && amended(kept, change);
          if (next && next !== kept) found.push({ key, next });
        }
        await Promise.all([...found.map(({ key, next }) => put(rooms, key, next)), writing.done]);
        return true;
      });
    const isWritten = await write((rooms, key, next) => rooms.put(next, key));
    // Where there is no space left, what would go on saying it is not kept, and a copy without one of its rooms is none.
    if (!isWritten) await write((rooms, key) => rooms.delete(key));
  }

  /** The chat that was kept last under a name. */
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
        // A window that goes on writing to a copy which was one too many has written a part of it.
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
    // A newer page wants it in another form; this one only forgets from now on.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
}

/** @param key that of a copy, or of an owner: all their copies */
function forgetBelow(writing: Writing, key: string[]): Promise<void>[] {
  const range = IDBKeyRange.bound(key, [...key, []]);
  return [writing.objectStore("copies").delete(range), writing.objectStore("rooms").delete(range)];
}

function keyOf({ server, name }: ChatOwner): string {
  return `${server} ${nameKey(name)}`;
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
