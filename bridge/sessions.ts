/** The bridge's sessions, by the UUID that windows keep: creates them, limits their number, and forgets them. */
import type { Logger } from "pino";
import type { HeardUpTo, JoinAnswer, JoinCredentials } from "../protocol/bridge-events.ts";
import type { BridgeLimits } from "./limits.ts";
import { cancelled, Session, type SessionOptions } from "./session.ts";

export interface SessionsOptions extends Omit<SessionOptions, "over"> {
  limits: BridgeLimits;
  logger: Logger;
}

/**
 * A session's name in the log: enough to tell sessions apart. The whole id would let its reader take part in the
 * session.
 */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

export class Sessions {
  readonly #options: SessionsOptions;
  readonly #sessions = new Map<string, Session>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** The session with that UUID, created if there is none. */
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
   * Lets a session into the chat, unless the bridge is full. A request for a name that another session here has comes
   * from the same person in a new window: in the same browser, the window continues that session; in another browser, a
   * session without a page, which keeps its name for a while, leaves first.
   */
  async join(
    session: Session,
    name: string,
    upTo: HeardUpTo = {},
    credentials: JoinCredentials = {},
    device?: string,
  ): Promise<JoinAnswer> {
    const isSame = (other: Session) => other.browser === session.browser;
    const leaving = this.#namesakes(session, name).filter(
      ([, other]) => other.isLeaving || (other.isDeserted && !isSame(other)),
    );
    if (leaving.length > 0) {
      await Promise.all(leaving.map(([, other]) => other.quit()));
      // The window may be gone by now, and its session with it.
      if (![...this.#sessions.values()].includes(session)) return cancelled;
    }
    const [same] = this.#namesakes(session, name).find(([, other]) => isSame(other)) ?? [];
    if (same !== undefined) return { ok: true, name, session: same };
    const active = [...this.#sessions.values()].filter((other) => other !== session && other.active).length;
    if (active >= this.#options.limits.sessionsMax) {
      const message = `this bridge already has ${active} people in the chat and takes no more; close a window`;
      return { ok: false, code: "too-many-sessions", message };
    }
    return session.join(name, upTo, credentials, device);
  }

  /** The other sessions under the name that a session asks for; none when it has a name already. */
  #namesakes(session: Session, name: string): [id: string, other: Session][] {
    if (session.active) return [];
    return [...this.#sessions].filter(([, other]) => other !== session && other.goesBy(name));
  }

  /** The program is ending at this very moment. */
  abandon(): void {
    for (const session of this.#sessions.values()) session.abandon();
  }

  /** Everybody leaves the chat properly. Resolves when they have, within a bounded time. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.quit()));
  }
}
