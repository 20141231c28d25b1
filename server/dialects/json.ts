/** The json dialect: JSON lines for programs. It reads commands, answers each with its label, and passes events on. */
import type { AccountCommandType } from "../../protocol/account-commands.ts";
import { type Command, type CommandType, protocolVersion } from "../../protocol/commands.ts";
import type { ByeCode, EventOf, HistoryMessage, LeaveReason, RoomEvent, ServerEvent } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter, LineTooLongError } from "../../protocol/line-splitter.ts";
import { type CommandError, parseCommand } from "../../protocol/parse-command.ts";
import { decodeUtf8 } from "../../protocol/text.ts";
import type { Chat } from "../chat/chat.ts";
import { denial } from "../chat/rights.ts";
import { type Member, Visit } from "../chat/room.ts";
import { byeReasons } from "./bye.ts";
import type { Client, Dialect, DialectParts, Greeting, Spoken } from "./dialect.ts";
import { encodeOnce } from "./encode-once.ts";
import { fitting } from "./fitting.ts";
import { accountVerbs } from "./json-accounts.ts";
import { type ExplainedCode, errorMessages } from "./json-errors.ts";
import { type MemberCommandType, nameAnswer, type Outcome, verbs } from "./json-verbs.ts";

interface JsonOptions extends Pick<DialectParts, "chat" | "serverName" | "now"> {
  client: Client;
}

type Labelled = Pick<Command, "label">;

/** What a client may use beyond `hello login post who ping quit`. */
const features = [
  "rename",
  "private",
  "action",
  "history",
  "rooms",
  "search",
  "changes",
  "read",
  "typing",
  "conversations",
  "presence",
  "reactions",
  "echo",
  "accounts",
  "sessions",
  "invitations",
  "moderation",
  "blocks",
];

const encode = encodeOnce((event: ServerEvent) => Buffer.from(`${JSON.stringify(event)}\n`));

const OPENING_BRACE = 0x7b;
/** No JSON object begins like this: it is somebody at a terminal who leaves instead of giving a name. */
const QUIT = Buffer.from("{quit}");

export function jsonDialect({ chat, serverName, now }: DialectParts, greeting: Greeting): Spoken {
  return {
    kind: "json",
    detect: ({ bytes }) => {
      const isQuit = bytes.subarray(0, QUIT.length).equals(QUIT);
      return bytes[0] === OPENING_BRACE && !isQuit ? "yes" : "no";
    },
    greeting,
    create: (client) => new JsonDialect({ chat, client, serverName, now }),
  };
}

class JsonDialect implements Dialect {
  readonly #chat: Chat;
  readonly #client: Client;
  readonly #serverName: string;
  readonly #now: () => Date;
  readonly #visit: Visit;
  readonly #lines = new LineSplitter(wireLimits.lineBytesMax);
  #member: Member | undefined;
  #echoes = false;
  #over = false;

  constructor({ chat, client, serverName, now }: JsonOptions) {
    this.#chat = chat;
    this.#client = client;
    this.#serverName = serverName;
    this.#now = now;
    this.#visit = new Visit(client.asker);
  }

