/**
 * A json client that never gives up: it does something all the time, repeats what was not answered under the same id, returns
 * after every cut, asks for what it missed, and records everything it was told. It reports what it must not be told.
 */
import { connect, type Socket } from "node:net";
import { type Answer, type CommandType, protocolVersion, type Question } from "../../protocol/commands.ts";
import {
  type EntryEvent,
  type EventOf,
  type HistoryEntry,
  parseEvent,
  type ServerEvent,
} from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter } from "../../protocol/line-splitter.ts";
import { parseAnswer } from "../../protocol/parse-command.ts";
import { type Act, Acts } from "./acts.ts";
import { Changes } from "./changes.ts";
import type { ChaosClient } from "./chaos-client.ts";
import { View } from "./view.ts";

const RETRY_MS = 20;
/** The pause between two acts: posting as fast as the server allows would leave no time for anything else. */
const ACT_MS = 5;

export class JsonClient implements ChaosClient {
  readonly name: string;
  readonly view: View;
  readonly acts: Acts;
  reconnections = 0;
  /** Who was disconnected for reading too slowly, and when. */
  readonly tooSlow = new Set<string>();
  readonly #port: number;
  readonly #rooms: readonly string[];
  readonly #changes = new Changes();
  /** Live entries of a room whose history has not been fetched yet. */
  readonly #held = new Map<string, EntryEvent[]>();
  readonly #actor: NodeJS.Timeout;
  #socket: Socket | undefined;
  #labels = new Map<string, (answer: EventOf<"ok" | "error" | "welcome">) => void>();
  #label = 0;
  #stopped = false;

  constructor(name: string, port: number, rooms: readonly string[]) {
    this.name = name;
    this.#port = port;
    this.#rooms = rooms;
    this.view = new View(name, rooms);
    this.acts = new Acts(name, rooms, this.view);
    this.#connect();
    this.#actor = setInterval(() => this.#act(), ACT_MS);
  }

  get state(): string {
    return `${this.acts.waiting.size} unanswered, fetching ${[...this.#held.keys()]}`;
  }

  /** Cuts its connection in the middle of a line. @param how with a reset, or as if it had no more to say */
  cut(how: "reset" | "end"): void {
    const [act] = this.acts.waiting.values();
    const line = Buffer.from(act ? lineFor(act) : "");
    const half = line.subarray(0, line.length / 2);
    if (how === "end") {
      this.#socket?.end(half);
    } else {
      this.#socket?.write(half);
      this.#socket?.resetAndDestroy();
    }
  }

  /** Reads nothing for a while. */
  stall(ms: number): void {
    const socket = this.#socket;
    socket?.pause();
    setTimeout(() => socket?.resume(), ms);
  }

  answered(): Promise<void> {
    const before = this.acts.answers;
    return this.#changes.until(() => this.acts.answers > before);
  }

  async finish(): Promise<void> {
    this.acts.end();
    await this.#changes.until(() => this.acts.waiting.size === 0);
  }

  async catchUp(): Promise<void> {
    this.#holdAll();
    this.cut("reset");
    await this.#changes.until(() => this.#held.size === 0);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#actor);
    this.#socket?.destroy();
  }

