/**
 * One connection: finds out which dialect it speaks, feeds it, and makes sure that it ends. It owns the connection's
 * bounds and timers, and knows nothing of people or rooms.
 */
import type { Logger } from "pino";
import { formatAddress } from "../../protocol/address.ts";
import type { ByeCode } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { detect } from "../dialects/detect.ts";
import type { Client, Dialect, Dialects, Refused, Spoken } from "../dialects/dialect.ts";
import type { ServerLimits } from "../limits.ts";
import { Inbox } from "./inbox.ts";
import { Purse } from "./purse.ts";
import type { Scheduler } from "./scheduler.ts";
import { SendQueue } from "./send-queue.ts";
import type { Source } from "./source.ts";
import type { Transport } from "./transport.ts";

export interface ConnectionOptions {
  transport: Transport;
  limits: ServerLimits;
  logger: Logger;
  /** Logs what many connections may run into: the first time at once, later only how many more there were. */
  repeated(what: string, tell: (more: { count?: number }) => void): void;
  source: Source;
  scheduler: Scheduler;
  dialects: Dialects;
  /** It is not let in: as soon as its dialect is known, or after a moment, it is told why, and nothing it says is read. */
  refusal?: ByeCode;
  /** The person has given a name. */
  named(connection: Connection): void;
  /** The connection has something to write: `flush` must be called at the end of this turn of the event loop. */
  wake(connection: Connection): void;
  /** The transport is closed. Called once. */
  closed(connection: Connection): void;
}

export class Connection implements Client {
  readonly asker: Client["asker"];
  readonly #options: ConnectionOptions;
  readonly #transport: Transport;
  readonly #logger: Logger;
  readonly #queue: SendQueue;
  readonly #purse: Purse;
  readonly #inbox: Inbox;
  #greetingTimer: NodeJS.Timeout | undefined;
  #silenceTimer: NodeJS.Timeout | undefined;
  #loginTimer: NodeJS.Timeout | undefined;
  #closeTimer: NodeJS.Timeout | undefined;
  /** What arrived before the dialect was known. Bounded by `lineBytesMax`. */
  #undecided: Uint8Array[] = [];
  #undecidedBytes = 0;
  #dialect: Dialect | undefined;
  #kind: string | undefined;
  #wasGreeted = false;
  /**
   * It is an old client, or silent so far and possibly one: our FIN would make it spin, and a reset afterwards would
   * not help.
   */
  #spinsOnFin = true;
  #peerEnded = false;
  #ended = false;
  #isLingering = false;

