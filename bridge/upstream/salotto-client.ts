/**
 * The json dialect towards a Salotto server: says hello, logs in, labels each command and matches each answer to it. It
 * handles one connection; reconnecting is up to the session.
 */
import { version } from "../../cli/package.ts";
import type {
  BridgeCommand,
  BridgeCommandType,
  CommandAnswer,
  CommandFailure,
  ConnectionError,
  HeardUpTo,
  PostAnswer,
  PostRequest,
  Refusal,
  UpstreamInfo,
} from "../../protocol/bridge-events.ts";
import { type Answer, protocolVersion } from "../../protocol/commands.ts";
import { type EventOf, type Message, parseEvent, type ServerEvent } from "../../protocol/events.ts";
import type { Lack } from "../../protocol/lacks.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter, LineTooLongError } from "../../protocol/line-splitter.ts";
import { lobby } from "../../protocol/names.ts";
import { cleanText, decodeUtf8 } from "../../protocol/text.ts";
import type { HistoryAnswer } from "./catch-up.ts";
import { CatchUps } from "./catch-ups.ts";
import { clearPassword, Login } from "./login.ts";
import { Questions, type ServerAnswer } from "./questions.ts";
import type { UpstreamEnd } from "./upstream.ts";
import type { UpstreamClient, UpstreamClientParts } from "./upstream-client.ts";

/** Used instead of an answer: the server may or may not have done what it was asked. */
const lost = { ok: false, code: "lost", message: "the connection broke before the server answered" } as const;

/** Lines that the server itself says in plain text begin like this. */
const plainStart = "* ";
/** Characters of such a line that are kept. */
const reasonCharsMax = 300;

/** Goodbyes after which the same server may well accept us again. */
const passingByeCodes = new Set([
  "closing",
  "too-slow",
  "line-too-long",
  "login-timeout",
  "server-full",
  "too-many-connections",
  "too-many-unnamed",
  "connecting-too-fast",
]);

