/**
 * A page that never gives up: it does over socket.io what ui/store does, and posts all the time. It resends what was not
 * answered under the same id, joins again when the bridge has forgotten it, loads what the bridge has left out, and writes
 * down everything it was told. What it must not be told, it reports.
 */
import { io, type Socket } from "socket.io-client";
import { bridgeLimits } from "../../bridge/limits.ts";
import type {
  BridgeToPage,
  CommandAnswer,
  ConnectionState,
  NumberedEvent,
  PageCommand,
  PageCommandType,
  PageHandshake,
  PageToBridge,
  PostRequest,
  Snapshot,
} from "../../protocol/bridge-events.ts";
import type { Answer } from "../../protocol/commands.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { Changes } from "./changes.ts";
import type { ChaosClient } from "./chaos-client.ts";
import { Posts } from "./posts.ts";
import { type Gap, ToldRoom } from "./told-room.ts";
import { messagesOf, View } from "./view.ts";

type BridgeSocket = Socket<BridgeToPage, PageToBridge>;

/** Between two new posts. */
const POST_MS = 10;
/** Looking for the bridge again; quicker than a browser's page, so that more happens in the same time. */
const RETRY_MIN_MS = 20;
const RETRY_MAX_MS = 200;

export interface PageOptions {
  name: string;
  rooms: readonly string[];
  /** Where the bridge is, through whatever wire. */
  port: number;
  /** What the bridge calls itself: it answers to no other name. */
  host: string;
}

export class PageClient implements ChaosClient {
  readonly name: string;
  readonly view: View;
  readonly posts: Posts;
  reconnections = 0;
  /** Messages that it asked for itself, because the bridge had left them out. */
  loaded = 0;
  readonly #session = crypto.randomUUID();
  readonly #browser = crypto.randomUUID();
  readonly #rooms: ReadonlyMap<string, ToldRoom>;
  readonly #socket: BridgeSocket;
  readonly #changes = new Changes();
  readonly #poster: NodeJS.Timeout;
  readonly #sending = new Set<string>();
  readonly #loading = new Set<string>();
  #epoch: string | undefined;
  #lastN = 0;
  #connection: ConnectionState | undefined;
  #stopped = false;

