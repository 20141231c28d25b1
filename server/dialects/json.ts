/** The json dialect: JSON lines for programs. It reads commands, answers each with its label, and passes events on. */
import { type Command, type CommandError, parseCommand, protocolVersion } from "../../protocol/commands.ts";
import type {
  ByeCode,
  ErrorCode,
  EventOf,
  LeaveReason,
  PastMessage,
  RoomEvent,
  ServerEvent,
} from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter, LineTooLongError } from "../../protocol/line-splitter.ts";
import { lobby, nameProblemMessages, roomNameMessage } from "../../protocol/names.ts";
import { decodeUtf8, textProblemMessages, utf8Bytes } from "../../protocol/text.ts";
import type { Chat } from "../chat/chat.ts";
import type { Member } from "../chat/member.ts";
import type { HistoryOutcome, NameOutcome, PostOutcome } from "../chat/outcomes.ts";
import type { Audience, Range } from "../chat/ports.ts";
import { byeReasons } from "./bye.ts";
import type { Dialect, Transport } from "./dialect.ts";
import { encodeOnce } from "./encode-once.ts";

export interface JsonOptions {
  chat: Chat;
  transport: Transport;
  /** What `welcome` calls the server: its name and version. */
  serverName: string;
  now: () => Date;
}

/** What a client may use beyond `hello login post who ping quit`. */
const features = ["rename", "private", "action", "history", "rooms", "search"];

/** What only somebody who has logged in can ask for. */
type MemberCommand = Command<"join" | "leave" | "topic" | "history" | "search" | "rename" | "post">;

type OkFields = Omit<EventOf<"ok">, "type" | "label">;
type Outcome = ({ ok: true } & OkFields) | { ok: false; code: keyof typeof errorMessages };

/** Messages in an answer to `history` that does not say how many. */
const HISTORY_MESSAGES = 50;

const errorMessages = {
  ...textProblemMessages,
  "no-such-room": "there is no such room",
  "not-in-room": "you are not in that room; join it first",
  "room-invalid": roomNameMessage,
  "too-many-rooms": "there are as many rooms as may be, or you are in as many; leave one first",
  "no-such-person": "nobody here has that name",
  "too-many-conversations": "the server keeps no more private conversations; try again later",
  "not-stored": "the message could not be stored; try again",
  "not-logged-in": "log in first: send a login command with your name",
  "logged-in": "you are logged in already; use rename to change your name",
  "not-utf8": "the line is not UTF-8; nothing in it was read",
  version: `this server speaks version ${protocolVersion}`,
} satisfies Partial<Record<ErrorCode, string>>;

const encode = encodeOnce((event: ServerEvent) => Buffer.from(`${JSON.stringify(event)}\n`));

export class JsonDialect implements Dialect, Audience {
  readonly #chat: Chat;
  readonly #transport: Transport;
  readonly #serverName: string;
  readonly #now: () => Date;
  readonly #lines = new LineSplitter(wireLimits.lineBytesMax);
  #member: Member | undefined;
  #over = false;

  constructor({ chat, transport, serverName, now }: JsonOptions) {
    this.#chat = chat;
    this.#transport = transport;
    this.#serverName = serverName;
    this.#now = now;
  }

