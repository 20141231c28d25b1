/**
 * A page that never gives up: it does over socket.io what ui/store does, and talks all the time. It repeats what was
 * not answered under the same id, joins again when the bridge has forgotten it, loads what the bridge has left out, and
 * records everything it was told. It reports what it must not be told.
 */
import { io, type Socket } from "socket.io-client";
import { bridgeLimits } from "../../bridge/limits.ts";
import type {
  BridgeToPage,
  CommandAnswer,
  ConnectionState,
  HeardUpTo,
  JoinAnswer,
  KeptEvent,
  NumberedEvent,
  PageCommand,
  PageHandshake,
  PageToBridge,
  PostAnswer,
  Snapshot,
} from "../../protocol/bridge-events.ts";
import type { Answer } from "../../protocol/commands.ts";
import type { EntryEvent } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import type { PageCommandType } from "../../protocol/page-commands.ts";
import { type Act, Acts, type Change } from "./acts.ts";
import { Changes } from "./changes.ts";
import type { ChaosClient } from "./chaos-client.ts";
import { type Gap, ToldRoom } from "./told-room.ts";
import { View } from "./view.ts";

type BridgeSocket = Socket<BridgeToPage, PageToBridge>;

/** The pause between two acts. */
const ACT_MS = 10;
/** The pause before looking for the bridge again; shorter than a browser's, so that more happens in the same time. */
const RETRY_MIN_MS = 20;
const RETRY_MAX_MS = 200;

export interface PageOptions {
  name: string;
  rooms: readonly string[];
  /** The bridge's port, behind any wire. */
  port: number;
  /** The bridge's name for itself: it answers to no other. */
  host: string;
  /** The pass that the person's browser got for the bridge's link. */
  cookie: string;
}

export class PageClient implements ChaosClient {
  readonly name: string;
  readonly view: View;
  readonly acts: Acts;
  reconnections = 0;
  /** Entries that it asked for because the bridge had left them out. */
  loaded = 0;
  readonly #session = crypto.randomUUID();
  readonly #browser = crypto.randomUUID();
  readonly #rooms: ReadonlyMap<string, ToldRoom>;
  readonly #socket: BridgeSocket;
  readonly #changes = new Changes();
  readonly #actor: NodeJS.Timeout;
  readonly #sending = new Set<string>();
  readonly #loading = new Set<string>();
  #epoch: string | undefined;
  #lastN = 0;
  #connection: ConnectionState | undefined;
  #stopped = false;

