/**
 * One browser window: the state of its connection to the chat server, who looks at it, and what a page that comes back
 * has missed. It knows pages and upstreams by what they can do; sockets, HTTP and dialects it does not know.
 */
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type {
  BridgeToPage,
  CommandAnswer,
  JoinAnswer,
  LinkError,
  LinkState,
  PageCommand,
  PageHandshake,
  PostAnswer,
  PostRequest,
} from "../protocol/bridge-events.ts";
import type { RoomEvent } from "../protocol/events.ts";
import type { BridgeLimits } from "../protocol/limits.ts";
import { nameKey, nameProblemMessages, parseName } from "../protocol/names.ts";
import { cleanText, textProblem, textProblemMessages } from "../protocol/text.ts";
import type { Clock } from "./clock.ts";
import { Outbox } from "./outbox.ts";
import { Replay } from "./replay.ts";
import { Rooms } from "./rooms.ts";
import { backoffDelayMs } from "./upstream/backoff.ts";
import type { OpenUpstream, Upstream, UpstreamEnd } from "./upstream/upstream.ts";

/** A page as its session sees it: what it can be told. */
export type Page = { [E in keyof BridgeToPage]: BridgeToPage[E] };

export interface SessionOptions {
  /** The chat server, `host:port`, for people. */
  server: string;
  /**
   * Called for each time that the person joins: what it returns may remember things over that time's reconnections.
   * `after` is the seq of the last message of the lobby that the page has.
   */
  opener: (after?: number) => OpenUpstream;
  limits: BridgeLimits;
  clock: Clock;
  /** Numbers from 0 up to but not including 1. */
  random: () => number;
  logger: Logger;
  /** Nobody looks at it and it is not in the chat: the session is over and must not be used again. */
  over: () => void;
}

const busy = {
  ok: false,
  code: "busy",
  message: "too many questions wait for their answer; try again in a moment",
} as const;

/** The answer to a join that nobody waits for any more. */
export const cancelled: JoinAnswer = {
  ok: false,
  code: "cancelled",
  message: "the person quit before the server answered",
};

