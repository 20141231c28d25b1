/**
 * Assembles the chat, its store, the dialects and the network into a running server. The only file that knows them all.
 */

import { join } from "node:path";
import { commandLine, version } from "../cli/package.ts";
import { Repeats } from "../cli/repeats.ts";
import { formatAddress } from "../protocol/address.ts";
import { AddressRanges } from "../tcp/address-ranges.ts";
import { HashedPasswords } from "./accounts/passwords.ts";
import { Chat } from "./chat/chat.ts";
import { loadKept } from "./chat/chat-options.ts";
import type { ServerConfig } from "./config.ts";
import { openControl } from "./control.ts";
import { textsOf } from "./dialects/texts/texts.ts";
import { putLimits } from "./limits.ts";
import { Listener } from "./net/listener.ts";
import { Scheduler } from "./net/scheduler.ts";
import type { Transport } from "./net/transport.ts";
import { openPorts } from "./open-ports.ts";
import { databaseSize } from "./operations/database-size.ts";
import { openOperations } from "./operations/open-operations.ts";
import type { Operations } from "./operations/operations.ts";
import { DATABASE_FILE } from "./store/database.ts";
import { MemoryStore } from "./store/memory-store.ts";
import { openDiskStore } from "./store/open-store.ts";
import { startRetention } from "./store/retention.ts";

export interface RunningServer {
  readonly port: number;
  /** The address it listens on, `host:port`. */
  readonly address: string;
  /** The port for TLS, if there is one. */
  readonly tls: { readonly port: number; readonly fingerprint: string } | undefined;
  /** Reads the certificate again, for new connections. One that cannot be used changes nothing, and is logged. */
  reload(): Promise<void>;
  /** The port for metrics and health; undefined for none. */
  readonly metricsPort: number | undefined;
  /** Changes what can change while it runs. Limits that cannot, see `docs/limits.md`, have no effect. */
  reconfigure(config: Reconfigurable): void;
  /**
   * Tells everyone that the server is shutting down, and resolves when every connection is closed. May be called again.
   */
  close(): Promise<void>;
}

export type Reconfigurable = Pick<ServerConfig, "limits" | "exempt">;

export interface ServerEvents {
  /** Somebody was here, and the last one has left. */
  emptied?: () => void;
}

/**
 * Starts a server. @throws the system's error (`EADDRINUSE`, `EACCES`, …) when it cannot listen, `StoreError` when its
 * data cannot be opened, `TlsError` when its certificate cannot be used, `MetricsPortError` when it
 * cannot listen for metrics
 */
export async function startServer(config: ServerConfig, events: ServerEvents = {}): Promise<RunningServer> {
  const operations = config.metricsPort === undefined ? undefined : await openOperations(config.metricsPort);
  try {
    return await assemble(config, events, operations);
  } catch (error) {
    operations?.close();
    throw error;
  }
}