  constructor({ name, rooms, port, host, cookie }: PageOptions) {
    this.name = name;
    this.view = new View(name, rooms);
    this.acts = new Acts(name, rooms, this.view);
    this.#rooms = new Map(rooms.map((room) => [room, new ToldRoom(room, this.view)]));
    this.#socket = io(`http://127.0.0.1:${port}`, {
      auth: (send) => send(this.#handshake()),
      transports: ["websocket"],
      extraHeaders: { host, cookie },
      forceNew: true,
      reconnectionDelay: RETRY_MIN_MS,
      reconnectionDelayMax: RETRY_MAX_MS,
    });
    // In a browser, each packet gets a turn of its own, so events and answers are handled in order.
    this.#socket.on("snapshot", (snapshot) => setImmediate(() => this.#snapshot(snapshot)));
    this.#socket.on("connection", (connection) => setImmediate(() => this.#moved(connection)));
    this.#socket.on("events", (events) => {
      setImmediate(() => {
        for (const event of events) this.#event(event);
      });
    });
    this.#socket.on("name", (told) => told === name || this.view.violate(`is called ${told}`));
    this.#socket.on("disconnect", () => setImmediate(() => this.#lost()));
    this.#socket.on("connect_error", ({ message }) => {
      if (!this.#socket.active) this.view.violate(`was not let in: ${message}`);
    });
    this.#actor = setInterval(() => this.#act(), ACT_MS);
  }

  get state(): string {
    const rooms = [...this.#rooms.values()].map(({ name, told, gaps }) => `${name} ${told} ${JSON.stringify(gaps)}`);
    return `${this.acts.waiting.size} unanswered, ${JSON.stringify(this.#connection)}, ${rooms.join(", ")}`;
  }

  /** Closes its connection as a browser does. */
  cut(): void {
    this.#socket.io.engine.close();
  }

  /** Closes its window and returns to it later. */
  goAway(ms: number): void {
    this.#socket.disconnect();
    setTimeout(() => this.#stopped || this.#socket.connect(), ms);
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
    this.cut();
    await this.#changes.until(() => this.#connection === undefined);
    for (const room of this.#rooms.values()) {
      let newest: number | undefined;
      while (newest === undefined) {
        await this.#changes.until(() => this.#isOnline);
        newest = await this.#newest(room.name);
      }
      const last = newest;
      await this.#changes.until(() => (room.told ?? 0) >= last && room.gaps.length === 0);
    }
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#actor);
    this.#socket.disconnect();
  }

  get #isOnline(): boolean {
    return this.#connection?.phase === "online";
  }

  #handshake(): PageHandshake {
    const window = { session: this.#session, browser: this.#browser };
    return this.#epoch === undefined ? { ...window, after: 0 } : { ...window, epoch: this.#epoch, after: this.#lastN };
  }

  #lost(): void {
    if (this.#stopped) return;
    this.reconnections += 1;
    this.#connection = undefined;
    this.#changes.tell();
  }

  #snapshot({ epoch, events, log, connection, rooms = [] }: Snapshot): void {
    const isSame = epoch === this.#epoch;
    if (!isSame) this.#begin(epoch);
    this.#inLog(log);
    const [first] = events;
    if (first && first.n > this.#lastN + 1) this.#dropped(first.n, events.length);
    for (const event of events) this.#event(event);
    for (const { room, seq } of rooms) this.#rooms.get(room)?.stands(seq);
    this.#moved(connection);
  }

  /** The bridge knows nothing of this page, for example because it has restarted. */
  #begin(epoch: string): void {
    this.#epoch = epoch;
    this.#lastN = 0;
    for (const room of this.#rooms.values()) room.begin();
  }

  #dropped(first: number, kept: number): void {
    if (kept < bridgeLimits.replayEventsMax) {
      this.view.violate(`events ${this.#lastN + 1} to ${first - 1} were dropped, and ${kept} kept`);
    }
    this.#lastN = first - 1;
    for (const room of this.#rooms.values()) room.loosen();
  }

  #moved(connection: ConnectionState): void {
    this.#connection = connection;
    if (connection.phase === "online") {
      for (const room of this.#rooms.values()) {
        if (!room.entered) void this.#enter(room);
        void this.#load(room);
      }
    } else if (connection.phase === "idle") {
      // The name is still taken by our own ghost, whose departure the server has not noticed. The person tries again.
      if (connection.refusal) setTimeout(() => this.#join(), RETRY_MAX_MS);
      else void this.#join();
    }
    this.#changes.tell();
  }

  async #join(): Promise<void> {
    if (this.#connection?.phase !== "idle") return;
    const request = { name: this.name, ...this.#upTo(this.#rooms.get("lobby")?.told) };
    const answer = await this.#ask<JoinAnswer>((socket, answered) => socket.emit("join", request, answered));
    if (!answer || answer.ok || answer.code === "cancelled" || answer.code === "name-taken") return;
    this.view.violate(`was not let in: ${answer.code}, ${answer.message}`);
  }

  async #enter(room: ToldRoom): Promise<void> {
    const answer = await this.#command({ type: "join", room: room.name, ...this.#upTo(room.ask()) });
    room.entered = answer !== undefined;
  }

  #upTo(after: number | undefined): HeardUpTo {
    const { log } = this.view;
    return { ...(after === undefined ? {} : { after }), ...(log === undefined ? {} : { log }) };
  }

  /** Whatever follows belongs to the log of this name. */
  #inLog(log: string | undefined): void {
    if (log === undefined || !this.view.inLog(log)) return;
    this.acts.beginAnew();
    for (const room of this.#rooms.values()) room.beginAnew();
  }

  #event({ n, event }: NumberedEvent): void {
    if (n !== this.#lastN + 1) this.view.violate(`event ${n} was told after ${this.#lastN}`);
    this.#lastN = n;
    if (event.type === "member-left" && event.room !== "lobby" && event.name === this.name) {
      this.view.violate(`was taken out of ${event.room}`);
    }
    const room = "room" in event ? this.#rooms.get(event.room) : undefined;
    if (event.type === "joined") this.#inLog(event.log);
    if (room && event.type === "joined") {
      room.joined(event.seq);
      void this.#load(room);
    } else if (room && isEntry(event)) {
      this.view.know(event.room, event);
      room.entry(event.seq);
    }
    this.#changes.tell();
  }

  /** Loads what the bridge has left out, as a person does where the page says that something is missing. */
  async #load(room: ToldRoom): Promise<void> {
    if (this.#loading.has(room.name)) return;
    this.#loading.add(room.name);
    for (let gap = room.gaps[0]; gap && (await this.#loadSome(room, gap)); gap = room.gaps[0]) {
      if (gap.after >= gap.upTo && room.gaps[0] === gap) room.gaps.shift();
    }
    this.#loading.delete(room.name);
    this.#changes.tell();
  }

  /** @returns whether the bridge has answered */
  async #loadSome(room: ToldRoom, gap: Gap): Promise<boolean> {
    if (gap.skipped) {
      const newest = await this.#newest(room.name);
      if (newest === undefined) return false;
      if (room.gaps[0] !== gap) return true;
      gap.skipped = false;
      if (newest < gap.upTo + bridgeLimits.missedMessagesMax) {
        this.view.violate(`${room.name} skipped ${gap.after + 1} to ${gap.upTo}, and ends at ${newest}`);
      }
    }
    const { after } = gap;
    const limit = wireLimits.historyMessagesMax;
    const answer = await this.#command({ type: "history", room: room.name, after, changes: true, limit });
    if (!answer) return false;
    // The log was replaced meanwhile, and the gap with it.
    if (room.gaps[0] !== gap) return true;
    for (const entry of answer.messages ?? []) {
      if (entry.seq !== gap.after + 1) this.view.violate(`${room.name} has no entry ${gap.after + 1}`);
      this.view.know(room.name, entry);
      this.loaded += entry.seq <= gap.upTo ? 1 : 0;
      gap.after = entry.seq;
    }
    if (gap.after === after) {
      this.view.violate(`${room.name} has nothing after ${after}`);
      gap.after = gap.upTo;
    }
    return true;
  }

  /** The seq of the last entry of a room; undefined when the bridge could not be asked. */
  async #newest(room: string): Promise<number | undefined> {
    const answer = await this.#command({ type: "history", room, changes: true, limit: 1 });
    return answer && (answer.messages.at(-1)?.seq ?? 0);
  }

  /** Sends what is waiting for an answer and not on its way, and something new. */
  #act(): void {
    if (!this.#isOnline) return;
    this.acts.next();
    for (const act of this.acts.waiting.values()) {
      if (!this.#sending.has(act.id) && this.#rooms.get(act.room)?.entered) void this.#send(act);
    }
  }

  async #send(act: Act): Promise<void> {
    this.#sending.add(act.id);
    await (act.type === "post" ? this.#sendPost(act) : this.#sendChange(act));
    this.#sending.delete(act.id);
    this.#changes.tell();
  }

  async #sendPost(act: Act & { type: "post" }): Promise<void> {
    const { type: _, ...post } = act;
    const answer = await this.#ask<PostAnswer>((socket, answered) => socket.emit("post", post, answered));
    if (answer?.ok) {
      const { msgid, seq, time } = answer;
      const { room, text } = post;
      this.acts.posted(act, msgid, this.view.said(room, { msgid, seq, time, from: this.name, text }));
    } else if (answer) this.#refused("post", answer);
  }

  async #sendChange(change: Change): Promise<void> {
    const answer = await this.#ask<CommandAnswer<PageCommandType>>((socket, answered) =>
      socket.emit("ask", change, answered),
    );
    // The log was replaced meanwhile.
    if (!this.acts.waiting.has(change.id)) return;
    if (answer?.ok) this.acts.changed(change);
    else if (answer && !this.acts.mayRefuse(change, answer.code)) this.#refused(change.type, answer);
  }

  /** Undefined when there was no answer, or none yet: it must be asked again. */
  async #command<T extends PageCommandType>(
    command: PageCommand & { type: T },
  ): Promise<({ ok: true } & Answer<T>) | undefined> {
    const answer = await this.#ask<CommandAnswer<T>>((socket, answered) =>
      // The type allows any answer; this is the one to this command.
      socket.emit("ask", command, (told) => answered(told as CommandAnswer<T>)),
    );
    if (answer?.ok) return answer;
    if (answer) this.#refused(command.type, answer);
    return undefined;
  }

  #refused(what: string, { code, message }: { code: string; message: string }): void {
    const mayBeAskedAgain = code === "offline" || code === "lost" || code === "busy";
    if (!mayBeAskedAgain) this.view.violate(`${what} was refused: ${code}, ${message}`);
  }

  /** Undefined when the connection to the bridge broke before the answer, or was not there. */
  async #ask<T>(question: (socket: BridgeSocket, answered: (answer: T) => void) => void): Promise<T | undefined> {
    if (!this.#socket.connected) return undefined;
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    const inTurn = (answer?: T) => setImmediate(() => resolve(answer));
    const lost = () => inTurn();
    this.#socket.once("disconnect", lost);
    question(this.#socket, (answer) => {
      this.#socket.off("disconnect", lost);
      inTurn(answer);
    });
    return promise;
  }
}

function isEntry(event: KeptEvent): event is EntryEvent {
  return event.type === "message" || event.type === "edit" || event.type === "delete" || event.type === "react";
}
