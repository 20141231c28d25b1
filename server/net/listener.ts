/** The listening socket and the set of open connections. It lets them in and writes for all of them at once. */
import { createServer, type Server, type Socket } from "node:net";
import type { Logger } from "pino";
import type { ServerLimits } from "../limits.ts";
import type { AddressRanges } from "./address-ranges.ts";
import { Admission } from "./admission.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import type { Scheduler } from "./scheduler.ts";
import { Sources } from "./source.ts";
import type { Transport, TransportListener } from "./transport.ts";

export interface ListenerOptions extends Pick<ConnectionOptions, "dialects" | "repeated"> {
  limits: ServerLimits;
  logger: Logger;
  scheduler: Scheduler;
  /** Addresses to which the limits on connections do not apply, except for their number in total. */
  exempt: AddressRanges;
  /** Creates the transport over an accepted socket. */
  transport(socket: Socket): Transport;
}

export interface ConnectionCounts {
  /** By dialect; those that have not shown theirs are not in here. */
  byKind: ReadonlyMap<string, number>;
  total: number;
  /** Bytes that their readers have not taken. */
  dueBytes: number;
}

/** Nothing of a connection that is reset at once concerns anybody. */
const nobody: TransportListener = { received: () => {}, ended: () => {}, failed: () => {}, closed: () => {} };

export class Listener {
  readonly #options: ListenerOptions;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #toWrite = new Set<Connection>();
  #nextFlush: NodeJS.Immediate | undefined;
  readonly #sources: Sources;
  readonly #admission: Admission;
  #whenEmpty: (() => void) | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
    const { limits, transport } = options;
    this.#sources = new Sources(limits);
    this.#admission = new Admission(limits, options.exempt);
    this.#server = createServer(
      { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: limits.keepAliveMs },
      (socket) => this.#accept(transport(socket)),
    );
  }

  /** @returns the port, which the system chooses when `port` is 0. @throws the system's error when it cannot listen */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off("error", reject);
        this.#server.on("error", (error) => this.#options.logger.error({ err: error }, "cannot accept"));
        const address = this.#server.address();
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
    const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
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
    await stopped;
  }

  /** The program is ending at this very moment. */
  abandon(): void {
    for (const connection of this.#connections) connection.abandon();
  }

  #accept(transport: Transport): void {
    const { limits, logger, repeated, scheduler, dialects } = this.#options;
    const nowMs = performance.now();
    const { remoteAddress } = transport;
    const source = this.#sources.enter(remoteAddress, nowMs);
    const admitted = this.#admission.admit(source, remoteAddress, nowMs);
    const isIn = admitted === "in";
    if (!isIn && !admitted.isTold) {
      const { refusal: code } = admitted;
      repeated(code, (more) => logger.info({ from: remoteAddress, code, ...more }, "dismissed"));
      this.#sources.leave(source);
      transport.open(nobody);
      return transport.reset();
    }
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
    if (isIn) this.#admission.begin(connection, source, remoteAddress);
  }
}

/** Resolves with a promise, or when the time is over. */
async function within(ms: number, promise: Promise<void>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([promise, over]);
  clearTimeout(timer);
}