  constructor({ name, rooms, port, host }: PageOptions) {
    this.name = name;
    this.view = new View(name, rooms);
    this.posts = new Posts(name, rooms);
    this.#rooms = new Map(rooms.map((room) => [room, new ToldRoom(room, this.view)]));
    this.#socket = io(`http://127.0.0.1:${port}`, {
      auth: (send) => send(this.#handshake()),
      transports: ["websocket"],
      extraHeaders: { host },
      forceNew: true,
      reconnectionDelay: RETRY_MIN_MS,
      reconnectionDelayMax: RETRY_MAX_MS,
    });
    this.#socket.on("snapshot", (snapshot) => this.#snapshot(snapshot));
    this.#socket.on("connection", (link) => this.#moved(link));
    this.#socket.on("events", (events) => {
      for (const event of events) this.#event(event);
    });
    this.#socket.on("name", (told) => told === name || this.view.violate(`is called ${told}`));
    this.#socket.on("disconnect", () => this.#lost());
    this.#socket.on("connect_error", ({ message }) => {
      if (!this.#socket.active) this.view.violate(`was not let in: ${message}`);
    });
    this.#poster = setInterval(() => this.#post(), POST_MS);
  }

  get state(): string {
    const rooms = [...this.#rooms.values()].map(({ name, told, gaps }) => `${name} ${told} ${JSON.stringify(gaps)}`);
    return `${this.posts.waiting.size} unanswered, ${JSON.stringify(this.#connection)}, ${rooms.join(", ")}`;
  }

  /** Closes its connection as a browser does. */
  cut(): void {
    this.#socket.io.engine.close();
  }

  /** Closes its window and finds it again later. */
  goAway(ms: number): void {
    this.#socket.disconnect();
    setTimeout(() => this.#stopped || this.#socket.connect(), ms);
  }

  answered(): Promise<void> {
    const before = this.posts.acknowledged.length;
    return this.#changes.until(() => this.posts.acknowledged.length > before);
  }

  async finish(): Promise<void> {
    this.posts.end();
    await this.#changes.until(() => this.posts.waiting.size === 0);
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
    clearInterval(this.#poster);
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

  #snapshot({ epoch, events, connection, rooms = [] }: Snapshot): void {
    const isSame = epoch === this.#epoch;
    if (!isSame) this.#begin(epoch);
    const [first] = events;
    if (first && first.n > this.#lastN + 1) this.#dropped(first.n, events.length);
    for (const event of events) this.#event(event);
    for (const { room, seq } of rooms) this.#rooms.get(room)?.stands(seq);
    this.#moved(connection);
  }

  /** The bridge has restarted, say: it knows nothing of this page. */
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
      // The name is still taken: by our own ghost, whom the server has not seen go. The person tries again.
      if (connection.refusal) setTimeout(() => this.#join(), RETRY_MAX_MS);
      else void this.#join();
    }
    this.#changes.tell();
  }

  async #join(): Promise<void> {
    if (this.#connection?.phase !== "idle") return;
    const after = this.#rooms.get("lobby")?.told;
    const request = after === undefined ? { name: this.name } : { name: this.name, after };
    const answer = await this.#ask((socket) => socket.emitWithAck("join", request));
    if (!answer || answer.ok || answer.code === "cancelled" || answer.code === "name-taken") return;
    this.view.violate(`was not let in: ${answer.code}, ${answer.message}`);
  }

  async #enter(room: ToldRoom): Promise<void> {
    const after = room.ask();
    const answer = await this.#command({ type: "join", room: room.name, ...(after === undefined ? {} : { after }) });
    room.entered = answer !== undefined;
  }

  #event({ n, event }: NumberedEvent): void {
    if (n !== this.#lastN + 1) this.view.violate(`event ${n} was told after ${this.#lastN}`);
    this.#lastN = n;
    if (event.type === "member-left" && event.room !== "lobby" && event.name === this.name) {
      this.view.violate(`was taken out of ${event.room}`);
    }
    const room = event.type === "joined" || event.type === "message" ? this.#rooms.get(event.room) : undefined;
    if (room && event.type === "joined") {
      room.joined(event.seq);
      void this.#load(room);
    } else if (room && event.type === "message") {
      this.view.know(event.room, event);
      room.message(event.seq);
    }
    this.#changes.tell();
  }

  /** Loads what the bridge has left out, as a person does where the page says that something is missing. */
  async #load(room: ToldRoom): Promise<void> {
    if (this.#loading.has(room.name)) return;
    this.#loading.add(room.name);
    for (let gap = room.gaps[0]; gap && (await this.#loadSome(room, gap)); gap = room.gaps[0]) {
      if (gap.after >= gap.upTo) room.gaps.shift();
    }
    this.#loading.delete(room.name);
    this.#changes.tell();
  }

  /** @returns whether the bridge has answered */
  async #loadSome(room: ToldRoom, gap: Gap): Promise<boolean> {
    if (gap.skipped) {
      const newest = await this.#newest(room.name);
      if (newest === undefined) return false;
      gap.skipped = false;
      if (newest < gap.upTo + bridgeLimits.missedMessagesMax) {
        this.view.violate(`${room.name} skipped ${gap.after + 1} to ${gap.upTo}, and ends at ${newest}`);
      }
    }
    const { after } = gap;
    const limit = wireLimits.historyMessagesMax;
    const answer = await this.#command({ type: "history", room: room.name, after, limit });
    if (!answer) return false;
    for (const message of messagesOf(answer.messages)) {
      if (message.seq !== gap.after + 1) this.view.violate(`${room.name} has no message ${gap.after + 1}`);
      this.view.know(room.name, message);
      this.loaded += message.seq <= gap.upTo ? 1 : 0;
      gap.after = message.seq;
    }
    if (gap.after === after) {
      this.view.violate(`${room.name} has nothing after ${after}`);
      gap.after = gap.upTo;
    }
    return true;
  }

  /** The seq of the last message of a room; undefined when the bridge could not be asked. */
  async #newest(room: string): Promise<number | undefined> {
    const answer = await this.#command({ type: "history", room, limit: 1 });
    return answer && (answer.messages.at(-1)?.seq ?? 0);
  }

  /** Sends what waits for its answer and is not on its way, and something new. */
  #post(): void {
    if (!this.#isOnline) return;
    this.posts.next();
    for (const post of this.posts.waiting.values()) {
      if (!this.#sending.has(post.id) && this.#rooms.get(post.room)?.entered) void this.#send(post);
    }
  }

  async #send(post: PostRequest): Promise<void> {
    const { id, room, text } = post;
    this.#sending.add(id);
    const answer = await this.#ask((socket) => socket.emitWithAck("post", post));
    this.#sending.delete(id);
    if (answer?.ok) {
      const { msgid, seq, time } = answer;
      this.posts.answered(post, this.view.know(room, { msgid, seq, time, from: this.name, text }));
      this.#changes.tell();
    } else if (answer) this.#refused("post", answer);
  }

  /** Undefined when there was no answer, or none yet: it is to be asked again. */
  async #command<T extends PageCommandType>(
    command: PageCommand & { type: T },
  ): Promise<({ ok: true } & Answer<T>) | undefined> {
    const answer = await this.#ask((socket) => socket.emitWithAck("ask", command) as Promise<CommandAnswer<T>>);
    if (answer?.ok) return answer;
    if (answer) this.#refused(command.type, answer);
    return undefined;
  }

  #refused(what: string, { code, message }: { code: string; message: string }): void {
    const mayBeAskedAgain = code === "offline" || code === "lost" || code === "busy";
    if (!mayBeAskedAgain) this.view.violate(`${what} was refused: ${code}, ${message}`);
  }

  /** Undefined when the connection to the bridge broke before the answer, or was not there. */
  async #ask<T>(question: (socket: BridgeSocket) => Promise<T>): Promise<T | undefined> {
    if (!this.#socket.connected) return undefined;
    return question(this.#socket).catch(() => undefined);
  }
}
