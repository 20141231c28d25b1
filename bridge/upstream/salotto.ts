/**
 * The json dialect towards a Salotto server: says hello, logs in, gives each command a label and each answer to the
 * command that waits for it. It knows one connection: reconnecting is the session's business.
 */
import pkg from "../../package.json" with { type: "json" };
import type { JoinAnswer, LinkError, PostAnswer, PostRequest } from "../../protocol/bridge-events.ts";
import { type Command, protocolVersion } from "../../protocol/commands.ts";
import { type ErrorCode, type EventOf, errorCodes, parseEvent, type ServerEvent } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter, LineTooLongError } from "../../protocol/line-splitter.ts";
import { decodeUtf8 } from "../../protocol/text.ts";
import { CatchUp, type History } from "./catch-up.ts";
import type { Link, LinkParts } from "./link.ts";
import type { UpstreamEnd } from "./upstream.ts";

type Answer = EventOf<"ok"> | EventOf<"error"> | EventOf<"welcome">;
/** A command before it has its label. */
type Unlabelled = Command extends infer C ? (C extends Command ? Omit<C, "label"> : never) : never;

interface Waiting {
  answered(answer: Answer): void;
  /** The connection is gone. */
  lost(): void;
  timer: NodeJS.Timeout;
}

const ignore = () => {};

/** Reasons for a goodbye after which the same server may well take us back. */
const passingByeCodes = new Set(["closing", "too-slow", "line-too-long", "login-timeout", "server-full"]);

