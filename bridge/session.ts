/**
 * One person in the chat, in any number of windows: the state of the connection to the chat server, and how long it is
 * kept when all pages are gone. It knows pages and upstreams by what they can do, and nothing of sockets, HTTP or
 * dialects.
 */
import type { Logger } from "pino";
import type {
  ConnectionError,
  ConnectionState,
  HeardUpTo,
  Inspection,
  JoinAnswer,
  JoinCredentials,
  PageHandshake,
} from "../protocol/bridge-events.ts";
import { nameKey, nameProblemMessages, parseName } from "../protocol/names.ts";
import { Audience, type Page } from "./audience.ts";
import type { Clock } from "./clock.ts";
import { deviceOf } from "./device.ts";
import type { BridgeLimits } from "./limits.ts";
import { Presence } from "./presence.ts";
import { Proof } from "./proof.ts";
import { busy, Requests } from "./requests.ts";
import { backoffDelayMs } from "./upstream/backoff.ts";
import type { OpenUpstream, Upstream, UpstreamEnd } from "./upstream/upstream.ts";
import { WireLog } from "./wire-log.ts";

export interface SessionOptions {
  /** The chat server's `host:port`, for people. */
  server: string;
  /**
   * Called each time the person joins. The returned opener may remember things across the reconnections of that visit.
   * The page says how much of the lobby it has, and the person who they are.
   */
  opener: (upTo: HeardUpTo, proof: Proof) => OpenUpstream;
  limits: BridgeLimits;
  clock: Clock;
  /** Returns numbers from 0 up to but not including 1. */
  random: () => number;
  logger: Logger;
  /**
   * Called when nobody is looking and the person is not in the chat: the session is over and must not be used again.
   */
  over: () => void;
}

/** The answer to a join that nobody waits for any more. */
export const cancelled: JoinAnswer = {
  ok: false,
  code: "cancelled",
  message: "the person quit before the server answered",
};

export class Session {
  /** The requests of its pages to the chat server. */
  readonly requests: Requests;
  readonly #options: SessionOptions;
  readonly #audience: Audience;
  readonly #presence: Presence;
  readonly #wireLog: WireLog;
  #state: ConnectionState = { phase: "idle" };
  #name: string | undefined;
  #browser: string | undefined;
  #open: OpenUpstream | undefined;
  #proof = new Proof({}, deviceOf());
  #upstream: Upstream | undefined;
  #joining: ((answer: JoinAnswer) => void)[] = [];
  #quitting: (() => void)[] = [];
  /** It is leaving because no page returned in time. */
  #isGivenUp = false;
  /** A page did return after that: the session rejoins as soon as it has left. */
  #returns = false;
  #wasOnline = false;
  #onlineSinceMs = 0;
  #failures = 0;
  #nameTaken = 0;
  #cancelRetry = () => {};
  #cancelGrace = () => {};

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#audience = new Audience(options.limits);
    this.#wireLog = new WireLog(options.limits, () => new Date());
    this.#presence = new Presence(options.clock, options.limits.awayAfterMs, () => this.#tellPresence());
    this.requests = new Requests({
      pendingMax: options.limits.postsPendingMax,
      online: () => (this.#state.phase === "online" ? this.#upstream : undefined),
      log: () => this.#audience.log,
    });
  }

  /** Whether it has a connection to the chat server, or is trying to get one. */
  get active(): boolean {
    return this.#state.phase !== "idle";
  }

  /** Whether it was asked to leave the chat and has not left yet. */
  get isLeaving(): boolean {
    return this.#quitting.length > 0;
  }

  /** Whether all its pages are gone. */
  get isDeserted(): boolean {
    return this.#audience.isEmpty;
  }

  /** The browser of the page that connected last. */
  get browser(): string | undefined {
    return this.#browser;
  }

  /** Whether the person has that name in the chat, or is trying to get it. */
  goesBy(name: string): boolean {
    return this.#name !== undefined && nameKey(this.#name) === nameKey(name);
  }