  receive(bytes: Uint8Array): void {
    if (this.#over) return;
    try {
      for (const line of this.#lines.push(bytes)) this.#line(line);
    } catch (error) {
      if (!(error instanceof LineTooLongError)) throw error;
      this.dismiss("line-too-long");
    }
  }

  finish(): void {
    const rest = this.#over ? undefined : this.#lines.rest();
    if (rest) this.#line(rest);
    this.#close("closed");
  }

  slow(): void {
    const text = "you are sending too fast: all of it is read, but slowly";
    this.#say({ type: "notice", text, time: this.#now().toISOString() });
  }

  dismiss(code: ByeCode): void {
    if (this.#over) return;
    this.#say({ type: "bye", code, message: byeReasons[code].message });
    this.#close(byeReasons[code].leaving);
  }

  vanish(reason: LeaveReason): void {
    this.#leave(reason);
  }

  get address(): string {
    return this.#transport.address;
  }

  deliver(event: RoomEvent): void {
    // Only what is told to one person alone can be too long for a line.
    const fits = event.type === "joined" ? { ...event, recent: fitting(event.recent ?? [], "newest") } : event;
    this.#transport.send(encode(fits));
  }

  #line(bytes: Uint8Array): void {
    if (this.#over || bytes.length === 0) return;
    const line = decodeUtf8(bytes);
    if (line === undefined) return this.#fail({ code: "not-utf8", message: errorMessages["not-utf8"] });
    // A person at a terminal who types this instead of a name begins like a JSON object, and means to leave.
    if (line.trim() === "{quit}") return this.dismiss("quit");
    const result = parseCommand(line);
    if (result.ok) return this.#execute(result.command);
    const { error } = result;
    // Somebody at a terminal whose name begins with a brace would wonder.
    const hint = error.code === "not-json" && !this.#member ? "; to chat by hand, connect again and type a name" : "";
    this.#fail({ ...error, message: error.message + hint });
  }

  #execute(command: Command): void {
    switch (command.type) {
      case "hello":
        return this.#hello(command);
      case "login":
        return this.#login(command);
      case "ping":
        return this.#answer(command, { time: this.#now().toISOString() });
      case "quit":
        this.#answer(command, {});
        return this.dismiss("quit");
      case "who":
        return this.#chat.who(command.room ?? lobby, (outcome) => this.#reply(command, outcome));
      case "rooms":
        return this.#chat.rooms((rooms) => this.#reply(command, { ok: true, rooms }));
      default:
        return this.#member ? this.#executeAs(this.#member, command) : this.#refuse(command, "not-logged-in");
    }
  }

  #hello(command: Command<"hello">): void {
    if (command.version !== protocolVersion) return this.#refuse(command, "version", "version");
    this.#say({
      type: "welcome",
      ...labelOf(command),
      version: protocolVersion,
      server: this.#serverName,
      limits: {
        textBytesMax: wireLimits.textBytesMax,
        nameCharsMax: wireLimits.nameCharsMax,
        lineBytesMax: wireLimits.lineBytesMax,
      },
      features,
    });
  }

  #login(command: Command<"login">): void {
    if (this.#member) return this.#refuse(command, "logged-in");
    this.#member = this.#chat.login(command.name, this, (outcome) => this.#sendName(command, outcome));
    if (this.#member) this.#transport.loggedIn();
  }

  #executeAs(member: Member, command: MemberCommand): void {
    switch (command.type) {
      case "join":
        this.#chat.join(member, command.room, (outcome) => this.#reply(command, outcome));
        return;
      case "leave":
        return this.#chat.leave(member, command.room, (outcome) => {
          // The code is no more than that something is wrong with the command; what, needs words of its own.
          if (outcome.ok || outcome.code !== "invalid") return this.#reply(command, outcome);
          const message = "everyone stays in the lobby; quit leaves the chat";
          this.#send({ type: "error", ...labelOf(command), code: "invalid", field: "room", message });
        });
      case "topic":
        return this.#chat.topic(member, command.room, command.topic, (outcome) => this.#reply(command, outcome));
      case "history":
        return this.#history(member, command);
      case "search":
        return this.#search(member, command);
      case "rename":
        return this.#chat.rename(member, command.name, (outcome) => this.#sendName(command, outcome));
      case "post":
        return this.#chat.post(member, { ...command, action: command.action ?? false }, (outcome) =>
          this.#sendPosted(command, outcome),
        );
    }
  }

  #history(member: Member, command: Command<"history">): void {
    const { room, before, after, limit = HISTORY_MESSAGES } = command;
    if (before !== undefined && after !== undefined) {
      const message = "before and after exclude each other";
      return this.#fail({ ...labelOf(command), code: "invalid", field: "after", message });
    }
    this.#chat.history(member, room, rangeOf(limit, before, after), (outcome) => {
      this.#reply(command, fittingHistory(outcome, after === undefined ? "newest" : "oldest"));
    });
  }

  #search(member: Member, command: Command<"search">): void {
    this.#chat.search(member, command.query, command.skip ?? 0, (outcome) => {
      if (!outcome.ok) {
        const message = `query cannot be read at: ${outcome.problem}`;
        return this.#send({ type: "error", ...labelOf(command), code: "invalid", field: "query", message });
      }
      const found = fitting(outcome.found, "oldest");
      this.#reply(command, { ok: true, found, more: outcome.more || found.length < outcome.found.length });
    });
  }

  #sendName(command: Command, outcome: NameOutcome): void {
    if (outcome.ok) return this.#reply(command, outcome);
    const message =
      outcome.code === "name-taken" ? `${outcome.name} is here already` : nameProblemMessages[outcome.problem];
    this.#send({ type: "error", ...labelOf(command), code: outcome.code, field: "name", message });
  }

  #sendPosted(command: Command, outcome: PostOutcome): void {
    if (!outcome.ok) return this.#reply(command, outcome);
    const { msgid, seq, time } = outcome.posted;
    this.#reply(command, { ok: true, msgid, seq, time });
  }

  /** Ends the conversation after all that is due in this turn. */
  #close(reason: LeaveReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#leave(reason);
    this.#chat.inTurn(() => this.#transport.end());
  }

  #leave(reason: LeaveReason): void {
    if (this.#member) this.#chat.quit(this.#member, reason);
    this.#member = undefined;
  }

  #answer(command: Command, fields: { time?: string }): void {
    this.#say({ ...ok(command), ...fields });
  }

  #refuse(command: Command, code: keyof typeof errorMessages, field?: string): void {
    this.#fail({ ...labelOf(command), code, message: errorMessages[code], ...(field ? { field } : {}) });
  }

  #fail(error: CommandError): void {
    this.#say({ type: "error", ...error });
  }

  /** Answers with what came of a command: its fields, or why it could not be. */
  #reply(command: Command, outcome: Outcome): void {
    if (!outcome.ok) {
      const { code } = outcome;
      return this.#send({ type: "error", ...labelOf(command), code, message: errorMessages[code] });
    }
    const { ok: _, ...fields } = outcome;
    this.#send({ ...ok(command), ...fields });
  }

  /** Sends in turn, after the answers to earlier commands. */
  #say(event: ServerEvent): void {
    this.#chat.inTurn(() => this.#send(event));
  }

  #send(event: ServerEvent): void {
    this.#transport.send(encode(event));
  }
}

