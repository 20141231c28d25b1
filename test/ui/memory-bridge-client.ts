/** A bridge client without a bridge: the test speaks for the bridge, and answers what the page asks. */
import type {
  CommandAnswer,
  HeardUpTo,
  Inspection,
  JoinAnswer,
  JoinCredentials,
  PageCommand,
  PageHandshake,
  PostAnswer,
  PostRequest,
} from "../../protocol/bridge-events.ts";
import type { BridgeInvitation } from "../../protocol/bridge-invitation.ts";
import type { PageCommandType } from "../../protocol/page-commands.ts";
import type { BridgeClient, BridgeListener } from "../../ui/bridge-client/bridge-client.ts";
import { amended, type ChatOwner, type KeptChat, roomsToKeep, toKeep } from "../../ui/store/model/kept-chat.ts";
import { roomKey } from "../../ui/store/model/state.ts";
import { Keep, type KeepStorage } from "../../ui/store/persistence/keep.ts";
import { KeptOutbox, type WindowLocks } from "../../ui/store/persistence/kept-outbox.ts";
import type { Clock } from "../../ui/store/service-context.ts";
import type { ChatShelf } from "../../ui/store/services/chat-keeper.ts";
import { ChatStore } from "../../ui/store/services/chat-store.ts";
import { ManualClock } from "../bridge/manual-clock.ts";
import { echo, noon } from "./story.ts";

/** A request of the page that is waiting for its answer. */
export interface Asked<Request, Answer> {
  request: Request;
  answer(answer: Answer): Promise<void>;
}

export class MemoryBridgeClient implements BridgeClient {
  readonly joins: Asked<{ name: string } & HeardUpTo & JoinCredentials, JoinAnswer | undefined>[] = [];
  readonly posts: Asked<PostRequest, PostAnswer>[] = [];
  /** Requests caused by what a person does. */
  readonly asks: Asked<PageCommand, CommandAnswer<PageCommandType>>[] = [];
  /** Requests that the page makes by itself: for conversations, read marks and typing notices. */
  readonly murmurs: Asked<PageCommand, CommandAnswer<PageCommandType>>[] = [];
  readonly inspections: Asked<undefined, Inspection | undefined>[] = [];
  readonly invitations: Asked<undefined, BridgeInvitation | undefined>[] = [];
  readonly quits: Asked<undefined, boolean>[] = [];
  /** What the page reported about its reader's attention. */
  readonly attended: boolean[] = [];
  /** How often it was opened. */
  opened = 0;
  handshake!: () => PageHandshake;
  /** Speaks for the bridge. */
  bridge!: BridgeListener;

  open(handshake: () => PageHandshake, listener: BridgeListener): void {
    this.opened += 1;
    this.handshake = handshake;
    this.bridge = listener;
  }

  close(): void {}

  join(name: string, upTo: HeardUpTo, credentials: JoinCredentials): Promise<JoinAnswer | undefined> {
    return ask(this.joins, { name, ...upTo, ...credentials });
  }

  post(request: PostRequest): Promise<PostAnswer> {
    return ask(this.posts, request);
  }

  ask<T extends PageCommandType>(command: PageCommand & { type: T }): Promise<CommandAnswer<T>> {
    // The test answers each as it was asked; history is that of the room that was asked for, unless it says otherwise.
    const answered = ask<PageCommand, CommandAnswer<PageCommandType>>(
      isMurmur(command) ? this.murmurs : this.asks,
      command,
    );
    const room = command.type === "history" && "room" in command ? { room: command.room } : {};
    return answered.then((answer) => (answer.ok ? { ...room, ...answer } : answer)) as Promise<CommandAnswer<T>>;
  }

  inspect(): Promise<Inspection | undefined> {
    return ask(this.inspections, undefined);
  }

  invitation(): Promise<BridgeInvitation | undefined> {
    return ask(this.invitations, undefined);
  }

  attend(attentive: boolean): void {
    this.attended.push(attentive);
  }

  quit(): Promise<boolean> {
    return ask(this.quits, undefined);
  }
}

function isMurmur({ type }: PageCommand): boolean {
  return type === "conversations" || type === "people" || type === "read" || type === "typing";
}

function ask<Request, Answer>(queue: Asked<Request, Answer>[], request: Request): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const answer = async (given: Answer) => {
    resolve(given);
    // The page acts on the answer a few microtasks later; a macrotask comes after all of them.
    await new Promise((done) => setTimeout(done));
  };
  queue.push({ request, answer });
  return promise;
}

