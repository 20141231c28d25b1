/**
 * Our own messages on their way to an old server: splits them into what such a server accepts, and tells which of them
 * it has confirmed by echoing. It neither reads lines nor owns the socket.
 */
import type { PostAnswer, PostRequest } from "../../protocol/bridge-events.ts";
import { splitByBytes, utf8Bytes } from "../../protocol/text.ts";
import type { BridgeLimits } from "../limits.ts";
import { EchoQueue } from "./legacy-echo.ts";
import type { OwnStart } from "./legacy-parser.ts";
import type { PacedWriter } from "./paced-writer.ts";

/** Whether the server sends our messages back: `unknown` until one came back, or failed to in time. */
type Echoes = "always" | "unknown" | "yes" | "no";
/** The answer to a post that was written. */
export type Delivered = Extract<PostAnswer, { ok: true }>;

interface Options {
  writer: PacedWriter;
  limits: BridgeLimits;
  echoes: Echoes;
  /** What precedes and follows each text on the wire. */
  before: string;
  after: string;
  /** Whether a text would end the connection instead of being said. */
  leaves(text: string): boolean;
  /** Tells the person's own message; returns its number. */
  deliver(request: PostRequest, unconfirmed: boolean): Delivered;
  /** `confirms` has changed. */
  learnt(): void;
}

interface Pending {
  request: PostRequest;
  partsToWrite: number;
  started: boolean;
  answer(result: PostAnswer): void;
  timer: NodeJS.Timeout | undefined;
}

interface Part {
  pending: Pending;
  last: boolean;
}

export class LegacyPosts {
  readonly #options: Options;
  readonly #echo = new EchoQueue<Part>();
  readonly #pending = new Set<Pending>();
  #echoes: Echoes;
  #lastWritten: Part | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#echoes = options.echoes;
  }

  /** Whether the server is known to echo, so that a missing echo means something. */
  get confirms(): boolean {
    return this.#echoes === "always" || this.#echoes === "yes";
  }

  async post(request: PostRequest): Promise<PostAnswer> {
    const { writer, limits, before, after, leaves } = this.#options;
    const parts = partsOf(request, limits.legacyTextBytesMax - utf8Bytes(before));
    if (parts.length === 0) return { ok: false, code: "empty", message: "the text is empty" };
    if (before === "" && parts.some((part) => leaves(part.trim()))) {
      return {
        ok: false,
        code: "invalid",
        message: "that text would end the connection on this server; to leave, use Quit",
      };
    }
    return new Promise((resolve) => {
      const pending: Pending = {
        request,
        partsToWrite: parts.length,
        started: false,
        answer: resolve,
        timer: undefined,
      };
      this.#pending.add(pending);
      // Whatever comes back has been read. Where nothing comes back, the gap has to do.
      const patienceMs = () => (this.#echoes === "no" ? 0 : limits.legacyReadMs);
      for (const text of parts) {
        writer.write(before + text + after, () => this.#written(pending, text), patienceMs);
      }
    });
  }

  /** How much of a text heard under our name is ours, whatever it looks like. */
  ownStart(heard: string): OwnStart {
    return this.#echo.ownStart(heard);
  }

  /** Takes a text heard under our name; returns whether it is one of ours. */
  heard(text: string): boolean {
    const parts = this.#echo.hear(text);
    if (parts.length > 0) this.#learn("yes");
    if (parts.some((part) => part === this.#lastWritten)) this.#options.writer.allRead();
    for (const { pending, last } of parts) if (last) this.#settle(pending, false);
    return parts.length > 0;
  }

  /** The server turns out to relay only to others: nothing will come back. */
  noEcho(): void {
    this.#learn("no");
    for (const pending of this.#pending) if (pending.partsToWrite === 0) this.#settle(pending, true);
  }

  /** Nothing more is written: answers everything that is waiting. */
  close(): void {
    for (const pending of this.#pending) {
      clearTimeout(pending.timer);
      pending.answer(
        pending.started
          ? { ok: false, code: "lost", message: "the connection ended before the message was confirmed" }
          : { ok: false, code: "offline", message: "the connection ended before the message was sent" },
      );
    }
    this.#pending.clear();
  }

  #written(pending: Pending, text: string): void {
    pending.started = true;
    pending.partsToWrite -= 1;
    const last = pending.partsToWrite === 0;
    this.#lastWritten = { pending, last };
    this.#echo.expect(text, this.#lastWritten);
    if (!last) return;
    if (this.#echoes === "no") this.#settle(pending, true);
    else pending.timer = setTimeout(() => this.#notEchoed(pending), this.#options.limits.legacyEchoMs);
  }

  #notEchoed(pending: Pending): void {
    // Later ones are settled along with it, because what is written from now on must not overtake them.
    if (this.#echoes === "unknown") this.noEcho();
    else this.#settle(pending, true);
  }

  #settle(pending: Pending, unconfirmed: boolean): void {
    // A late echo finds the message already answered.
    if (!this.#pending.delete(pending)) return;
    clearTimeout(pending.timer);
    pending.answer(this.#options.deliver(pending.request, unconfirmed));
  }

  #learn(echoes: "yes" | "no"): void {
    if (this.#echoes === "always" || this.#echoes === echoes) return;
    this.#echoes = echoes;
    this.#options.learnt();
  }
}

/** One line each, at most `bytesMax` bytes; blank lines cannot be sent. Actions (`/me`) are put in asterisks. */
function partsOf({ text, action }: PostRequest, bytesMax: number): string[] {
  const whole = action ? `*${text}*` : text;
  return whole
    .split("\n")
    .filter((line) => line.trim() !== "")
    .flatMap((line) => splitByBytes(line, bytesMax))
    .filter((part) => part.trim() !== "");
}
