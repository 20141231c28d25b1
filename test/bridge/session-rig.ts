/** What the tests of a session share: a clock that the test turns, an upstream that does what the test says, a page. */
import { randomUUID } from "node:crypto";
import { beforeEach } from "vitest";
import type { Page } from "../../bridge/audience.ts";
import { bridgeLimits } from "../../bridge/limits.ts";
import { Session } from "../../bridge/session.ts";
import type { OpenUpstream, UpstreamListener } from "../../bridge/upstream/upstream.ts";
import type {
  BridgeCommand,
  BridgeCommandType,
  CommandAnswer,
  ConnectionState,
  KeptEvent,
  NumberedEvent,
  PostAnswer,
  Snapshot,
  UpstreamInfo,
} from "../../protocol/bridge-events.ts";
import type { EventOf } from "../../protocol/events.ts";
import { ManualClock } from "./manual-clock.ts";
import { silentLog } from "./page.ts";

export const limits = {
  ...bridgeLimits,
  replayEventsMax: 3,
  joinsPendingMax: 3,
  nameTakenRetriesMax: 2,
  postsPendingMax: 2,
};
export const info: UpstreamInfo = { kind: "salotto", description: "test", lacks: [] };
export const error = { code: "ECONNREFUSED", message: "cannot reach h:1: connection refused" };
export const taken = { code: "name-taken", message: "taken" } as const;
export const notice = (text: string): KeptEvent => ({ type: "notice", text, time: "2026-01-01T00:00:00.000Z" });
export const post = { id: randomUUID(), room: "lobby", text: "ciao" };

/** Writes down what a page is told. */
export class PageLog implements Page {
  readonly snapshots: Snapshot[] = [];
  readonly connections: ConnectionState[] = [];
  readonly names: string[] = [];
  readonly events: NumberedEvent[] = [];
  readonly typings: EventOf<"typing">[] = [];

  snapshot(snapshot: Snapshot): void {
    this.snapshots.push(snapshot);
  }
  connection(state: ConnectionState): void {
    this.connections.push(state);
  }
  name(name: string): void {
    this.names.push(name);
  }
  event(event: NumberedEvent): void {
    this.events.push(event);
  }
  typing(event: EventOf<"typing">): void {
    this.typings.push(event);
  }
}

export let clock: ManualClock;
export let listeners: UpstreamListener[];
export let names: string[];
export let quits: number;
export let posts: ((answer: PostAnswer) => void)[];
export let asks: BridgeCommand[];
export let over: number;
export let session: Session;
export let page: PageLog;

const open: OpenUpstream = (name, listener) => {
  names.push(name);
  listeners.push(listener);
  return {
    post: () => new Promise((resolve) => posts.push(resolve)),
    ask: async <T extends BridgeCommandType>(command: BridgeCommand<T>) => {
      asks.push(command as BridgeCommand);
      // What a session asks by itself has an answer that says no more.
      return { ok: true } as CommandAnswer<T>;
    },
    quit: () => {
      quits += 1;
    },
    abandon: () => {},
  };
};

/** The connection that was opened last. */
export function upstream(): UpstreamListener {
  const last = listeners.at(-1);
  if (!last) throw new Error("no connection was opened");
  return last;
}

export function attach(handshake: { epoch?: string; after?: number } = {}): PageLog {
  const attached = new PageLog();
  session.attach(attached, { session: randomUUID(), browser: randomUUID(), after: 0, ...handshake });
  return attached;
}

beforeEach(() => {
  clock = new ManualClock();
  listeners = [];
  names = [];
  quits = 0;
  posts = [];
  asks = [];
  over = 0;
  session = new Session({
    server: "h:1",
    opener: () => open,
    limits,
    clock,
    // Each delay is half of its ceiling.
    random: () => 0.5,
    logger: silentLog,
    over: () => {
      over += 1;
    },
  });
  page = attach();
});