async function assemble(
  config: ServerConfig,
  events: ServerEvents,
  operations: Operations | undefined,
): Promise<RunningServer> {
  const { logger, now } = config;
  /** Those in force. Everybody reads the same object. */
  const limits = structuredClone(config.limits);
  const exempt = new AddressRanges(config.exempt);
  const repeats = new Repeats(limits.repeatsMs);
  const repeated: Repeats["tell"] = (what, tell) => {
    operations?.metrics.happened(what);
    repeats.tell(what, tell);
  };
  const failure = (message: string) => (error: unknown) =>
    repeated(message, (more) => logger.error({ err: error, ...more }, message));
  const unmaintained = (error: unknown) =>
    logger.warn({ err: error }, "deleted messages could not be wiped; will try again");
  const opened =
    config.data === undefined
      ? new MemoryStore({ limits })
      : await openDiskStore({
          directory: config.data,
          busyMs: limits.databaseBusyMs,
          indexing: (done, total) => logger.info({ done, total }, "indexing messages for search"),
          unindexed: failure("the search index is damaged: new messages cannot be found"),
          failed: failure("messages could not be stored and were refused"),
          moved: (file) => {
            if (file === undefined) logger.info("the database is back, and messages are stored again");
            else
              logger.error({ file }, "a file of the database was removed, replaced or emptied; messages are refused");
          },
          rewriting: (bytes) =>
            logger.info({ bytes }, "rewriting the database to wipe deleted messages; this may need twice its size"),
          unmaintained,
        });
  const log = operations?.measureLog(opened) ?? opened;
  const unreadable = failure("old messages could not be read");
  const wake = oncePerTurn(
    () => !chat.isBehind && scheduler.run(),
    () => chat.flush(),
  );
  const scheduler = new Scheduler(limits.turnUnits, wake);
  const chat = new Chat({
    log,
    kept: await loadKept(log),
    passwords: new HashedPasswords(limits),
    door: {
      ...{ password: config.password, registeredOnly: config.registeredOnly },
      ...{ invitedOnly: config.invitedOnly, tlsRequired: config.tlsRequired },
      exposed: (address) => {
        const message = "a password crosses the network in clear; tls-required refuses that";
        repeated("exposed", (more) => logger.warn({ from: address, ...more }, message));
      },
    },
    admins: config.admins,
    now,
    wake,
    told: () => listener.flush(),
    limits,
    observer: {
      joined: ({ name, address }, count) => logger.info({ person: name, from: address, count }, "joined"),
      left: ({ name, address }, reason, count) => {
        logger.info({ person: name, from: address, reason, count }, "left");
        // Whoever takes over from a lost connection comes in the same turn.
        if (count === 0) chat.inTurn(() => chat.count === 0 && events.emptied?.());
      },
      renamed: ({ name, address }, to) => logger.info({ person: name, from: address, to }, "renamed"),
      failed: failure("a bug kept an event from being delivered"),
      unreadable,
    },
  });
  const texts = textsOf[config.language];
  const dialects = config.dialects({
    chat: operations?.measureChat(chat) ?? chat,
    now,
    serverName: `Salotto ${version}`,
    texts,
    echo: config.echo,
    chunkBytesMax: limits.chunkBytesMax,
  });
  const measure = (transport: Transport) => operations?.measureTransport(transport) ?? transport;
  const listener = new Listener({ limits, logger, repeated, scheduler, exempt, dialects, measure });
  const ports = await openPorts(config, { listener, limits, texts, logger, repeated }).catch(async (error) => {
    await listener.close(async () => {});
    await log.close();
    throw error;
  });
  const { port } = ports;
  const closeControl =
    config.data === undefined
      ? undefined
      : await openControl(config.data, chat.administration).catch((error) => {
          logger.warn({ err: error }, `${commandLine("account")} cannot reach this server while it runs`);
        });
  const retention = startRetention({
    log,
    keep: config.keep,
    now,
    forgotten: (count) => {
      logger.info({ count }, "removed old messages");
      chat.forgetUnusedRooms();
    },
    doubted: (times) =>
      logger.warn(times, "the clock jumped; old messages are not removed until it has been stable for a day"),
    failed: failure("old messages could not be removed; it is tried again in an hour"),
  });
  const maintenance = setInterval(() => {
    chat.maintain();
    log.maintain().catch(unmaintained);
  }, limits.maintenanceMs);
  // However the program ends, even by a bug or an impatient Ctrl+C, no old client is left spinning.
  const abandon = () => listener.abandon();
  process.once("exit", abandon);
  const { data } = config;
  operations?.running({
    log,
    isFull: () => listener.isFull,
    kinds: dialects.list.flatMap((dialect) => ("create" in dialect ? [dialect.kind] : [])),
    refusedKinds: dialects.list.flatMap((dialect) => ("refusal" in dialect ? [dialect.kind] : [])),
    chat: () => chat.counts,
    connections: () => listener.counts,
    waitingInput: () => scheduler.size,
    databaseSize: data === undefined ? undefined : () => databaseSize(join(data, DATABASE_FILE)),
  });
  let closed: Promise<void> | undefined;
  return {
    port,
    metricsPort: operations?.port,
    address: formatAddress(config.host, port),
    tls: ports.tls && { port: ports.tls.port, fingerprint: ports.tls.certificate.current.fingerprint },
    reload: async () => ports.tls?.certificate.reload(),
    reconfigure: (changed) => {
      putLimits(limits, changed.limits);
      exempt.replace(changed.exempt);
    },
    close: () => {
      operations?.stopping();
      closed ??= listener.close(chat.settled.bind(chat)).then(async () => {
        process.off("exit", abandon);
        ports.tls?.certificate.close();
        retention.stop();
        clearInterval(maintenance);
        closeControl?.();
        await log.close();
        repeats.close();
        operations?.close();
      });
      return closed;
    },
  };
}

/**
 * A turn: runs `work` and then `tell`, once, at the end of the event loop's turn in which it was first requested,
 * however often it was. What `work` requests is told in this turn; what `tell` requests, in the next.
 * @param work returns whether there is more to do in another turn
 */
function oncePerTurn(work: () => boolean, tell: () => void): () => void {
  let isDue = false;
  const wake = () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      const hasMore = work();
      isDue = false;
      tell();
      if (hasMore) wake();
    });
  };
  return wake;
}