  #connect(): void {
    const splitter = new LineSplitter(wireLimits.eventBytesMax);
    const socket = connect({ host: "127.0.0.1", port: this.#port, noDelay: true });
    this.#socket = socket;
    this.#labels = new Map();
    this.#holdAll();
    let greeted = false;
    socket.on("connect", () => {
      socket.once("close", () => {
        this.reconnections += 1;
      });
      this.#login();
    });
    socket.on("data", (chunk) => {
      for (const line of splitter.push(chunk)) {
        if (greeted) this.#takeLine(Buffer.from(line).toString("utf8"));
        greeted = true;
      }
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      setTimeout(() => this.#stopped || this.#connect(), RETRY_MS);
    });
  }

  #holdAll(): void {
    for (const room of this.#rooms) this.#held.set(room, []);
  }

  #ask<T extends CommandType>(
    command: Question<T>,
    answered: (answer: Answer<T>) => void,
    refused = (error: EventOf<"error">) => this.#refused(command.type, error),
  ): void {
    if (!this.#socket?.writable) return;
    this.#label += 1;
    const label = String(this.#label);
    this.#labels.set(label, (event) => {
      if (event.type === "error") return refused(event);
      const answer = parseAnswer(command.type, event);
      if (answer) answered(answer);
      else this.view.violate(`cannot read the answer to ${command.type}: ${JSON.stringify(event)}`);
    });
    this.#socket.write(lineFor({ ...command, label }));
  }

  #login(): void {
    const enter = () => {
      for (const room of this.#rooms) {
        if (room !== "lobby") this.#ask({ type: "join", room }, () => {});
        this.#fetch(room);
      }
    };
    // First find out whether what we know belongs to this log.
    this.#ask({ type: "hello", version: protocolVersion, echo: true }, () => {});
    this.#ask({ type: "login", name: this.name }, enter, (error) => {
      // Our own ghost: the server has not noticed the cut yet.
      if (error.code === "name-taken") this.cut("reset");
      else this.#refused("login", error);
    });
  }

  /** Asks for what happened after the last entry known, page by page, then lets go of what was held. */
  #fetch(room: string): void {
    const after = this.view.last(room);
    this.#ask({ type: "history", room, after, changes: true, limit: wireLimits.historyMessagesMax }, (answer) => {
      for (const entry of answer.messages) this.#follow(room, entry);
      if (answer.more) return this.#fetch(room);
      const fetched = this.view.last(room);
      const held = this.#held.get(room) ?? [];
      this.#held.delete(room);
      for (const entry of held) if (entry.seq > fetched) this.#follow(room, entry);
      for (const act of this.acts.waiting.values()) if (act.room === room) this.#send(act);
      this.#changes.tell();
    });
  }

  #takeLine(line: string): void {
    const event = parseEvent(line);
    if (event) this.#take(event);
    else this.view.violate(`cannot read ${line.slice(0, 200)}`);
  }

  #take(event: ServerEvent): void {
    switch (event.type) {
      case "ok":
      case "error":
      case "welcome": {
        if (event.type === "welcome" && this.view.inLog(event.log ?? "")) this.acts.beginAnew();
        const answered = this.#labels.get(event.label ?? "");
        this.#labels.delete(event.label ?? "");
        if (answered) answered(event);
        // When half a line ends the connection, the server says that it cannot be read.
        else if (this.#socket?.writable) this.view.violate(`nobody asked for ${JSON.stringify(event)}`);
        return;
      }
      case "joined":
        // Whatever this client knows, everybody was told: it must have survived everything since.
        if (event.seq < this.view.last(event.room)) {
          this.view.violate(`${event.room} ends at ${event.seq}, and had ${this.view.last(event.room)}`);
        }
        return;
      case "message":
      case "edit":
      case "delete":
      case "react": {
        const held = this.#held.get(event.room);
        if (held) held.push(event);
        else this.#follow(event.room, event);
        return;
      }
      case "member-left":
        if (event.reason === "too-slow") this.tooSlow.add(`${event.name} ${event.time}`);
        return;
      default:
    }
  }

  /** Takes an entry, which must be the next one in its room. */
  #follow(room: string, entry: HistoryEntry): void {
    const last = this.view.last(room);
    if (entry.seq !== last + 1) {
      this.view.violate(`in ${room}, ${entry.seq} was told after ${last}`);
    }
    this.view.know(room, entry);
  }

  #act(): void {
    const act = this.#held.size === 0 && this.acts.next();
    if (act) this.#send(act);
  }

  #send(act: Act): void {
    if (act.type !== "post") {
      const changed = () => {
        this.acts.changed(act);
        this.#changes.tell();
      };
      return this.#ask<"edit" | "delete" | "react">(act, changed, (error) => {
        if (!this.acts.mayRefuse(act, error.code)) this.#refused(act.type, error);
        this.#changes.tell();
      });
    }
    this.#ask(act, ({ msgid, seq, time }) => {
      const { room, text } = act;
      const last = this.view.last(room);
      // It was echoed before, or was in the history: a repeated message keeps its original position.
      if (seq > last) this.view.violate(`in ${room}, ${seq} was answered after ${last}`);
      this.acts.posted(act, msgid, this.view.said(room, { msgid, seq, time, from: this.name, text }));
      this.#changes.tell();
    });
  }

  #refused(what: string, { code, message }: EventOf<"error">): void {
    this.view.violate(`${what} was refused: ${code}, ${message}`);
  }
}

function lineFor(command: object): string {
  return `${JSON.stringify(command)}\n`;
}
