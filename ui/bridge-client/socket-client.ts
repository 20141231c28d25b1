/** The bridge client over socket.io, to the bridge that served the page. The only file that knows socket.io. */
import { io, type Socket } from "socket.io-client";
import type {
  BridgeToPage,
  CommandAnswer,
  HeardUpTo,
  Inspection,
  JoinAnswer,
  JoinCredentials,
  PageCommand,
  PageHandshake,
  PageToBridge,
  PostAnswer,
  PostRequest,
} from "../../protocol/bridge-events.ts";
import type { BridgeInvitation } from "../../protocol/bridge-invitation.ts";
import type { PageCommandType } from "../../protocol/page-commands.ts";
import type { BridgeClient, BridgeListener } from "./bridge-client.ts";

/** The bridge runs on the same machine, so looking for it again is cheap. */
const reconnectMinMs = 250;
const reconnectMaxMs = 2_000;

export class SocketClient implements BridgeClient {
  readonly #shutOut: () => void;
  #socket: Socket<BridgeToPage, PageToBridge> | undefined;
  #isAskingWhy = false;

  /** @param shutOut called when the bridge is there, but does not let this browser in without its link */
  constructor(shutOut: () => void) {
    this.#shutOut = shutOut;
  }

  open(handshake: () => PageHandshake, listener: BridgeListener): void {
    const socket: Socket<BridgeToPage, PageToBridge> = io({
      auth: (send) => send(handshake()),
      // Long polling would not help: a page cannot read why a WebSocket was refused, and the first event would only
      // come later.
      transports: ["websocket"],
      reconnectionDelay: reconnectMinMs,
      reconnectionDelayMax: reconnectMaxMs,
    });
    this.#socket = socket;
    socket.on("snapshot", (snapshot) => listener.snapshot(snapshot));
    socket.on("connection", (state) => listener.connection(state));
    socket.on("name", (name, same) => listener.name(name, same));
    socket.on("events", (events) => {
      for (const event of events) listener.event(event);
    });
    socket.on("typing", (event) => listener.typing(event));
    socket.on("disconnect", () => listener.lost());
    socket.on("connect_error", () => {
      listener.lost();
      void this.#askWhy();
      // Socket.io gives up when the bridge itself refuses, but the refusal may be temporary: the bridge may have been
      // full.
      if (!socket.active) setTimeout(() => this.#socket === socket && socket.connect(), reconnectMaxMs);
    });
  }

  close(): void {
    // Nobody needs to hear that a connection broke which was closed on purpose.
    this.#socket?.off().disconnect();
    this.#socket = undefined;
  }

  async join(name: string, upTo: HeardUpTo, credentials: JoinCredentials): Promise<JoinAnswer | undefined> {
    return this.#ask((socket) => socket.emitWithAck("join", { name, ...upTo, ...credentials }));
  }

  async post(request: PostRequest): Promise<PostAnswer> {
    if (!this.#socket?.connected) return { ok: false, code: "offline", message: "the bridge cannot be reached" };
    const answer = await this.#ask((socket) => socket.emitWithAck("post", request));
    return answer ?? { ok: false, code: "lost", message: "the connection to the bridge broke" };
  }

  async ask<T extends PageCommandType>(command: PageCommand & { type: T }): Promise<CommandAnswer<T>> {
    if (!this.#socket?.connected) return { ok: false, code: "offline", message: "the bridge cannot be reached" };
    // The command decides the type of the answer; to socket.io, it is any of the answers.
    const answer = await this.#ask((socket) => socket.emitWithAck("ask", command) as Promise<CommandAnswer<T>>);
    return answer ?? { ok: false, code: "lost", message: "the connection to the bridge broke" };
  }

  async inspect(): Promise<Inspection | undefined> {
    return this.#ask((socket) => socket.emitWithAck("inspect"));
  }

  invitation(): Promise<BridgeInvitation | undefined> {
    return this.#ask((socket) => socket.emitWithAck("invitation"));
  }

  attend(attentive: boolean): void {
    if (this.#socket?.connected) this.#socket.emit("attend", { attentive });
  }

  async quit(): Promise<boolean> {
    return (await this.#ask((socket) => socket.emitWithAck("quit").then(() => true))) ?? false;
  }

  /** A page is not told why a WebSocket was refused. */
  async #askWhy(): Promise<void> {
    if (this.#isAskingWhy) return;
    this.#isAskingWhy = true;
    const answer = await fetch("/", { method: "HEAD", cache: "no-store" }).catch(() => undefined);
    this.#isAskingWhy = false;
    if (answer?.status === 401) this.#shutOut();
  }

  /**
   * Asks only while connected: socket.io would keep the question and send it later, when nobody waits for the answer.
   */
  async #ask<T>(question: (socket: Socket<BridgeToPage, PageToBridge>) => Promise<T>): Promise<T | undefined> {
    if (!this.#socket?.connected) return undefined;
    try {
      return await question(this.#socket);
    } catch {
      return undefined;
    }
  }
}
