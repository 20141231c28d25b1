/** Shared by the bridge's tests: a bridge with short delays, a page that records what it is told, an old client. */
import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import pino from "pino";
import { type Socket as ClientSocket, io } from "socket.io-client";
import { onTestFinished, vi } from "vitest";
import { type Bridge, type BridgeConfig, startBridge } from "../../bridge/bridge.ts";
import { type BridgeLimits, bridgeLimits } from "../../bridge/limits.ts";
import type {
  BridgeToPage,
  CommandAnswer,
  ConnectionState,
  JoinAnswer,
  KeptEvent,
  NumberedEvent,
  PageCommand,
  PageHandshake,
  PageToBridge,
  PostAnswer,
  PostRequest,
  Snapshot,
} from "../../protocol/bridge-events.ts";
import type { EventOf } from "../../protocol/events.ts";
import type { PageCommandType } from "../../protocol/page-commands.ts";

/** Delays short enough for a test, and a backoff that is soon over. */
export const shortLimits: BridgeLimits = {
  ...bridgeLimits,
  greetingMs: 40,
  backoffMinMs: 5,
  backoffMaxMs: 20,
  legacyGapMs: 10,
  legacySilenceMs: 10,
  legacyReadMs: 30,
  legacyQuitGapMs: 30,
  legacyEchoMs: 60,
  legacyQuitMs: 100,
  quitMs: 100,
};

export const silentLog = pino({ level: "silent" });

type TestConfig = Partial<Omit<BridgeConfig, "limits">> & { port: number; limits?: Partial<BridgeLimits> };

export async function bridgeTo({ limits, ...config }: TestConfig): Promise<Bridge> {
  const started = await startBridge({
    host: "127.0.0.1",
    webPort: 0,
    logger: silentLog,
    ...config,
    limits: { ...shortLimits, ...limits },
  });
  if (!started.ok) throw new Error(started.message);
  onTestFinished(() => started.bridge.close());
  return started.bridge;
}

/** Waits until the condition holds; fails with the last reason why it does not. */
export function until<T>(condition: () => T): Promise<NonNullable<T>> {
  return vi.waitFor(
    () => {
      const value = condition();
      if (!value) throw new Error(`still waiting for: ${condition}`);
      return value;
    },
    { interval: 5, timeout: 5_000 },
  );
}

export class TestPage {
  readonly handshake: PageHandshake;
  readonly socket: ClientSocket<BridgeToPage, PageToBridge>;
  readonly snapshots: Snapshot[] = [];
  readonly connections: ConnectionState[] = [];
  readonly numbered: NumberedEvent[] = [];
  readonly typing: EventOf<"typing">[] = [];
  name: string | undefined;

  constructor(bridge: Pick<Bridge, "url">, handshake: Partial<PageHandshake> = {}) {
    this.handshake = { session: randomUUID(), browser: randomUUID(), after: 0, ...handshake };
    // Programs show the link's token each time; only browsers exchange it for a pass.
    this.socket = io(bridge.url, {
      auth: { ...this.handshake },
      transports: ["websocket"],
      reconnection: false,
      forceNew: true,
    });
    this.socket.on("snapshot", (snapshot) => {
      this.snapshots.push(snapshot);
      this.connections.push(snapshot.connection);
      this.numbered.push(...snapshot.events);
    });
    this.socket.on("connection", (state) => this.connections.push(state));
    this.socket.on("events", (events) => this.numbered.push(...events));
    this.socket.on("name", (name) => {
      this.name = name;
    });
    this.socket.on("typing", (event) => this.typing.push(event));
    onTestFinished(() => {
      this.socket.disconnect();
    });
  }

  get events(): KeptEvent[] {
    return this.numbered.map(({ event }) => event);
  }

  get messages(): EventOf<"message">[] {
    return this.events.filter((event) => event.type === "message");
  }

  /** `from: text` of each message. */
  get said(): string[] {
    return this.messages.map(({ from, text }) => `${from}: ${text}`);
  }

  get connection(): ConnectionState | undefined {
    return this.connections.at(-1);
  }

  join(name: string, after?: number): Promise<JoinAnswer> {
    return this.socket.emitWithAck("join", after === undefined ? { name } : { name, after });
  }

  ask<T extends PageCommandType>(command: PageCommand & { type: T }): Promise<CommandAnswer<T>> {
    return this.socket.emitWithAck("ask", command) as Promise<CommandAnswer<T>>;
  }

  post(text: string, more: Partial<PostRequest> = {}): Promise<PostAnswer> {
    return this.socket.emitWithAck("post", { id: randomUUID(), room: "lobby", text, ...more });
  }

  rename(name: string): Promise<CommandAnswer<"rename">> {
    return this.ask({ type: "rename", name });
  }

  async quit(): Promise<void> {
    await this.socket.emitWithAck("quit");
  }
}

/** A page that has received its snapshot. */
export async function openPage(bridge: Pick<Bridge, "url">, handshake: Partial<PageHandshake> = {}): Promise<TestPage> {
  const page = new TestPage(bridge, handshake);
  await until(() => page.snapshots.length > 0);
  return page;
}

/** Another person, using one of the old programs: sends chunks and sees what arrives. */
export class OldClient {
  readonly #socket: Socket;
  heard = "";

  constructor(port: number) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.setEncoding("utf8");
    this.#socket.on("data", (chunk: string) => {
      this.heard += chunk;
    });
    this.#socket.on("error", () => {});
    onTestFinished(() => {
      this.#socket.destroy();
    });
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Closes the window: a FIN, no `{quit}`. */
  close(): void {
    this.#socket.end();
  }
}
