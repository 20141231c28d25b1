/** The sessions of this bridge by the UUID that each window keeps: it makes them, bounds them and forgets them. */
import type { Logger } from "pino";
import type { JoinAnswer } from "../protocol/bridge-events.ts";
import type { BridgeLimits } from "../protocol/limits.ts";
import { cancelled, Session, type SessionOptions } from "./session.ts";

export interface SessionsOptions extends Omit<SessionOptions, "over"> {
  limits: BridgeLimits;
  logger: Logger;
}

/** A session's name in the log: enough to tell sessions apart. The whole would let its reader take one over. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

export class Sessions {
  readonly #options: SessionsOptions;
  readonly #sessions = new Map<string, Session>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** The session of that window, made now when there is none. */
  get(id: string): Session {
    const known = this.#sessions.get(id);
    if (known) return known;
    const { logger, ...rest } = this.#options;
    const session = new Session({
      ...rest,
      logger: logger.child({ session: shortId(id) }),
      over: () => this.#sessions.delete(id),
    });
    this.#sessions.set(id, session);
    return session;
  }

  /**
   * Lets a session into the chat, unless as many as may be are there. A window that was closed keeps its name for a
   * while; whoever asks for that name here is the same person in a new window, so the old session leaves first.
   */
  async join(session: Session, name: string, after?: number): Promise<JoinAnswer> {
    const left = [...this.#sessions.values()].filter((other) => other !== session && other.keepsForNobody(name));
    if (left.length > 0) {
      await Promise.all(left.map((other) => other.quit()));
      // The window may be gone by now, and its session with it.
      if (![...this.#sessions.values()].includes(session)) return cancelled;
    }
    const active = [...this.#sessions.values()].filter((other) => other !== session && other.active).length;
    if (active >= this.#options.limits.sessionsMax) {
      const message = `this bridge already has ${active} windows in the chat, which is as many as it takes`;
      return { ok: false, code: "too-many-sessions", message };
    }
    return session.join(name, after);
  }

  /** The program ends this very moment. */
  abandon(): void {
    for (const session of this.#sessions.values()) session.abandon();
  }

  /** Everybody leaves the chat properly. Fulfilled when they have, within a bounded time. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.quit()));
  }
}