/** Cuts what does not fit from the far end, and says that there is more. */
function fittingHistory(outcome: HistoryOutcome, end: "newest" | "oldest"): HistoryOutcome {
  if (!outcome.ok) return outcome;
  const messages = fitting(outcome.messages, end);
  return { ...outcome, messages, more: outcome.more || messages.length < outcome.messages.length };
}

function rangeOf(limit: number, before: number | undefined, after: number | undefined): Range {
  if (after !== undefined) return { limit, after };
  return before === undefined ? { limit } : { limit, before };
}

/** As many of the messages as one line can hold: the last ones (`newest`), or the first ones. */
function fitting<M extends PastMessage>(messages: readonly M[], end: "newest" | "oldest"): readonly M[] {
  const ordered = end === "oldest" ? messages : messages.toReversed();
  let bytes = 0;
  const tooFar = ordered.findIndex((message) => {
    bytes += utf8Bytes(JSON.stringify(message)) + 1;
    return bytes > wireLimits.historyBytesMax;
  });
  const kept = tooFar === -1 ? ordered : ordered.slice(0, tooFar);
  return end === "oldest" ? kept : kept.toReversed();
}

function ok(command: Command) {
  return { type: "ok" as const, ...labelOf(command) };
}

function labelOf({ label }: Command): { label?: string } {
  return label === undefined ? {} : { label };
}