  constructor(options: ConnectionOptions) {
    const { transport, limits, logger } = options;
    this.#options = options;
    this.#transport = transport;
    const address = formatAddress(transport.remoteAddress, transport.remotePort);
    this.#logger = logger.child({ from: address });
    this.#queue = new SendQueue({
      transport,
      limits,
      overflow: () => this.#tooSlow(),
      taken: () => this.#inbox.wake(),
    });
    this.#purse = new Purse(limits, options.source, performance.now(), {
      ready: () => this.#inbox.wake(),
      waits: () => this.#inbox.waits(),
    });
    this.#inbox = new Inbox({
      purse: this.#purse,
      scheduler: options.scheduler,
      run: (step) => this.#guarded(step),
      read: (bytes) => this.#read(bytes),
      finish: () => this.#finish(),
      pause: () => transport.pause(),
      resume: () => transport.resume(),
      isOwed: () => this.#queue.isOwed,
      slow: () => this.#dialect?.slow(),
    });
    this.asker = {
      address,
      source: options.source.key,
      isPrivateWire: transport.isPrivate,
      pay: (units) => this.#purse.pay(units, performance.now()),
      payTo: (person, bytes) => this.#purse.payTo(person, bytes, performance.now()),
      hold: () => this.#inbox.hold(),
      dismiss: (code) => this.dismiss(code),
    };
    this.#greetingTimer = setTimeout(() => this.#greet(options.dialects.fallback), limits.greetingDelayMs);
    const { refusal } = options;
    this.#loginTimer = refusal
      ? setTimeout(() => this.dismiss(refusal), limits.closeGraceMs)
      : setTimeout(() => this.dismiss("login-timeout"), limits.loginMs);
    transport.open({
      received: (bytes) => this.#guarded(() => this.#receive(bytes)),
      ended: () => this.#inbox.end(),
      failed: (error) => this.#fail(error),
      closed: () => this.#close(),
    });
    if (!refusal) this.#logger.info("connected");
  }

  /** The kind of dialect that it speaks; undefined until that is known. */
  get kind(): string | undefined {
    return this.#kind;
  }

  /** What it has not taken of what it was sent. */
  get dueBytes(): number {
    return this.#queue.dueBytes;
  }

  send(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#queue.push(bytes);
    this.#options.wake(this);
  }

  /** Writes what was sent in this turn. */
  flush(): void {
    this.#queue.flush();
  }

  /**
   * Ends the connection when what was sent is on its way: with our FIN, followed by a reset if the peer has not ended
   * its side a little later. Where a FIN would do harm there is none, and the last words get the same time to be read.
   */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#inbox.close();
    // What still arrives is read and dropped, so that the peer's own end is noticed.
    this.#transport.resume();
    this.#queue.end(() => this.#part());
  }

  loggedIn(): void {
    clearTimeout(this.#loginTimer);
    this.#options.named(this);
  }

  /** Ends the connection and tells the person why. */
  dismiss(code: ByeCode): void {
    if (this.#ended) return;
    this.#options.repeated(code, (more) => this.#logger.info({ code, ...more }, "dismissed"));
    const { fallback } = this.#options.dialects;
    if (!this.#dialect) this.#greet(fallback);
    this.#dialect ??= fallback.create(this);
    this.#dialect.dismiss(code);
  }

  /** Closes at once, without a word. */
  destroy(): void {
    this.#transport.reset();
  }

  /** The program is ending at this very moment: the system is about to send everyone a FIN. */
  abandon(): void {
    if (this.#spinsOnFin) this.destroy();
  }

  #receive(chunk: Uint8Array): void {
    if (this.#ended) return;
    if (this.#dialect) return this.#inbox.push(chunk);
    this.#undecided.push(chunk);
    this.#undecidedBytes += chunk.length;
    this.#decide(false);
  }

  #read(bytes: Uint8Array): Iterator<void> {
    return this.#dialect?.receive(bytes) ?? [].values();
  }

  #decide(silent: boolean): void {
    clearTimeout(this.#silenceTimer);
    const detected = detect(this.#options.dialects, this.#undecided, silent);
    if (typeof detected === "string") this.#wait(detected);
    else if ("refusal" in detected) this.#refuse(detected);
    else this.#speak(detected);
  }

  #wait(detected: "wait" | "wait-for-silence"): void {
    if (this.#undecidedBytes > wireLimits.lineBytesMax) return this.dismiss("line-too-long");
    if (detected === "wait") return;
    this.#silenceTimer = setTimeout(() => this.#guarded(() => this.#decide(true)), this.#options.limits.chunkSilenceMs);
  }

  #refuse({ kind, why, refusal }: Refused): void {
    this.#options.repeated(kind, (more) =>
      this.#logger.info({ protocol: kind, why, ...more }, "refused: not a chat client"),
    );
    clearTimeout(this.#greetingTimer);
    this.#undecided = [];
    this.#spinsOnFin = false;
    this.send(refusal);
    this.end();
  }

  #speak(spoken: Spoken): void {
    const { kind, unframed } = spoken;
    this.#logger.debug({ dialect: kind }, "dialect decided");
    this.#greet(spoken);
    this.#spinsOnFin = unframed !== undefined;
    if (unframed) this.#queue.writeApart((count) => unframed.leftOut(count));
    this.#kind = kind;
    this.#dialect = spoken.create(this);
    const chunks = unframed ? this.#undecided : [Buffer.concat(this.#undecided)];
    this.#undecided = [];
    const { refusal } = this.#options;
    if (refusal) return this.dismiss(refusal);
    for (const chunk of chunks) this.#inbox.push(chunk);
  }

  #greet({ greeting }: Spoken): void {
    clearTimeout(this.#greetingTimer);
    const words = greeting(this.#wasGreeted);
    this.#wasGreeted = true;
    if (words) this.send(words);
  }

  #finish(): void {
    this.#peerEnded = true;
    if (this.#isLingering) this.#transport.end();
    // Input too short to reveal a dialect is all there will be: it is read, and then comes the end.
    if (this.#undecided.length > 0) {
      this.#decide(true);
      if (this.#dialect) return this.#inbox.end();
    }
    if (this.#dialect) this.#dialect.finish();
    else this.end();
  }

  #part(): void {
    if (this.#spinsOnFin && !this.#peerEnded) {
      this.#isLingering = true;
      this.#resetLater();
    } else {
      this.#transport.end(() => this.#resetLater());
    }
  }

  #tooSlow(): void {
    this.#guarded(() => this.dismiss("too-slow"));
    // The reason reaches a reader that wakes up in time; others are not waited for.
    this.#resetLater();
  }

  #fail(error: NodeJS.ErrnoException): void {
    this.#logger.debug({ code: error.code }, "connection failed");
    this.#dialect?.vanish("lost");
  }

  #resetLater(): void {
    this.#closeTimer ??= setTimeout(() => this.#transport.reset(), this.#options.limits.closeGraceMs);
  }

  #close(): void {
    this.#ended = true;
    this.#inbox.close();
    for (const timer of [this.#greetingTimer, this.#silenceTimer, this.#loginTimer, this.#closeTimer]) {
      clearTimeout(timer);
    }
    this.#queue.close();
    this.#dialect?.vanish("lost");
    this.#purse.settle(performance.now());
    if (!this.#options.refusal) this.#logger.info("disconnected");
    this.#options.closed(this);
  }

  /** A bug ends the connection that ran into it, and no other. */
  #guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      const message = "a bug ended this connection";
      this.#options.repeated(message, (more) => this.#logger.error({ err: error, ...more }, message));
      this.#dialect?.vanish("lost");
      this.destroy();
    }
  }
}
