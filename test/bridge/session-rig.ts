/** Shared by the session tests: a clock that the test sets, an upstream that the test controls, a page. */
import { randomUUID } from "node:crypto";
import { vi } from "vitest";
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
  PostRequest,
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

/** Records what a page is told. */
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
  flush(): void {}
  typing(event: EventOf<"typing">): void {
    this.typings.push(event);
  }
}

/** The chat server, as far as a session sees it: writes down what it is asked, and answers when the test says so. */
class ScriptedChat {
  /** The name given on each connection. */
  readonly logins: string[] = [];
  readonly posts: PostRequest[] = [];
  readonly asks: BridgeCommand[] = [];
  goodbyes = 0;
  #connection: UpstreamListener | undefined;

  /** The connection that was opened last. */
  get connection(): UpstreamListener {
    if (!this.#connection) throw new Error("no connection was opened");
    return this.#connection;
  }

  readonly open: OpenUpstream = (name, listener) => {
    this.logins.push(name);
    this.#connection = listener;
    return {
      post: (post) => {
        this.posts.push(post);
        return new Promise(() => {});
      },
      ask: async <T extends BridgeCommandType>(command: BridgeCommand<T>) => {
        this.asks.push(command as BridgeCommand);
        // The session's own requests need nothing else in their answers.
        return { ok: true } as CommandAnswer<T>;
      },
      quit: () => {
        this.goodbyes += 1;
      },
      abandon: () => {},
    };
  };
}

/** A session that one page looks at, and nobody has joined from. */
export function openSession() {
  const clock = new ManualClock();
  const chat = new ScriptedChat();
  const over = vi.fn();
  const session = new Session({
    server: "h:1",
    opener: () => chat.open,
    limits,
    clock,
    // Each delay is half of its maximum.
    random: () => 0.5,
    logger: silentLog,
    over,
  });
  const attach = (handshake: { epoch?: string; after?: number } = {}): PageLog => {
    const attached = new PageLog();
    session.attach(attached, { session: randomUUID(), browser: randomUUID(), after: 0, ...handshake });
    return attached;
  };
  return { session, page: attach(), attach, chat, clock, over };
}

/** The same, when anna is in the chat. */
export function inChat() {
  const opened = openSession();
  void opened.session.join("anna");
  opened.chat.connection.online(info, "anna");
  return opened;
}
