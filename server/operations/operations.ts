/**
 * What an operator sees of a running server: metrics, whether it is alive, and whether it is ready. It is loaded only
 * when a server is asked for it.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Chat } from "../chat/chat.ts";
import type { Transport } from "../net/transport.ts";
import type { OwnLog } from "../store/upkeep.ts";
import { MeasuredTransport, measuredChat, measuredLog } from "./measured.ts";
import { Metrics, type Watched } from "./metrics.ts";
import { listenForOperations, type OperationsPage } from "./operations-port.ts";

/** Milliseconds that the log has to answer whether it can be written. */
const WRITABLE_MS = 2_000;

export interface OperationsOptions {
  /** 0 for any free port. */
  port: number;
  /** The server's version. */
  version: string;
}

/** The server, once it runs. */
export interface Operated extends Watched {
  log: OwnLog;
  /** There are as many connections as there may be. */
  isFull(): boolean;
}

export class Operations {
  readonly metrics: Metrics;
  readonly #startedAtMs = performance.now();
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  #state: "starting" | "running" | "stopping" = "starting";
  #operated: Operated | undefined;
  /** The question whether the log can be written, asked once at a time, however many want to know. */
  #writable: Promise<boolean> | undefined;
  #port: { port: number; close(): void } | undefined;

  /** @throws the system's error when the port cannot be listened on */
  static async open({ port, version }: OperationsOptions): Promise<Operations> {
    const operations = new Operations(version);
    operations.#port = await listenForOperations(port, {
      "/metrics": () => operations.#metricsPage(),
      "/healthz": () => operations.#healthPage(),
      "/readyz": () => operations.#readyPage(),
    });
    operations.#delay.enable();
    return operations;
  }

  private constructor(version: string) {
    this.metrics = new Metrics(version);
  }

  get port(): number {
    return this.#port?.port ?? 0;
  }

  /** The same log, measured. */
  measureLog(log: OwnLog): OwnLog {
    return measuredLog(log, this.metrics);
  }

  /** The same chat, for dialects, measured. */
  measureChat(chat: Chat): Chat {
    return measuredChat(chat, this.metrics);
  }

  /** The same transport, measured. */
  measureTransport(transport: Transport): Transport {
    return new MeasuredTransport(transport, this.metrics);
  }

  /** The server accepts people. */
  running(operated: Operated): void {
    this.#operated = operated;
    this.metrics.watch(operated);
    this.#state = "running";
  }

  /** The server accepts nobody any more. */
  stopping(): void {
    this.#state = "stopping";
  }

  close(): void {
    this.#delay.disable();
    this.#port?.close();
  }

  async #metricsPage(): Promise<OperationsPage> {
    return { status: 200, type: this.metrics.contentType, body: await this.metrics.text() };
  }

  /** That it answers is the answer; whoever asks decides how long that may take. */
  async #healthPage(): Promise<OperationsPage> {
    const lag = { p99: inMs(this.#delay.percentile(99)), max: inMs(this.#delay.max) };
    this.#delay.reset();
    const upSeconds = Math.round((performance.now() - this.#startedAtMs) / 1_000);
    return jsonAnswer(200, { alive: true, upSeconds, eventLoopLagMs: lag });
  }

  async #readyPage(): Promise<OperationsPage> {
    const reasons = await this.#unready();
    return jsonAnswer(reasons.length === 0 ? 200 : 503, { ready: reasons.length === 0, reasons });
  }

  /** Why nobody should be sent here now. */
  async #unready(): Promise<string[]> {
    if (this.#state !== "running" || !this.#operated) return [this.#state];
    const { log, isFull } = this.#operated;
    this.#writable ??= isWritable(log).finally(() => {
      this.#writable = undefined;
    });
    const writable = await this.#writable;
    return [...(isFull() ? ["full"] : []), ...(writable ? [] : ["not-writable"])];
  }
}

/** Whether the log says in time that it can be written. */
async function isWritable(log: OwnLog): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const giveUp = setTimeout(() => resolve(false), WRITABLE_MS);
  log.isWritable().then(resolve, () => resolve(false));
  return promise.finally(() => clearTimeout(giveUp));
}

function inMs(nanoseconds: number): number {
  // Without a measurement yet, the histogram has no numbers.
  return Number.isFinite(nanoseconds) ? Math.max(0, Math.round(nanoseconds / 10_000) / 100) : 0;
}

function jsonAnswer(status: number, body: object): OperationsPage {
  return { status, type: "application/json", body: `${JSON.stringify(body)}\n` };
}