export class SalottoClient implements UpstreamClient {
  readonly #parts: UpstreamClientParts;
  readonly #splitter = new LineSplitter(wireLimits.eventBytesMax);
  readonly #questions: Questions;
  #pingTimer: NodeJS.Timeout | undefined;
  #quitTimer: NodeJS.Timeout | undefined;
  readonly #catchUps: CatchUps;
  /** Commands that change what outlives the connection: who the person is, and which rooms they are in. */
  readonly #moving: { [T in BridgeCommandType]?: (command: BridgeCommand<T>) => Promise<CommandAnswer<T>> } = {
    join: ({ room, type: _, ...upTo }) => this.#join(room, upTo),
    leave: ({ room }) => this.#leave(room),
    register: async ({ clearIsMeant = false, ...command }) => {
      const { proof } = this.#parts.memory;
      const device = { device: proof.device };
      return this.#mayBeRead(clearIsMeant) ?? this.#ask({ ...command, ...device }, ({ token }) => proof.proved(token));
    },
    "change-password": async ({ clearIsMeant = false, ...command }) =>
      this.#mayBeRead(clearIsMeant) ?? this.#ask(command),
    unregister: async ({ clearIsMeant = false, ...command }) =>
      this.#mayBeRead(clearIsMeant) ?? this.#ask(command, () => this.#parts.memory.proof.forget()),
    "sign-out": (command) =>
      this.#ask(command, () => {
        if (command.id === undefined) this.#parts.memory.proof.forget();
      }),
    rename: (command) => this.#ask(command, ({ name, same }) => this.#renamed(name, same)),
  };
  #name: string;
  /** What the server said in plain text before it knew our dialect; the reason, if it then closes. */
  #plainReason: string | undefined;
  #welcomed = false;
  /**
   * Whether the server's rooms are logs that include changes; a server that does not know them is not asked for them.
   */
  #tellsChanges = false;
  /** Whether the server echoes our posts; earlier releases do not. */
  #echoes = false;
  /** The last message that was told. */
  #lastTold: Message | undefined;
  #login: Login | undefined;
  /** What the connection's end will mean, once we know better than "lost". */
  #end: UpstreamEnd | undefined;

  constructor(parts: UpstreamClientParts) {
    this.#parts = parts;
    this.#name = parts.name;
    this.#questions = new Questions(parts.wire, parts.limits.answerMs);
    this.#catchUps = new CatchUps({
      memory: parts.memory,
      limits: parts.limits,
      history: (room, after) => this.#history(room, after),
      tell: (event) => parts.listener.event(event),
      stuck: () => parts.wire.fail("no-progress"),
    });
    this.#questions.ask(
      { type: "hello", version: protocolVersion, client: `salotto-bridge/${version}`, echo: true },
      (answer) => this.#greeted(answer),
    );
  }

  receive(chunk: Uint8Array): void {
    this.#pingTimer?.refresh();
    try {
      for (const line of this.#splitter.push(chunk)) {
        const text = decodeUtf8(line) ?? "";
        const event = parseEvent(text);
        if (event) this.#handle(event);
        else this.#plainLine(text);
      }
    } catch (error) {
      if (!(error instanceof LineTooLongError)) throw error;
      this.#parts.wire.fail("line-too-long");
    }
  }

  disconnected(error: ConnectionError): void {
    this.#catchUps.stop();
    this.#login?.stop();
    clearInterval(this.#pingTimer);
    clearTimeout(this.#quitTimer);
    this.#questions.close();
    const reason = this.#plainReason;
    const refused = reason === undefined ? error : { code: "refused-by-server", message: reason };
    this.#parts.listener.closed(this.#end ?? { kind: "lost", error: refused });
  }

  post({ id, room, text, action, reply }: PostRequest): Promise<PostAnswer> {
    if (this.#end) return Promise.resolve({ ok: false, code: "offline", message: "the connection is closing" });
    const said = { room, id, text, ...(action ? { action } : {}), ...(reply === undefined ? {} : { reply }) };
    return new Promise((resolve) => {
      this.#questions.ask(
        { type: "post", ...said },
        (answer) => {
          if (!answer.ok) return resolve(answer);
          const { msgid, seq, time } = answer;
          if (!this.#echoes) this.#catchUps.take({ type: "message", ...said, msgid, seq, time, from: this.#name });
          // Whoever is answered has been told of the message before, in whatever place the server told it.
          const echo = this.#lastTold?.msgid === msgid ? this.#lastTold : undefined;
          this.#catchUps.whenTold(echo?.room ?? room, () => resolve(answer));
        },
        () => resolve(lost),
      );
    });
  }

  async ask<T extends BridgeCommandType>(command: BridgeCommand<T>): Promise<CommandAnswer<T>> {
    if (this.#end) return { ok: false, code: "offline", message: "the connection is closing" };
    const moving = this.#moving[command.type];
    return moving ? moving(command) : this.#ask(command);
  }

  quit(signsOut = false): void {
    if (this.#end) return;
    this.#end = { kind: "quit" };
    const isLoggedIn = this.#parts.memory.proof.credentials.token !== undefined;
    if (signsOut && isLoggedIn) this.#parts.wire.write(`${JSON.stringify({ type: "sign-out" })}\n`);
    this.#parts.wire.write(`${JSON.stringify({ type: "quit" })}\n`);
    this.#quitTimer = setTimeout(() => this.#parts.wire.reset(), this.#parts.limits.quitMs);
  }

  /** A private conversation is not joined at the server, but the page may still have missed some of it. */
  async #join(room: string, upTo: HeardUpTo): Promise<CommandAnswer<"join">> {
    if (room.startsWith("@")) {
      this.#catchUps.begin(room, upTo);
      return { ok: true, room: await this.#catchUps.resume(room) };
    }
    // The answer arrives before the room itself, in time to set where catching up begins. If the connection breaks
    // between the two, the person is in the room all the same, and rejoins it on the next connection.
    return this.#ask({ type: "join", room }, (answer) => this.#catchUps.begin(answer.room, upTo));
  }

  async #leave(room: string): Promise<CommandAnswer<"leave">> {
    if (room.startsWith("@")) {
      this.#left(room);
      return { ok: true, room };
    }
    return this.#ask({ type: "leave", room }, (answer) => this.#left(answer.room));
  }

  /** The server tells only the others; a page that reloads must hear it as well. */
  #left(room: string): void {
    this.#catchUps.forget(room);
    const time = new Date().toISOString();
    this.#parts.listener.event({ type: "member-left", room, name: this.#name, count: 0, time, reason: "left" });
  }

  #ask<T extends BridgeCommandType>(
    command: BridgeCommand<T>,
    accepted: (answer: Answer<T>) => void = () => {},
  ): Promise<CommandAnswer<T>> {
    return new Promise((resolve) => {
      this.#questions.ask(
        command,
        (answer) => {
          if (answer.ok) accepted(answer);
          resolve(answer);
        },
        () => resolve(lost),
      );
    });
  }

  async #history(room: string, after?: number): Promise<HistoryAnswer> {
    const range = after === undefined ? {} : { after, limit: wireLimits.historyMessagesMax };
    const changes = this.#tellsChanges ? { changes: true } : {};
    const answer = await this.#ask({ type: "history", room, ...range, ...changes }, ({ room: name }) =>
      this.#catchUps.called(room, name),
    );
    return answer.ok ? { entries: answer.messages, more: answer.more } : undefined;
  }

  /** Until a server has heard us, it speaks to people: a full one says so, and closes. */
  #plainLine(line: string): void {
    if (!this.#welcomed && line.startsWith(plainStart)) {
      this.#plainReason = cleanText(line.slice(plainStart.length, reasonCharsMax));
    }
  }

  #greeted(answer: ServerAnswer<"hello">): void {
    this.#welcomed = true;
    this.#plainReason = undefined;
    if (!answer.ok) return this.#refused({ code: answer.code, message: answer.message });
    const { server: description, features } = answer;
    this.#tellsChanges = features.includes("changes");
    this.#echoes = features.includes("echo");
    const lacks: Lack[] = [];
    if (!features.includes("rooms")) lacks.push("rooms");
    if (!this.#tellsChanges) lacks.push("memory");
    const hasAccounts = features.includes("accounts");
    if (!hasAccounts) lacks.push("accounts");
    const info: UpstreamInfo = { kind: "salotto", description, lacks };
    this.#login = new Login({
      questions: this.#questions,
      name: this.#name,
      proof: this.#parts.memory.proof,
      hasAccounts,
      isPrivate: this.#parts.isPrivate,
      entered: (name) => this.#loggedIn(name, info),
      refused: (refusal) => this.#refused(refusal),
    });
    this.#login.begin();
  }

  /** Why a password is not sent; undefined when it may be. */
  #mayBeRead(isMeant: boolean): CommandFailure | undefined {
    return this.#parts.isPrivate || isMeant ? undefined : { ok: false, ...clearPassword };
  }

  #loggedIn(name: string, info: UpstreamInfo): void {
    this.#name = name;
    // Everything received restarts this timer, so it runs out only when the connection is idle.
    this.#pingTimer = setInterval(() => this.#questions.ask({ type: "ping" }), this.#parts.limits.pingMs);
    if (!info.lacks.includes("rooms")) this.#rejoin();
    this.#parts.listener.online(info, this.#name);
  }

  /** Rejoins, before anything else is asked, the rooms the person was in when the last connection broke. */
  #rejoin(): void {
    for (const room of this.#catchUps.rooms) {
      if (room.startsWith("@") || room === lobby) continue;
      this.#questions.ask({ type: "join", room }, (answer) => {
        if (!answer.ok) this.#left(room);
      });
    }
    void this.#catchUps.resumeConversations();
  }

  #refused(refusal: Refusal): void {
    this.#end = { kind: "refused", refusal };
    // The server has not let us in, so there is nobody to say goodbye to.
    this.#parts.wire.reset();
  }

  #goodbye({ code, message }: EventOf<"bye">): void {
    // Whatever the token was good for is over, as if it had been refused.
    if (code === "signed-out") this.#end ??= { kind: "refused", refusal: { code: "token-invalid", message } };
    // The event that tells who did it, and why, may come before or after.
    if (code === "kicked" || code === "banned") this.#end ??= { kind: "refused", refusal: { code, message } };
    this.#end ??= passingByeCodes.has(code) ? { kind: "lost", error: { code, message } } : { kind: "ended", message };
    this.#quitTimer ??= setTimeout(() => this.#parts.wire.reset(), this.#parts.limits.quitMs);
  }

  #handle(event: ServerEvent): void {
    switch (event.type) {
      case "welcome":
      case "ok":
      case "error":
        this.#questions.take(event);
        this.#parts.listener.answered();
        return;
      case "bye":
        this.#goodbye(event);
        return;
      case "message": {
        // The label is only for the bridge.
        const { label: _, ...message } = event;
        this.#lastTold = event;
        this.#catchUps.take(message);
        return;
      }
      case "member-renamed":
        if (event.from === this.#name) this.#renamed(event.to, event.same);
        this.#catchUps.take(event);
        return;
      case "member-left":
        if (event.name === this.#name) this.#takenOut(event);
        this.#catchUps.take(event);
        return;
      case "room-removed":
        this.#catchUps.forget(event.room);
        this.#catchUps.take(event);
        return;
      default:
        this.#catchUps.take(event);
    }
  }

  /** Somebody took the person out of a room, or of the chat, which is to leave the lobby. */
  #takenOut({ room, reason, by, why }: EventOf<"member-left">): void {
    if (room !== lobby) return this.#catchUps.forget(room);
    if (reason !== "kicked" && reason !== "banned") return;
    const did = reason === "kicked" ? "taken out of the chat" : "banned from the chat";
    const message = `you were ${did}${by === undefined ? "" : ` by ${by}`}${why === undefined ? "" : `: ${why}`}`;
    const about = why === undefined ? {} : { about: why };
    this.#end = { kind: "refused", refusal: { code: reason, message, ...about } };
  }

  /** @param same they are the person that they were before; on servers of earlier releases, a new name is a new person */
  #renamed(name: string, same = false): void {
    if (name === this.#name) return;
    this.#name = name;
    if (!same) this.#catchUps.forgetConversations();
    this.#parts.listener.renamed(name, same);
  }
}