  /** A page has connected: another window of the person, or one that was reloaded. */
  attach(page: Page, handshake: PageHandshake): void {
    this.#cancelGrace();
    // Nobody asked to leave: the page was only a little late.
    this.#returns = this.isLeaving && this.#isGivenUp;
    this.#browser = handshake.browser;
    this.#audience.add(page, handshake, {
      server: this.#options.server,
      connection: this.#state,
      ...(this.#name === undefined ? {} : { name: this.#name }),
    });
  }

  /** A page reports whether the reader has it in front of them. */
  attend(page: Page, attentive: boolean): void {
    this.#presence.attend(page, attentive);
  }

  /** Measures the connection between bridge and server. Bounded like any other request. */
  async inspect(): Promise<Inspection> {
    const { lines } = this.#wireLog;
    const { clock } = this.#options;
    const askedMs = clock.now();
    const answer = await this.requests.ask({ type: "ping" });
    return answer.ok ? { serverMs: clock.now() - askedMs, lines } : { lines };
  }

  /** A page has disconnected. After the last one, the connection to the chat waits a while for a page to return. */
  detach(page: Page): void {
    this.#audience.remove(page);
    this.#presence.attend(page, false);
    if (!this.#audience.isEmpty) return;
    if (!this.active) {
      this.#over();
      return;
    }
    this.#cancelGrace = this.#options.clock.after(this.#options.limits.pageGraceMs, () => {
      this.#options.logger.info("no page returned in time");
      this.#isGivenUp = true;
      this.quit();
    });
  }

  /** Resolves when the server has accepted or refused the name, or the person has quit, however long that takes. */
  async join(
    typed: string,
    upTo: HeardUpTo = {},
    credentials: JoinCredentials = {},
    device = deviceOf(),
  ): Promise<JoinAnswer> {
    const parsed = parseName(typed);
    if (!parsed.ok) return { ok: false, code: "name-invalid", message: nameProblemMessages[parsed.problem] };
    if (this.isLeaving) {
      await this.quit();
      // When the last page went meanwhile, it ended the idle session: nobody would ever leave on its behalf.
      if (this.#audience.isEmpty) return cancelled;
    }
    if (this.#name === undefined) {
      this.#name = parsed.name;
      this.#proof = new Proof(credentials, device);
      this.#open = this.#options.opener(upTo, this.#proof);
      this.#wasOnline = false;
      this.#failures = 0;
      this.#nameTaken = 0;
      this.#connect();
    } else if (!this.goesBy(parsed.name)) {
      return { ok: false, code: "logged-in", message: `already in the chat as ${this.#name}` };
    } else if (this.#state.phase === "online") {
      return this.#joined(this.#name);
    } else {
      this.#proof.give(credentials);
    }
    if (this.#joining.length >= this.#options.limits.joinsPendingMax) return busy;
    return new Promise((resolve) => this.#joining.push(resolve));
  }

  /**
   * Leaves the chat the way the server expects it; resolves when the connection is closed, within a bounded time.
   * @param signsOut the person has asked for it, so their login on this device ends, too
   */
  quit(signsOut = false): Promise<void> {
    this.#returns = false;
    return new Promise((resolve) => {
      if (!this.active || this.#quitting.length >= this.#options.limits.joinsPendingMax) {
        resolve();
        return;
      }
      this.#quitting.push(resolve);
      // Leaving is already in progress.
      if (this.#quitting.length > 1) return;
      this.#cancelRetry();
      if (this.#upstream) this.#upstream.quit(signsOut);
      else this.#idle({ phase: "idle" });
    });
  }

  /** The program is ending at this very moment. */
  abandon(): void {
    this.#upstream?.abandon();
  }

  #connect(): void {
    this.#move({ phase: "connecting", attempt: this.#failures + 1 });
    this.#upstream = this.#open?.(this.#name ?? "", {
      online: (upstream, name) => {
        const { logger, clock } = this.#options;
        if (this.#state.phase !== "online") {
          logger.info({ person: name, server: this.#options.server, kind: upstream.kind }, "joined the chat");
          this.#onlineSinceMs = clock.now();
        }
        this.#wasOnline = true;
        this.#nameTaken = 0;
        this.#named(name);
        this.#move({ phase: "online", upstream });
        this.#answerJoin(this.#joined(name));
        // To the server, a new connection is somebody who is looking.
        if (this.#presence.isAway) this.#tellPresence();
      },
      renamed: (name, same) => this.#named(name, same),
      sent: (text) => this.#wireLog.sent(text),
      received: (bytes) => this.#wireLog.received(bytes),
      event: (event) => this.#audience.event(event, this.#name),
      answered: () => this.#audience.flush(),
      closed: (end) => this.#closed(end),
    });
  }

  #closed(end: UpstreamEnd): void {
    const { logger, limits, clock } = this.#options;
    this.#upstream = undefined;
    // A server that accepts us only to drop us again must not be hammered, so only a lasting connection resets the
    // backoff.
    const lasted = this.#state.phase === "online" && clock.now() - this.#onlineSinceMs >= limits.backoffMaxMs;
    if (lasted) this.#failures = 0;
    if (this.#returns) {
      this.#left();
      this.#connect();
    } else if (end.kind === "quit" || this.isLeaving) {
      logger.info("left the chat");
      this.#idle({ phase: "idle" });
    } else if (end.kind === "ended") {
      logger.warn({ reason: end.message }, "the server closed the connection");
      this.#idle({ phase: "idle", ended: end.message });
    } else if (end.kind === "lost") {
      this.#retry(end.error);
    } else if (this.#isOwnGhost(end.refusal.code)) {
      this.#nameTaken += 1;
      this.#retry(end.refusal);
    } else {
      logger.warn({ person: this.#name, code: end.refusal.code }, `refused: ${end.refusal.message}`);
      this.#answerJoin({ ok: false, ...end.refusal });
      this.#idle({ phase: "idle", refusal: end.refusal });
    }
  }

  /** After a reconnection, a taken name is probably our own, on a connection that the server has not given up yet. */
  #isOwnGhost(code: string): boolean {
    return code === "name-taken" && this.#wasOnline && this.#nameTaken < this.#options.limits.nameTakenRetriesMax;
  }

  #retry(error: ConnectionError): void {
    const { logger, limits, clock, random } = this.#options;
    this.#failures += 1;
    const retryInMs = backoffDelayMs(this.#failures, limits, random());
    logger.warn({ code: error.code, retryInMs }, error.message);
    this.#move({ phase: "waiting", attempt: this.#failures, retryInMs, error });
    this.#cancelRetry = clock.after(retryInMs, () => this.#connect());
  }

  #idle(state: ConnectionState & { phase: "idle" }): void {
    this.#name = undefined;
    this.#proof = new Proof({}, deviceOf());
    this.#move(state);
    this.#answerJoin(cancelled);
    this.#left();
    this.#cancelGrace();
    if (this.#audience.isEmpty) this.#over();
  }

  #left(): void {
    this.#isGivenUp = false;
    this.#returns = false;
    for (const resolve of this.#quitting.splice(0)) resolve();
  }

  #over(): void {
    this.#presence.stop();
    this.#options.over();
  }

  #move(state: ConnectionState): void {
    this.#state = state;
    this.#audience.connection(state);
  }

  #tellPresence(): void {
    if (this.#state.phase === "online") void this.#upstream?.ask({ type: "away", on: this.#presence.isAway });
  }

  /** @param same with another name, they are the person that they were before */
  #named(name: string, same = true): void {
    if (name === this.#name && this.#state.phase === "online") return;
    this.#name = name;
    this.#audience.name(name, same);
  }

  #joined(name: string): JoinAnswer {
    const { token } = this.#proof.credentials;
    return { ok: true, name, ...(token === undefined ? {} : { token }) };
  }

  #answerJoin(answer: JoinAnswer): void {
    for (const resolve of this.#joining.splice(0)) resolve(answer);
  }
}