export class Session {
  readonly #options: SessionOptions;
  readonly #epoch = randomUUID();
  readonly #replay: Replay;
  readonly #rooms = new Rooms();
  readonly #outbox: Outbox;
  #state: LinkState = { phase: "idle" };
  #name: string | undefined;
  #page: Page | undefined;
  #open: OpenUpstream | undefined;
  #upstream: Upstream | undefined;
  #joining: ((answer: JoinAnswer) => void)[] = [];
  #quitting: (() => void)[] = [];
  #wasOnline = false;
  #onlineSinceMs = 0;
  #asking = 0;
  #failures = 0;
  #nameTaken = 0;
  #cancelRetry = () => {};
  #cancelGrace = () => {};

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#replay = new Replay(options.limits.replayEventsMax);
    this.#outbox = new Outbox(options.limits.postsPendingMax);
  }

  /** Whether it has, or is trying to get, a connection to the chat server. */
  get active(): boolean {
    return this.#state.phase !== "idle";
  }

  /** Whether it keeps that name in the chat for a page that has gone and may not come back. */
  keepsForNobody(name: string): boolean {
    return this.active && !this.#page && this.#name !== undefined && nameKey(this.#name) === nameKey(name);
  }

  /** The newest page takes the session over; the one before it is told and gets nothing more. */
  attach(page: Page, { epoch, after }: PageHandshake): void {
    this.#cancelGrace();
    this.#page?.replaced();
    this.#page = page;
    page.snapshot({
      epoch: this.#epoch,
      server: this.#options.server,
      link: this.#state,
      ...(this.#name === undefined ? {} : { name: this.#name }),
      events: this.#replay.since(epoch === this.#epoch ? after : 0),
      rooms: this.#rooms.snapshot,
    });
  }

  /** A page has gone. A connection to the chat waits a while for the page to come back. */
  detach(page: Page): void {
    if (page !== this.#page) return;
    this.#page = undefined;
    if (!this.active) {
      this.#options.over();
      return;
    }
    this.#cancelGrace = this.#options.clock.after(this.#options.limits.pageGraceMs, () => {
      this.#options.logger.info("the page did not come back");
      this.quit();
    });
  }

  /** Answered when the server has taken or refused the name, or the person quit; that may take as long as it takes. */
  async join(typed: string, after?: number): Promise<JoinAnswer> {
    const parsed = parseName(typed);
    if (!parsed.ok) return { ok: false, code: "name-invalid", message: nameProblemMessages[parsed.problem] };
    if (this.#quitting.length > 0) {
      await this.quit();
      // A page that went meanwhile has taken an idle session with it: nobody would ever leave for it.
      if (!this.#page) return cancelled;
    }
    if (!this.active) {
      this.#name = parsed.name;
      this.#open = this.#options.opener(after);
      this.#wasOnline = false;
      this.#failures = 0;
      this.#nameTaken = 0;
      this.#connect();
    } else if (this.#name !== parsed.name) {
      return { ok: false, code: "logged-in", message: `already in the chat as ${this.#name}` };
    } else if (this.#state.phase === "online") {
      return { ok: true, name: parsed.name };
    }
    if (this.#joining.length >= this.#options.limits.joinsPendingMax) return busy;
    return new Promise((resolve) => this.#joining.push(resolve));
  }

  async post(request: PostRequest): Promise<PostAnswer> {
    const text = cleanText(request.text);
    const problem = textProblem(text);
    if (problem) return { ok: false, code: problem, message: textProblemMessages[problem] };
    return this.#outbox.post({ ...request, text }, async (post) => {
      const upstream = this.#state.phase === "online" ? this.#upstream : undefined;
      return upstream?.post(post) ?? { ok: false, code: "offline", message: "not connected to the chat server" };
    });
  }

  async rename(typed: string): Promise<JoinAnswer> {
    const parsed = parseName(typed);
    if (!parsed.ok) return { ok: false, code: "name-invalid", message: nameProblemMessages[parsed.problem] };
    const upstream = this.#state.phase === "online" ? this.#upstream : undefined;
    if (!upstream) return { ok: false, code: "not-logged-in", message: "not in the chat" };
    if (this.#asking >= this.#options.limits.postsPendingMax) return busy;
    this.#asking += 1;
    try {
      return await upstream.rename(parsed.name);
    } finally {
      this.#asking -= 1;
    }
  }

  /** Bounded as posts are: a page that asks without waiting must not fill the bridge. */
  async ask(command: PageCommand): Promise<CommandAnswer> {
    const upstream = this.#state.phase === "online" ? this.#upstream : undefined;
    if (!upstream) return { ok: false, code: "offline", message: "not connected to the chat server" };
    if (this.#asking >= this.#options.limits.postsPendingMax) {
      return busy;
    }
    this.#asking += 1;
    try {
      return await upstream.ask(command);
    } finally {
      this.#asking -= 1;
    }
  }

  /** Leaves the chat as the server expects it; fulfilled when the connection is closed, within a bounded time. */
  quit(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.active || this.#quitting.length >= this.#options.limits.joinsPendingMax) {
        resolve();
        return;
      }
      this.#quitting.push(resolve);
      // Asked once, it is on its way.
      if (this.#quitting.length > 1) return;
      this.#cancelRetry();
      if (this.#upstream) this.#upstream.quit();
      else this.#idle({ phase: "idle" });
    });
  }

  /** The program ends this very moment. */
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
        this.#answerJoin({ ok: true, name });
      },
      renamed: (name) => this.#named(name),
      event: (event) => this.#record(event),
      closed: (end) => this.#closed(end),
    });
  }

  #closed(end: UpstreamEnd): void {
    const { logger, limits, clock } = this.#options;
    this.#upstream = undefined;
    // A server that takes us in only to drop us again must not be hammered: only a lasting connection wipes the slate.
    const lasted = this.#state.phase === "online" && clock.now() - this.#onlineSinceMs >= limits.backoffMaxMs;
    if (lasted) this.#failures = 0;
    if (end.kind === "quit" || this.#quitting.length > 0) {
      logger.info("left the chat");
      this.#idle({ phase: "idle" });
    } else if (end.kind === "ended") {
      logger.warn({ reason: end.message }, "the server ended the conversation");
      this.#idle({ phase: "idle", ended: end.message });
    } else if (end.kind === "lost") {
      this.#retry(end.error);
    } else if (this.#isOwnGhost(end.refusal.code)) {
      this.#nameTaken += 1;
      this.#retry(end.refusal);
    } else {
      logger.warn({ person: this.#name, code: end.refusal.code }, "the server refused the name");
      this.#answerJoin({ ok: false, ...end.refusal });
      this.#idle({ phase: "idle", refusal: end.refusal });
    }
  }

  /** After a reconnection a taken name is probably our own, on a connection that the server still believes in. */
  #isOwnGhost(code: string): boolean {
    return code === "name-taken" && this.#wasOnline && this.#nameTaken < this.#options.limits.nameTakenRetriesMax;
  }

  #retry(error: LinkError): void {
    const { logger, limits, clock, random } = this.#options;
    this.#failures += 1;
    const retryInMs = backoffDelayMs(this.#failures, limits, random());
    logger.warn({ code: error.code, retryInMs }, error.message);
    this.#move({ phase: "waiting", attempt: this.#failures, retryInMs, error });
    this.#cancelRetry = clock.after(retryInMs, () => this.#connect());
  }

  #idle(state: LinkState & { phase: "idle" }): void {
    this.#name = undefined;
    this.#rooms.clear();
    this.#move(state);
    this.#answerJoin(cancelled);
    for (const resolve of this.#quitting.splice(0)) resolve();
    this.#cancelGrace();
    if (!this.#page) this.#options.over();
  }

  #move(state: LinkState): void {
    this.#state = state;
    this.#page?.link(state);
  }

  #named(name: string): void {
    if (name === this.#name && this.#state.phase === "online") return;
    this.#name = name;
    this.#page?.name(name);
  }

  #record(event: RoomEvent): void {
    this.#rooms.take(event, this.#name);
    const numbered = this.#replay.add(event);
    this.#page?.event(numbered);
  }

  #answerJoin(answer: JoinAnswer): void {
    for (const resolve of this.#joining.splice(0)) resolve(answer);
  }
}