/** Answers a post like a bridge that has delivered it: first the message itself, then its id and number. */
export async function deliver(
  { store, client }: Pick<ReturnType<typeof openStore>, "store" | "client">,
  post: MemoryBridgeClient["posts"][number] | undefined,
  seq: number,
): Promise<void> {
  const event = echo(post?.request, seq);
  client.bridge.event({ n: store.state.lastN + 1, event });
  const { msgid, time } = event;
  await post?.answer({ ok: true, msgid, seq, time });
}

/** A separate storage for each test: whatever outlives a page is passed on to the next one. */
export function memoryStorage(): KeepStorage & { items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    keys: () => [...items.keys()],
  };
}

/** The locks of one browser: `held` are the names that somebody holds, until the test removes them. */
export type MemoryLocks = WindowLocks & {
  held: Set<string>;
  /** Takes a lock from its holder and gives it to whoever is waiting for it. */
  release(name: string): void;
};

export function memoryLocks(): MemoryLocks {
  const held = new Set<string>();
  const waiting = new Map<string, (() => void)[]>();
  const release = (name: string) => {
    held.delete(name);
    waiting.get(name)?.shift()?.();
  };
  return {
    held,
    release,
    async request(name, { ifAvailable = false }, callback) {
      if (held.has(name)) {
        if (ifAvailable) return callback(null);
        await new Promise<void>((given) => waiting.set(name, [...(waiting.get(name) ?? []), given]));
      }
      held.add(name);
      await callback({ name });
      release(name);
    },
  };
}

/** The kept chats of one browser. `chats` are in the order in which they were kept, the latest last. */
export type MemoryShelf = ChatShelf & { chats: KeptChat[]; last(name: string): KeptChat | undefined };

export function memoryShelf(): MemoryShelf {
  let chats: KeptChat[] = [];
  const without = ({ server, name }: ChatOwner) => chats.filter((chat) => chat.server !== server || chat.name !== name);
  return {
    get chats() {
      return chats;
    },
    last: (name) => chats.findLast((chat) => chat.name === name),
    async keep(owner, session, state) {
      const { epoch, lastN, log, upstream, current } = state;
      const rooms = [...roomsToKeep(state).values()].map(toKeep);
      chats = [...without(owner), structuredClone({ ...owner, session, epoch, lastN, log, upstream, current, rooms })];
    },
    async forget(owner) {
      chats = without(owner);
    },
    async amend({ server }, room, change) {
      chats = chats.map((chat) => ({
        ...chat,
        rooms:
          chat.server === server
            ? chat.rooms.map((kept) => (roomKey(kept.name) === room ? amended(kept, change) : kept))
            : chat.rooms,
      }));
    },
  };
}

/** A clock that starts at noon and that the test sets. */
export class PageClock extends ManualClock {
  override now(): number {
    return Date.parse(noon) + super.now();
  }
}

export interface Browser {
  /** The storage that survives a reload. */
  window?: ReturnType<typeof memoryStorage>;
  /** The storage that all windows share, like the locks. */
  browser?: ReturnType<typeof memoryStorage>;
  locks?: MemoryLocks;
  shelf?: MemoryShelf;
  clock?: Clock;
  beforeDrawing?: (work: () => void) => void;
}

/** An opened store with its bridge client. */
export function openStore({
  window = memoryStorage(),
  browser = memoryStorage(),
  locks = memoryLocks(),
  shelf = memoryShelf(),
  clock = new PageClock(),
  // A test sees at once what follows from a change.
  beforeDrawing = (work) => work(),
}: Browser = {}) {
  const client = new MemoryBridgeClient();
  const keep = new Keep(browser, window);
  const newId = () => crypto.randomUUID();
  const renamed = () => {
    keep.set("window", undefined);
    return keep.getOrSet("window", newId);
  };
  const store = new ChatStore({
    bridge: client,
    keep,
    outbox: (ready) =>
      new KeptOutbox({ storage: browser, locks, window: keep.getOrSet("window", newId), renamed, ready }),
    shelf,
    clock,
    newId,
    beforeDrawing,
  });
  const chat = shelf.last(keep.get("joined") ?? keep.get("name") ?? "");
  if (chat) store.remember(chat);
  store.open();
  return { store, client, window, browser, locks, shelf, clock };
}