export class SalottoLink implements Link {
  readonly #parts: LinkParts;
  readonly #splitter = new LineSplitter(wireLimits.eventBytesMax);
  readonly #waiting = new Map<string, Waiting>();
  #pingTimer: NodeJS.Timeout | undefined;
  #quitTimer: NodeJS.Timeout | undefined;
  readonly #catchUp: CatchUp;
  #label = 0;
  #name: string;
  /** What the connection's end will mean, once we know better than "lost". */
  #end: UpstreamEnd | undefined;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#name = parts.name;
    this.#catchUp = new CatchUp({
      heard: parts.memory,
      limits: parts.limits,
      history: (room, after) => this.#history(room, after),
      tell: (event) => parts.listener.event(event),
    });
    this.#send(
      { type: "hello", version: protocolVersion, client: `salotto-bridge/${pkg.version}` },
      (answer) => this.#greeted(answer),
      ignore,
    );
  }

  receive(chunk: Uint8Array): void {
    this.#pingTimer?.refresh();
    try {
      for (const line of this.#splitter.push(chunk)) {
        const event = parseEvent(decodeUtf8(line) ?? "");
        if (event) this.#handle(event);
      }
    } catch (error) {
      if (!(error instanceof LineTooLongError)) throw error;
      this.#parts.wire.fail("line-too-long");
    }
  }

  disconnected(error: LinkError): void {
    this.#catchUp.stop();
    clearInterval(this.#pingTimer);
    clearTimeout(this.#quitTimer);
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.lost();
    }
    this.#waiting.clear();
    this.#parts.listener.closed(this.#end ?? { kind: "lost", error });
  }

  post({ id, room, text, action }: PostRequest): Promise<PostAnswer> {
    if (this.#end) return Promise.resolve({ ok: false, code: "offline", message: "the conversation is ending" });
    return new Promise((resolve) => {
      this.#send(
        { type: "post", id, room, text, ...(action === undefined ? {} : { action }) },
        (answer) => {
          const result = postAnswer(answer);
          if (result.ok) {
            const { msgid, seq, time } = result;
            const own = { room, msgid, seq, time, from: this.#name, text, id, ...(action ? { action } : {}) };
            this.#catchUp.take({ type: "message", ...own });
          }
          resolve(result);
        },
        () => resolve({ ok: false, code: "lost", message: "the connection broke before the server answered" }),
      );
    });
  }

  rename(name: string): Promise<JoinAnswer> {
    return new Promise((resolve) => {
      this.#send(
        { type: "rename", name },
        (answer) => {
          if (answer.type !== "ok") {
            resolve({ ok: false, ...problemOf(answer) });
            return;
          }
          this.#renamed(answer.name ?? name);
          resolve({ ok: true, name: this.#name });
        },
        () => resolve({ ok: false, code: "not-logged-in", message: "the connection broke before the server answered" }),
      );
    });
  }

  quit(): void {
    if (this.#end) return;
    this.#end = { kind: "quit" };
    this.#parts.wire.write(`${JSON.stringify({ type: "quit" })}\n`);
    this.#quitTimer = setTimeout(() => this.#parts.wire.reset(), this.#parts.limits.quitMs);
  }

  #history(room: string, after: number): Promise<History> {
    return new Promise((resolve) => {
      this.#send(
        { type: "history", room, after, limit: wireLimits.historyMessagesMax },
        (answer) => {
          const { messages, more = false } = answer.type === "ok" ? answer : {};
          resolve(messages && { messages, more });
        },
        () => resolve(undefined),
      );
    });
  }

  #greeted(answer: Answer): void {
    if (answer.type === "error") {
      this.#refused(answer);
      return;
    }
    const description = answer.type === "welcome" ? answer.server : "Salotto";
    this.#send(
      { type: "login", name: this.#name },
      (login) => {
        if (login.type === "error") this.#refused(login);
        else this.#loggedIn(login, description);
      },
      ignore,
    );
  }

  #loggedIn(answer: Answer, description: string): void {
    if (answer.type === "ok" && answer.name !== undefined) this.#name = answer.name;
    // Every line heard winds this timer up again, so it runs out only when the connection is idle.
    this.#pingTimer = setInterval(() => this.#send({ type: "ping" }, ignore, ignore), this.#parts.limits.pingMs);
    this.#parts.listener.online({ kind: "salotto", description, lacks: [] }, this.#name);
  }

  #refused(answer: EventOf<"error">): void {
    this.#end = { kind: "refused", refusal: problemOf(answer) };
    // The server has not let us in, so there is nobody to say goodbye to.
    this.#parts.wire.reset();
  }

  #goodbye({ code, message }: EventOf<"bye">): void {
    this.#end ??= passingByeCodes.has(code) ? { kind: "lost", error: { code, message } } : { kind: "ended", message };
    this.#quitTimer ??= setTimeout(() => this.#parts.wire.reset(), this.#parts.limits.quitMs);
  }

  #handle(event: ServerEvent): void {
    switch (event.type) {
      case "welcome":
      case "ok":
      case "error":
        this.#answered(event);
        return;
      case "bye":
        this.#goodbye(event);
        return;
      case "member-renamed":
        if (event.from === this.#name) this.#renamed(event.to);
        this.#catchUp.take(event);
        return;
      default:
        this.#catchUp.take(event);
    }
  }

  #answered(answer: Answer): void {
    // The welcome may come without its label; it is the answer to the only command sent by then.
    const label = answer.label ?? (answer.type === "welcome" ? "1" : undefined);
    const waiting = label === undefined ? undefined : this.#waiting.get(label);
    if (label === undefined || !waiting) return;
    this.#waiting.delete(label);
    clearTimeout(waiting.timer);
    waiting.answered(answer);
  }

  #send(command: Unlabelled, answered: (answer: Answer) => void, lost: () => void): void {
    this.#label += 1;
    const label = String(this.#label);
    const timer = setTimeout(() => this.#parts.wire.fail("no-answer"), this.#parts.limits.answerMs);
    this.#waiting.set(label, { answered, lost, timer });
    this.#parts.wire.write(`${JSON.stringify({ ...command, label })}\n`);
  }

  #renamed(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    this.#parts.listener.renamed(name);
  }
}

function postAnswer(answer: Answer): PostAnswer {
  if (answer.type !== "ok") return { ok: false, ...problemOf(answer) };
  const { msgid, seq, time } = answer;
  if (msgid === undefined || seq === undefined || time === undefined) {
    return { ok: false, code: "invalid", message: "the server confirmed the message without saying where it stands" };
  }
  return { ok: true, msgid, seq, time };
}

/** A code that this version does not know, from a newer server, counts as `invalid`; its message still says it all. */
function problemOf(answer: Answer): { code: ErrorCode; message: string } {
  if (answer.type !== "error") return { code: "invalid", message: `the server answered with ${answer.type}` };
  const code = errorCodes.find((known) => known === answer.code) ?? "invalid";
  return { code, message: answer.message };
}
