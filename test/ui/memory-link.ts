/** A link without a bridge: the test says what the bridge says, and answers what the page asks. */
import type {
  CommandAnswer,
  JoinAnswer,
  PageCommand,
  PageHandshake,
  PostAnswer,
  PostRequest,
} from "../../protocol/bridge-events.ts";
import type { Link, LinkListener } from "../../ui/link/link.ts";
import { ChatStore } from "../../ui/store/chat-store.ts";
import { Keep, type KeepStorage } from "../../ui/store/keep.ts";
import { KeptOutbox, type WindowLocks } from "../../ui/store/kept-outbox.ts";
import { noon } from "./story.ts";

/** What the page asked, waiting for its answer. */
export interface Asked<Request, Answer> {
  request: Request;
  answer(answer: Answer): Promise<void>;
}

export class MemoryLink implements Link {
  readonly joins: Asked<{ name: string; after?: number }, JoinAnswer | undefined>[] = [];
  readonly renames: Asked<string, JoinAnswer | undefined>[] = [];
  readonly posts: Asked<PostRequest, PostAnswer>[] = [];
  readonly asks: Asked<PageCommand, CommandAnswer>[] = [];
  readonly quits: Asked<undefined, boolean>[] = [];
  isOpen = false;
  handshake!: () => PageHandshake;
  /** Speaks for the bridge. */
  bridge!: LinkListener;

  open(handshake: () => PageHandshake, listener: LinkListener): void {
    this.isOpen = true;
    this.handshake = handshake;
    this.bridge = listener;
  }

  close(): void {
    this.isOpen = false;
  }

  join(name: string, after?: number): Promise<JoinAnswer | undefined> {
    return ask(this.joins, after === undefined ? { name } : { name, after });
  }

  rename(name: string): Promise<JoinAnswer | undefined> {
    return ask(this.renames, name);
  }

  post(request: PostRequest): Promise<PostAnswer> {
    return ask(this.posts, request);
  }

  ask(command: PageCommand): Promise<CommandAnswer> {
    return ask(this.asks, command);
  }

  quit(): Promise<boolean> {
    return ask(this.quits, undefined);
  }
}

function ask<Request, Answer>(queue: Asked<Request, Answer>[], request: Request): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const answer = async (given: Answer) => {
    resolve(given);
    // The page acts on the answer a few microtasks later; a macrotask is after all of them.
    await new Promise((done) => setTimeout(done));
  };
  queue.push({ request, answer });
  return promise;
}

/** A storage of its own for each test: what outlives a page outlives it by being passed to the next. */
export function memoryStorage(): KeepStorage & { items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
}

/** The locks of one browser: `held` are the names that somebody holds, until the test takes them out. */
export function memoryLocks(): WindowLocks & { held: Set<string> } {
  const held = new Set<string>();
  return {
    held,
    async request(name, { ifAvailable = false }, callback) {
      if (ifAvailable && held.has(name)) return callback(null);
      held.add(name);
      await callback({ name });
      held.delete(name);
    },
  };
}

/**
 * An opened store with its link, whose clock stands still at noon. `window` is the storage that a reload keeps, `browser`
 * the one that all windows share, as they share its `locks`.
 */
export function openStore(
  window = memoryStorage(),
  browser = memoryStorage(),
  nowMs = () => Date.parse(noon),
  locks = memoryLocks(),
  // A test sees what follows from a change at once.
  beforeDrawing = (work: () => void) => work(),
) {
  const link = new MemoryLink();
  const store = new ChatStore({
    link,
    keep: new Keep(browser, window),
    outbox: (id) => new KeptOutbox(browser, locks, id),
    nowMs,
    newId: () => crypto.randomUUID(),
    beforeDrawing,
  });
  store.open();
  return { store, link, window, browser, locks };
}
