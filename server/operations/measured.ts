/**
 * The server's parts as they are, measured on the way: with metrics on, these stand in their place; with metrics off,
 * nothing is between them.
 */

import type { Chat } from "../chat/chat.ts";
import type { Committed } from "../chat/ports.ts";
import type { Transport, TransportListener } from "../net/transport.ts";
import type { OwnLog } from "../store/upkeep.ts";
import type { Metrics } from "./metrics.ts";

/** A transport whose bytes are counted. */
export class MeasuredTransport implements Transport {
  readonly #inner: Transport;
  readonly #metrics: Metrics;

  constructor(inner: Transport, metrics: Metrics) {
    this.#inner = inner;
    this.#metrics = metrics;
  }

  get remoteAddress(): string {
    return this.#inner.remoteAddress;
  }

  get remotePort(): number {
    return this.#inner.remotePort;
  }

  get isPrivate(): boolean {
    return this.#inner.isPrivate;
  }

  get bytesWaiting(): number {
    return this.#inner.bytesWaiting;
  }

  open(listener: TransportListener): void {
    this.#metrics.accepted();
    this.#inner.open({
      received: (bytes) => {
        this.#metrics.received(bytes.length);
        listener.received(bytes);
      },
      ended: () => listener.ended(),
      failed: (error) => listener.failed(error),
      closed: () => listener.closed(),
    });
  }

  write(parts: readonly Uint8Array[], taken: () => void): void {
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    this.#inner.write(parts, () => {
      this.#metrics.sent(bytes);
      taken();
    });
  }

  end(ended?: () => void): void {
    this.#inner.end(ended);
  }

  reset(): void {
    this.#inner.reset();
  }

  pause(): void {
    this.#inner.pause();
  }

  resume(): void {
    this.#inner.resume();
  }
}

/** A log whose requests are counted, and whose commits are timed. */
export function measuredLog(log: OwnLog, metrics: Metrics): OwnLog {
  return withMethods(log, (name, method) => (...args) => {
    const askedAtMs = performance.now();
    const answer = method(...args);
    if (!(answer instanceof Promise)) return answer;
    metrics.asked();
    const answered = (value?: unknown) => {
      metrics.answered();
      if (name !== "commit" || value === undefined) return;
      metrics.committed((value as Committed).appended, (performance.now() - askedAtMs) / 1_000);
    };
    answer.then(answered, () => answered());
    return answer;
  });
}

/**
 * The chat as dialects see it. Each verb takes, last, what is to be done with its outcome: outcomes that say no are
 * counted on their way there, whatever the dialect.
 */
export function measuredChat(chat: Chat, metrics: Metrics): Chat {
  const count = (outcome: unknown) => {
    const { ok, code } = (outcome ?? {}) as { ok?: boolean; code?: unknown };
    if (ok === false && typeof code === "string") metrics.refused(code);
  };
  const wrap: Wrap =
    (_name, method) =>
    (...args) => {
      const answer = args.at(-1);
      if (typeof answer !== "function") return method(...args);
      const counted = (...outcomes: unknown[]) => {
        count(outcomes[0]);
        return answer(...outcomes);
      };
      return method(...args.slice(0, -1), counted);
    };
  return withMethods(chat, wrap);
}

type Method = (...args: unknown[]) => unknown;
type Wrap = (name: PropertyKey, method: Method) => Method;

/** The same object, whose methods, and those of the objects that are its fields, are wrapped; each once. */
function withMethods<T extends object>(object: T, wrap: Wrap): T {
  const wrapped = new Map<PropertyKey, unknown>();
  return new Proxy(object, {
    get(target, name) {
      if (wrapped.has(name)) return wrapped.get(name);
      const value: unknown = Reflect.get(target, name, target);
      const isPart = typeof value === "object" && value !== null && Object.hasOwn(target, name);
      if (typeof value !== "function" && !isPart) return value;
      const own = isPart ? withMethods(value, wrap) : wrap(name, (value as Method).bind(target));
      wrapped.set(name, own);
      return own;
    },
  });
}
