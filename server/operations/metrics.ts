/**
 * What the server measures for Prometheus, each metric declared once. No label has a value that somebody outside could
 * choose: a name or a room would be one more series for whoever invents one.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { byeCodes, type ErrorCode, errorCodes } from "../../protocol/events.ts";
import type { ChatCounts } from "../chat/chat-state.ts";
import type { Appended } from "../chat/ports.ts";
import type { ConnectionCounts } from "../net/listener.ts";
import type { DatabaseSize } from "./database-size.ts";

/** Where the present state is read, when somebody asks for it. */
export interface Watched {
  /** The kinds of dialect that a connection may have. */
  kinds: readonly string[];
  /** Other protocols that are refused, by kind. */
  refusedKinds: readonly string[];
  chat(): ChatCounts;
  connections(): ConnectionCounts;
  /** Connections that have input which could be handled now. */
  waitingInput(): number;
  /** Undefined when nothing is kept on disk. */
  databaseSize: (() => Promise<DatabaseSize>) | undefined;
}

/** The dialect of a connection that has not shown it. */
const UNDECIDED = "undecided";
/** A code that is not declared in the protocol. */
const OTHER = "other";

const commitBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const known: ReadonlySet<string> = new Set<ErrorCode>(errorCodes);
const bye: ReadonlySet<string> = new Set(byeCodes);

export class Metrics {
  readonly #registry = new Registry();
  readonly #accepted: Counter;
  readonly #received: Counter;
  readonly #sent: Counter;
  readonly #entries: Counter<"type">;
  readonly #commits: Histogram;
  readonly #pending: Gauge;
  readonly #dismissals: Counter<"code">;
  readonly #refusals: Counter<"code">;
  readonly #protocols: Counter<"protocol">;
  readonly #failures: Counter;
  #refusedKinds: ReadonlySet<string> = new Set();

  constructor(version: string) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge("salotto_info", "Always 1; the label is the server's version.", ["version"]).set({ version }, 1);
    this.#accepted = this.#counter("salotto_connections_accepted_total", "Connections that were accepted.");
    this.#received = this.#counter("salotto_received_bytes_total", "Bytes that clients sent, without TLS.");
    this.#sent = this.#counter("salotto_sent_bytes_total", "Bytes that clients have taken, without TLS.");
    this.#entries = this.#counter("salotto_entries_total", "Messages and changes that were committed.", ["type"]);
    this.#commits = new Histogram({
      name: "salotto_commit_duration_seconds",
      help: "Time from giving a commit to the log until it is on disk; commits wait for each other.",
      buckets: commitBuckets,
      registers: [this.#registry],
    });
    this.#pending = this.#gauge("salotto_log_requests", "Commits and reads that the log has not answered.");
    this.#dismissals = this.#counter("salotto_dismissals_total", "Connections that the server ended, by reason.", [
      "code",
    ]);
    this.#refusals = this.#counter("salotto_refusals_total", "Requests that the chat refused, by error code.", [
      "code",
    ]);
    this.#protocols = this.#counter(
      "salotto_refused_protocols_total",
      "Connections refused because they spoke another protocol.",
      ["protocol"],
    );
    this.#failures = this.#counter("salotto_failures_total", "Failures that the log tells as errors.");
    for (const type of ["message", "edit", "delete", "react"]) this.#entries.inc({ type }, 0);
    for (const code of byeCodes) this.#dismissals.inc({ code }, 0);
    for (const code of errorCodes) this.#refusals.inc({ code }, 0);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, as Prometheus reads it. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Adds what can only be read once everything is running. */
  watch({ kinds, refusedKinds, chat, connections, waitingInput, databaseSize }: Watched): void {
    this.#refusedKinds = new Set(refusedKinds);
    for (const protocol of refusedKinds) this.#protocols.inc({ protocol }, 0);
    const kindsShown = [...kinds, UNDECIDED];
    this.#gauge("salotto_connections", "Open connections.", ["dialect"], (gauge) => {
      const { byKind, total } = connections();
      const decided = [...byKind.values()].reduce((sum, count) => sum + count, 0);
      for (const dialect of kindsShown) {
        gauge.set({ dialect }, dialect === UNDECIDED ? total - decided : (byKind.get(dialect) ?? 0));
      }
    });
    this.#gauge("salotto_send_queue_bytes", "Bytes that readers have not taken yet.", [], (gauge) =>
      gauge.set(connections().dueBytes),
    );
    this.#gauge("salotto_waiting_connections", "Connections whose input could be handled now.", [], (gauge) =>
      gauge.set(waitingInput()),
    );
    this.#gauge("salotto_members", "People who are here.", [], (gauge) => gauge.set(chat().members));
    this.#gauge("salotto_people", "People who are remembered.", [], (gauge) => gauge.set(chat().people));
    this.#gauge("salotto_rooms", "Rooms.", [], (gauge) => gauge.set(chat().rooms));
    this.#gauge("salotto_gathered_units", "Work that has gathered for the log, in units of price.", [], (gauge) =>
      gauge.set(chat().gatheredUnits),
    );
    if (!databaseSize) return;
    this.#gauge("salotto_database_bytes", "Size of the database's files.", ["file"], async (gauge) => {
      const { databaseBytes, writeAheadBytes } = await databaseSize();
      gauge.set({ file: "database" }, databaseBytes);
      gauge.set({ file: "write-ahead-log" }, writeAheadBytes);
    });
    this.#gauge("salotto_disk_free_bytes", "Free space where the database is.", [], async (gauge) =>
      gauge.set((await databaseSize()).freeBytes),
    );
  }

  accepted(): void {
    this.#accepted.inc();
  }

  received(bytes: number): void {
    this.#received.inc(bytes);
  }

  sent(bytes: number): void {
    this.#sent.inc(bytes);
  }

  /** A request was given to the log. */
  asked(): void {
    this.#pending.inc();
  }

  /** The log has answered it. */
  answered(): void {
    this.#pending.dec();
  }

  committed(appended: readonly Appended[], seconds: number): void {
    this.#commits.observe(seconds);
    for (const each of appended) {
      if (each.ok && each.entry && !each.duplicate) this.#entries.inc({ type: each.entry.type });
    }
  }

  /** The chat refused a request. */
  refused(code: string): void {
    this.#refusals.inc({ code: known.has(code) ? code : OTHER });
  }

  /**
   * Something happened that the log tells only once in a while: the code of a dismissal, the kind of a refused protocol,
   * or a failure.
   */
  happened(what: string): void {
    if (bye.has(what)) this.#dismissals.inc({ code: what });
    else if (this.#refusedKinds.has(what)) this.#protocols.inc({ protocol: what });
    else this.#failures.inc();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    read?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label> {
    const gauge: Gauge<Label> = new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      ...(read ? { collect: () => read(gauge) } : {}),
    });
    return gauge;
  }
}