  *receive(bytes: Uint8Array): Generator<void> {
    if (this.#over) return;
    try {
      for (const line of this.#lines.push(bytes)) {
        this.#line(line);
        yield;
      }
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

  #deliver(event: RoomEvent): void {
    // Only events for a single person can be too long for a line.
    const fits = event.type === "joined" ? { ...event, recent: fittingRecent(event) } : event;
    this.#client.send(encode(fits));
  }

  #line(bytes: Uint8Array): void {
    if (this.#over || bytes.length === 0) return;
    const line = decodeUtf8(bytes);
    if (line === undefined) return this.#fail({ code: "not-utf8", message: errorMessages["not-utf8"] });
    // Somebody at a terminal who types this instead of a name looks like the start of a JSON object, but means to
    // leave.
    if (line.trim() === "{quit}") return this.dismiss("quit");
    const result = parseCommand(parseJson(line));
    if (result.ok) return this.#execute(result.command);
    const { error } = result;
    // Helps somebody at a terminal whose name begins with a brace.
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
        return this.#answer(command, { ok: true, time: this.#now().toISOString() });
      case "quit":
        this.#answer(command, { ok: true });
        return this.dismiss("quit");
      case "register":
      case "authenticate":
      case "change-password":
      case "unregister":
      case "sessions":
      case "sign-out":
        return this.#accountVerb(command);
      default:
        return this.#verb(command);
    }
  }

  #accountVerb<T extends AccountCommandType>(command: Command<T>): void {
    const denied = denial(command.type, { isHere: this.#member !== undefined });
    if (denied) return this.#refuse(command, denied);
    accountVerbs[command.type]({ visit: this.#visit, chat: this.#chat }, command, (outcome) =>
      this.#reply(command, outcome),
    );
  }

  #verb<T extends MemberCommandType>(command: Command<T>): void {
    const member = this.#member;
    if (!member) return this.#refuse(command, denial(command.type, { isHere: false }) ?? "not-logged-in");
    verbs[command.type]({ member, chat: this.#chat, echoes: this.#echoes }, command, (outcome) =>
      this.#reply(command, outcome),
    );
  }

  #hello(command: Command<"hello">): void {
    if (command.version !== protocolVersion) return this.#refuse(command, "version", "version");
    this.#echoes = command.echo ?? false;
    this.#say({
      type: "welcome",
      ...labelOf(command),
      version: protocolVersion,
      server: this.#serverName,
      log: this.#chat.log,
      limits: {
        textBytesMax: wireLimits.textBytesMax,
        nameCharsMax: wireLimits.nameCharsMax,
        lineBytesMax: wireLimits.lineBytesMax,
      },
      features,
      ...(this.#chat.door.asks.length > 0 ? { door: this.#chat.door.asks } : {}),
    });
  }

  #login(command: Command<"login">): void {
    if (this.#member) return this.#refuse(command, "logged-in");
    const recipient = { ...this.#client.asker, deliver: (event: RoomEvent) => this.#deliver(event) };
    const { name, device, password, invitation } = command;
    this.#member = this.#chat.login(name, recipient, (outcome) => this.#reply(command, nameAnswer(outcome)), {
      visit: this.#visit,
      device,
      password,
      invitation,
    });
    if (this.#member) this.#client.loggedIn();
  }

  /** Ends the connection after everything due in this turn. */
  #close(reason: LeaveReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#leave(reason);
    this.#chat.inTurn(() => this.#client.end());
  }

  #leave(reason: LeaveReason): void {
    if (this.#member) this.#chat.quit(this.#member, reason);
    this.#member = undefined;
    this.#chat.accounts.logins.left(this.#visit);
  }

  /** Answers in turn, after the answers to earlier commands. */
  #answer<T extends CommandType>(command: Command<T>, outcome: Outcome<T>): void {
    this.#chat.inTurn(() => this.#reply(command, outcome));
  }

  #refuse(command: Labelled, code: ExplainedCode, field?: string): void {
    this.#fail({ ...labelOf(command), code, message: errorMessages[code], ...(field ? { field } : {}) });
  }

  #fail(error: CommandError): void {
    this.#say({ type: "error", ...error });
  }

  /** Answers with the result of a command: its fields, or why it failed. */
  #reply<T extends CommandType>(command: Command<T>, outcome: Outcome<T>): void {
    if (outcome.ok) {
      const { ok: _, ...fields } = outcome;
      return this.#send({ type: "ok", ...labelOf(command), ...fields });
    }
    const { ok: _, ...problem } = "message" in outcome ? outcome : { ...outcome, message: errorMessages[outcome.code] };
    this.#send({ type: "error", ...labelOf(command), ...problem });
  }

  /** Sends in turn, after the answers to earlier commands. */
  #say(event: ServerEvent): void {
    this.#chat.inTurn(() => this.#send(event));
  }

  #send(event: ServerEvent): void {
    this.#client.send(encode(event));
  }
}

function fittingRecent({ recent = [] }: EventOf<"joined">): readonly HistoryMessage[] {
  return fitting(recent, recent.length).kept;
}

function labelOf({ label }: Labelled): { label?: string } {
  return label === undefined ? {} : { label };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
