/** The listening sockets and the set of open connections. It lets them in and writes for all of them at once. */
import { createServer, type Server, type Socket } from "node:net";
import type { Logger } from "pino";
import type { AddressRanges } from "../../tcp/address-ranges.ts";
import type { ServerLimits } from "../limits.ts";
import { Admission, type Admitted } from "./admission.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import type { Scheduler } from "./scheduler.ts";
import { type Source, Sources } from "./source.ts";
import { SocketTransport, type Transport, type TransportListener } from "./transport.ts";

export interface ListenerOptions extends Pick<ConnectionOptions, "dialects" | "repeated"> {
  limits: ServerLimits;
  logger: Logger;
  scheduler: Scheduler;
  /** Addresses to which the limits on connections do not apply, except for their number in total. */
  exempt: AddressRanges;
  /** Stands between a connection and its transport. */
  measure(transport: Transport): Transport;
}

export interface ConnectionCounts {
  /** By dialect; those that have not shown theirs are not in here. */
  byKind: ReadonlyMap<string, number>;
  total: number;
  /** Bytes that their readers have not taken. */
  dueBytes: number;
}

/** What an accepted socket passes before it is a connection. */
export interface Entrance {
  /**
   * Makes the transport over a socket, at once or later, and hands it to `entered`; or calls `left` if the socket is closed
   * before that.
   * @param source the key of where it comes from
   */
  enter(socket: Socket, source: string, entered: (transport: Transport) => void, left: () => void): void;
  /** Resets whoever has not entered yet. */
  close(): void;
}

const openEntrance: Entrance = {
  enter: (socket, _source, entered) => entered(new SocketTransport(socket)),
  close: () => {},
};

/** Where somebody comes from, and how they were let in. */
interface Arrival {
  address: string;
  source: Source;
  admitted: Admitted;
}

/** Nothing of a connection that is reset at once concerns anybody. */
const nobody: TransportListener = { received: () => {}, ended: () => {}, failed: () => {}, closed: () => {} };

export class Listener {
  readonly #options: ListenerOptions;
  readonly #servers = new Map<Server, Entrance>();
  readonly #connections = new Set<Connection>();
  readonly #toWrite = new Set<Connection>();
  #nextFlush: NodeJS.Immediate | undefined;
  readonly #sources: Sources;
  readonly #admission: Admission;
  #whenEmpty: (() => void) | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#sources = new Sources(options.limits);
    this.#admission = new Admission(options.limits, options.exempt);
  }

  /**
   * Listens on one more port; the connections of all are treated as one. @returns the port, which the system chooses when
   * `port` is 0. @throws the system's error when it cannot listen
   */
  listen(host: string, port: number, entrance: Entrance = openEntrance): Promise<number> {
    const { limits, logger } = this.#options;
    const server = createServer(
      { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: limits.keepAliveMs },
      (socket) => this.#arrive(socket, entrance),
    );
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port }, () => {
        server.off("error", reject);
        server.on("error", (error) => logger.error({ err: error }, "cannot accept"));
        this.#servers.set(server, entrance);
        const address = server.address();
        resolve(typeof address === "object" && address ? address.port : port);
      });
    });
  }

  /** There are as many connections as there may be. */
  get isFull(): boolean {
    return this.#admission.isFull;
  }

  /** The connections as they are now. It looks at each. */
  get counts(): ConnectionCounts {
    const byKind = new Map<string, number>();
    let dueBytes = 0;
    for (const connection of this.#connections) {
      const { kind } = connection;
      if (kind !== undefined) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      dueBytes += connection.dueBytes;
    }
    return { byKind, total: this.#connections.size, dueBytes };
  }

  /**
   * Writes everything sent to connections since the last time. Called after a turn of the chat, which tells many at
   * once; anything else is written in the next turn of the event loop.
   */
  flush(): void {
    clearImmediate(this.#nextFlush);
    this.#nextFlush = undefined;
    for (const connection of this.#toWrite) connection.flush();
    this.#toWrite.clear();
  }

  /**
   * Accepts nobody else, tells everyone, and resolves when the last connection is closed, within a bounded time.
   * @param settled resolves when everything that people have asked for is kept and told
   */
  async close(settled: () => Promise<void>): Promise<void> {
    const stopped = [...this.#servers.keys()].map(
      (server) => new Promise<void>((resolve) => server.close(() => resolve())),
    );
    this.#closeEntrances();
    const empty = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
      if (this.#connections.size === 0) resolve();
    });
    for (const connection of this.#connections) connection.dismiss("closing");
    // Everyone gets their answers first, and the goodbye after them.
    await within(this.#options.limits.drainMs, settled());
    // Last words take up to this time to be sent, row by row, and have the same time again to be read.
    const giveUp = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy();
    }, 2.5 * this.#options.limits.closeGraceMs);
    await empty;
    clearTimeout(giveUp);
    await Promise.all(stopped);
  }

  /** The program is ending at this very moment. */
  abandon(): void {
    this.#closeEntrances();
    for (const connection of this.#connections) connection.abandon();
  }

  #closeEntrances(): void {
    for (const entrance of this.#servers.values()) entrance.close();
  }

  /** Whoever is not let in costs no handshake, and whoever does not finish one counts like everybody else meanwhile. */
  #arrive(socket: Socket, entrance: Entrance): void {
    const { logger, repeated, measure } = this.#options;
    const nowMs = performance.now();
    const address = socket.remoteAddress ?? "unknown";
    const source = this.#sources.enter(address, nowMs);
    const admitted = this.#admission.admit(source, address, nowMs);
    const isIn = admitted === "in";
    if (!isIn && !admitted.isTold) {
      const { refusal: code } = admitted;
      repeated(code, (more) => logger.info({ from: address, code, ...more }, "dismissed"));
      this.#sources.leave(source);
      measure(new SocketTransport(socket)).open(nobody);
      socket.resetAndDestroy();
      return;
    }
    entrance.enter(
      socket,
      source.key,
      (transport) => this.#accept(measure(transport), { address, source, admitted }),
      () => {
        this.#admission.leave(undefined, source, isIn);
        this.#sources.leave(source);
      },
    );
  }

  #accept(transport: Transport, { address, source, admitted }: Arrival): void {
    const { limits, logger, repeated, scheduler, dialects } = this.#options;
    const isIn = admitted === "in";
    const connection = new Connection({
      transport,
      limits,
      logger,
      repeated,
      source,
      scheduler,
      dialects,
      ...(isIn ? {} : { refusal: admitted.refusal }),
      named: (named) => this.#admission.named(named),
      wake: (woken) => {
        this.#toWrite.add(woken);
        this.#nextFlush ??= setImmediate(() => this.flush());
      },
      closed: (closed) => {
        this.#connections.delete(closed);
        this.#toWrite.delete(closed);
        this.#admission.leave(closed, source, isIn);
        this.#sources.leave(source);
        if (this.#connections.size === 0) this.#whenEmpty?.();
      },
    });
    this.#connections.add(connection);
    if (isIn) this.#admission.begin(connection, source, address);
  }
}

/** Resolves with a promise, or when the time is over. */
async function within(ms: number, promise: Promise<void>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([promise, over]);
  clearTimeout(timer);
}
