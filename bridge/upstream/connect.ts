/**
 * Opens one person's TCP connection, waits for the greeting, decides which dialect the server speaks, and passes the
 * socket's bytes to it. It writes nothing itself: to an old server, the first bytes are the person's name.
 */
import { createConnection, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { formatAddress, isLoopback } from "../../protocol/address.ts";
import type {
  BridgeCommand,
  BridgeCommandType,
  CommandAnswer,
  ConnectionError,
  HeardUpTo,
  PostAnswer,
  PostRequest,
  Protection,
  Refusal,
} from "../../protocol/bridge-events.ts";
import { lobby } from "../../protocol/names.ts";
import { reset } from "../../tcp/reset.ts";
import type { BridgeLimits } from "../limits.ts";
import type { Proof } from "../proof.ts";
import type { ServerCheck } from "../tls/server-check.ts";
import { tlsFailure } from "../tls/tls-failure.ts";
import { tlsRefusal } from "../tls/tls-refusals.ts";
import { isSalottoGreeting, isTlsPort, isWebServer, webServerRefusal } from "./greeting.ts";
import { LegacyClient } from "./legacy-client.ts";
import type { LineEnd } from "./legacy-ending.ts";
import { legacyFamilyOf } from "./legacy-families.ts";
import { noAccounts } from "./login.ts";
import { ReadThrottle } from "./read-throttle.ts";
import { SalottoClient } from "./salotto-client.ts";
import type { OpenUpstream, Upstream, UpstreamListener } from "./upstream.ts";
import type { UpstreamClient, UpstreamClientParts, UpstreamMemory, Wire } from "./upstream-client.ts";
import { describeConnectionError } from "./upstream-error.ts";

export interface ChatServer {
  host: string;
  /** 1 to 65535. */
  port: number;
  /** The line ending, if it is an old server. */
  lineEnd: LineEnd;
  /** With it, everything goes over TLS, and only to a server that it accepts. */
  check?: ServerCheck | undefined;
}

/** Bytes of greeting kept while deciding. A server that says more than this before any name is an old one. */
const greetingBytesMax = 4_096;
const keepAliveMs = 30_000;

const offline = { ok: false, code: "offline", message: "not connected to the chat" } as const;

/**
 * Returns a function that opens connections to this server, one after another, for one person.
 * @param upTo how much of the lobby the page has
 */
export function upstreamOpener(
  server: ChatServer,
  limits: BridgeLimits,
  { after, log }: HeardUpTo,
  proof: Proof,
): OpenUpstream {
  const heard: UpstreamMemory["heard"] = new Map([[lobby, after]]);
  const memory: UpstreamMemory = { heard, log, proof, greetsAsSalotto: false, hangUps: 0 };
  return (name, listener) => new UpstreamConnection(server, { name, listener, limits, memory });
}

class UpstreamConnection implements Upstream {
  readonly #parts: Omit<UpstreamClientParts, "wire" | "isPrivate">;
  readonly #address: string;
  readonly #server: ChatServer;
  readonly #tcp: Socket;
  readonly #socket: Socket;
  readonly #throttle: ReadThrottle;
  #timer: NodeJS.Timeout;
  #client: UpstreamClient | undefined;
  #greeting = Buffer.alloc(0);
  /** The TCP connection was open, the TLS connection perhaps not yet. */
  #wasReached = false;
  #wasOpen = false;
  #protection: Protection | undefined;
  /** The server has said something. */
  #hasSpoken = false;
  #failure: NodeJS.ErrnoException | string = "closed-by-server";
  #closed = false;

  constructor(server: ChatServer, parts: Omit<UpstreamClientParts, "wire" | "isPrivate">) {
    const { host, port, check } = server;
    this.#parts = parts;
    this.#server = server;
    this.#address = formatAddress(host, port);
    this.#tcp = createConnection({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
    this.#socket = check ? secure(this.#tcp, host, check) : this.#tcp;
    this.#timer = setTimeout(() => {
      this.#failure = "ETIMEDOUT";
      // The handshake is not over, so nobody can mistake this for a person leaving.
      this.#tcp.destroy();
    }, parts.limits.connectMs);
    this.#tcp.once("connect", () => {
      this.#wasReached = true;
    });
    this.#socket.once(check ? "secureConnect" : "connect", () => this.#connected());
    const { floodBytesPerSecond: bytesPerSecond, floodBurstBytes: burstBytes } = parts.limits;
    this.#throttle = new ReadThrottle(this.#socket, { bytesPerSecond, burstBytes }, (chunk, continues) =>
      this.#received(chunk, continues),
    );
    this.#socket.on("data", (chunk) => this.#throttle.take(chunk));
    for (const socket of new Set([this.#socket, this.#tcp])) {
      socket.on("error", (error) => {
        this.#failure = error;
      });
    }
    this.#socket.once("close", () => this.#end());
  }

  post(request: PostRequest): Promise<PostAnswer> {
    return this.#client?.post(request) ?? Promise.resolve(offline);
  }

  ask<T extends BridgeCommandType>(command: BridgeCommand<T>): Promise<CommandAnswer<T>> {
    return this.#client?.ask(command) ?? Promise.resolve(offline);
  }

  quit(signsOut = false): void {
    if (this.#client) {
      this.#client.quit(signsOut);
      return;
    }
    // No name was given yet. An old server would announce a nameless join when it sees a FIN, so this must be a reset.
    // Node holds the reset back until the socket is connected, and nobody needs to wait for it.
    if (this.#wasOpen) clearTimeout(this.#timer);
    this.#closed = true;
    this.#socket.removeAllListeners("data");
    this.#reset();
    this.#parts.listener.closed({ kind: "quit" });
  }

  abandon(): void {
    this.#closed = true;
    this.#reset();
  }

  #reset(): void {
    this.#throttle.stop();
    reset(this.#socket, this.#tcp);
  }

  /** The server is not one to talk to, and will not be one a moment later either. */
  #refuse(refusal: Refusal): void {
    clearTimeout(this.#timer);
    this.abandon();
    this.#parts.listener.closed({ kind: "refused", refusal });
  }

  #connected(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const checked = this.#server.check?.check(this.#socket as TLSSocket);
    if (checked?.ok === false) return this.#refuse(checked.refusal);
    this.#wasOpen = true;
    if (checked) this.#protection = checked.protection;
    else if (!isLoopback(this.#tcp.remoteAddress ?? "")) this.#protection = { kind: "none" };
    const { limits, memory } = this.#parts;
    this.#timer = setTimeout(() => this.#decide(), memory.greetsAsSalotto ? limits.answerMs : limits.greetingMs);
  }

  #received(chunk: Buffer, continues: boolean): void {
    if (this.#closed) return;
    this.#parts.listener.received(chunk);
    if (!this.#hasSpoken && !this.#server.check && isTlsPort(chunk)) {
      return this.#refuse(tlsRefusal("tls-needed", String(this.#server.port)));
    }
    this.#hasSpoken = true;
    if (this.#client) {
      this.#client.receive(chunk, continues);
      return;
    }
    this.#greeting = Buffer.concat([this.#greeting, chunk]);
    const text = this.#greeting.toString("utf8");
    const decided = isSalottoGreeting(text) || legacyFamilyOf(text) || this.#greeting.length > greetingBytesMax;
    if (decided || isWebServer(text)) this.#decide();
  }

  #decide(): void {
    clearTimeout(this.#timer);
    const wire: Wire = {
      write: (text) => {
        this.#parts.listener.sent(text);
        this.#socket.write(text);
      },
      bytesWaiting: () => this.#socket.writableLength,
      holdsBack: () => this.#throttle.holds,
      end: () => this.#socket.end(),
      reset: () => this.#reset(),
      fail: (code) => {
        this.#failure = code;
        this.#reset();
      },
    };
    const listener: UpstreamListener = {
      ...this.#parts.listener,
      online: (info, name) =>
        this.#parts.listener.online({ ...info, ...(this.#protection && { protection: this.#protection }) }, name),
    };
    const isPrivate = this.#server.check !== undefined || isLoopback(this.#tcp.remoteAddress ?? "");
    const parts = { ...this.#parts, wire, listener, isPrivate };
    const greeting = this.#greeting.toString("utf8");
    const expected = this.#parts.memory.greetsAsSalotto;
    this.#parts.memory.greetsAsSalotto = isSalottoGreeting(greeting);
    if (isWebServer(greeting)) {
      this.#refuse(webServerRefusal);
    } else if (expected && !this.#parts.memory.greetsAsSalotto) {
      // It must not be given a bare name. The next attempt will know what it is.
      wire.fail("no-answer");
    } else if (this.#parts.memory.greetsAsSalotto) {
      this.#client = new SalottoClient(parts);
      // Its first events may have arrived together with the greeting.
      this.#client.receive(this.#greeting);
    } else if (this.#parts.memory.proof.credentials.register) {
      this.abandon();
      this.#parts.listener.closed({ kind: "refused", refusal: noAccounts });
    } else {
      const { legacyFloodBytesPerSecond: bytesPerSecond, legacyFloodBurstBytes: burstBytes } = parts.limits;
      this.#throttle.budget = { bytesPerSecond, burstBytes };
      this.#client = new LegacyClient(parts, greeting, this.#server.lineEnd);
    }
    this.#greeting = Buffer.alloc(0);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#throttle.drain();
    if (this.#closed) return;
    this.#closed = true;
    const failed = this.#server.check && this.#wasReached && !this.#wasOpen ? tlsFailure(this.#failure) : undefined;
    if (failed?.kind === "refused") return this.#parts.listener.closed(failed);
    if (failed) this.#failure = failed.code;
    const error: ConnectionError = describeConnectionError(this.#failure, this.#wasOpen, this.#address);
    if (this.#client) this.#client.disconnected(error);
    else this.#parts.listener.closed({ kind: "lost", error });
  }
}

/** TLS over that connection. Any certificate is accepted, because it is checked before anything is said. */
function secure(tcp: Socket, host: string, { context }: ServerCheck): TLSSocket {
  const name = isIP(host) === 0 ? { servername: host } : {};
  return connectTls({ socket: tcp, host, ...name, secureContext: context, rejectUnauthorized: false });
}
