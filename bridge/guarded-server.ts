/**
 * The only listener: every request and every upgrade passes the guard and the door here before anything else sees it. It
 * does not know what the inner server does.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { Duplex } from "node:stream";
import type { SecureContextOptions } from "node:tls";
import type { Logger } from "pino";
import type { Repeats } from "../cli/repeats.ts";
import { isLoopback } from "../protocol/address.ts";
import type { Entry, PageDoor } from "./door/door.ts";
import { answerAtDoor, type DoorAnswer } from "./door/door-answers.ts";
import type { Holder } from "./door/pass.ts";
import { judgeRequest } from "./guard.ts";
import { securityHeaders } from "./http.ts";

interface Options {
  /** Undefined when everybody on this computer may use the bridge. */
  door: PageDoor | undefined;
  /** With the page's certificate and key; undefined where it comes without TLS. */
  tls?: SecureContextOptions | undefined;
  /** Its names besides those of loopback. */
  names: () => readonly string[];
  connectionsOfAddressMax: number;
  /** Called before the inner server gets a request. `holder`: who sends it, where that is asked. */
  came(request: IncomingMessage, holder: Holder | undefined): void;
  logger: Logger;
  repeats: Repeats;
}

/**
 * @param inner receives what is let through, as events; it never listens itself
 * @returns the server to listen with
 */
export function createGuardedServer(inner: Server, options: Options): Server {
  const { door, tls, logger, repeats } = options;
  const guarded = tls ? createSecureServer(tls) : createServer();
  limitConnections(guarded, options.connectionsOfAddressMax);
  const portOf = () => {
    const address = guarded.address();
    return typeof address === "object" && address ? address.port : 0;
  };
  const guard = ({ method, headers }: IncomingMessage): DoorAnswer | undefined => {
    const verdict = judgeRequest(method, headers, {
      ...{ port: portOf(), isSecure: tls !== undefined, names: options.names() },
    });
    if (verdict.ok) return undefined;
    const refused = { host: headers.host, origin: headers.origin, status: verdict.status };
    repeats.tell("foreign", (more) => logger.warn({ ...refused, ...more }, "refused a foreign request"));
    const type = { "Content-Type": "text/plain; charset=utf-8" };
    return { status: verdict.status, headers: type, body: `${verdict.reason}\n` };
  };
  const knock = ({ method, url, headers, socket }: IncomingMessage): Entry => {
    const address = socket.remoteAddress ?? "";
    const entry = door?.judge({ method, url, headers, address, port: portOf() }) ?? { kind: "in" };
    if (entry.kind === "refused") {
      // The request's address is not for the log: it may contain a token.
      const refused = { address, status: entry.status };
      repeats.tell("no pass", (more) => logger.warn({ ...refused, ...more }, "refused somebody without the link"));
    }
    return entry;
  };
  guarded.on("request", (request, response) => {
    const refusal = guard(request);
    if (refusal) {
      respond(response, refusal);
      return;
    }
    const entry = knock(request);
    if (entry.kind === "in") {
      if (entry.cookie !== undefined) response.setHeader("Set-Cookie", entry.cookie);
      options.came(request, entry.holder);
      inner.emit("request", request, response);
    } else {
      securityHeaders(request, response, () => respond(response, answerAtDoor(entry, request.headers)));
    }
  });
  guarded.on("upgrade", (request, socket, head) => {
    const refusal = guard(request);
    if (refusal) {
      refuseUpgrade(socket, refusal);
      return;
    }
    const entry = knock(request);
    if (entry.kind === "in") {
      options.came(request, entry.holder);
      inner.emit("upgrade", request, socket, head);
    } else refuseUpgrade(socket, answerAtDoor(entry, request.headers));
  });
  return guarded;
}

/** One computer on the network must not take all of the bridge. Those on this one are not told apart. */
function limitConnections(server: Server, max: number): void {
  const open = new Map<string, number>();
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    if (isLoopback(address)) return;
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
    if (count > max) socket.destroy();
  });
}

function respond(response: ServerResponse, { status, headers, body }: DoorAnswer): void {
  response.writeHead(status, { ...headers, Connection: "close" });
  response.end(body);
}

function refuseUpgrade(socket: Duplex, { status, headers, body }: DoorAnswer): void {
  // A refused client may be gone before the answer.
  socket.on("error", () => socket.destroy());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "Connection: close", "", body].join("\r\n"));
}
