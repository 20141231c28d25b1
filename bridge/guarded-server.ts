/**
 * The only listener: every request and every upgrade passes the guard here before anything else sees it. It does not
 * know what the inner server does.
 */
import { createServer, type IncomingHttpHeaders, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import type { Repeats } from "../cli/repeats.ts";
import { judgeRequest } from "./guard.ts";

/**
 * @param inner receives what the guard lets through, as events; it never listens itself
 * @returns the server to listen with
 */
export function createGuardedServer(inner: Server, logger: Logger, repeats: Repeats): Server {
  const guarded = createServer();
  const judge = (method: string | undefined, headers: IncomingHttpHeaders) => {
    const address = guarded.address();
    const verdict = judgeRequest(method, headers, typeof address === "object" && address ? address.port : 0);
    if (!verdict.ok) {
      const refused = { host: headers.host, origin: headers.origin, status: verdict.status };
      repeats.tell("foreign", (more) => logger.warn({ ...refused, ...more }, "refused a foreign request"));
    }
    return verdict;
  };
  guarded.on("request", (request, response) => {
    const verdict = judge(request.method, request.headers);
    if (verdict.ok) {
      inner.emit("request", request, response);
      return;
    }
    response.writeHead(verdict.status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
    response.end(`${verdict.reason}\n`);
  });
  guarded.on("upgrade", (request, socket, head) => {
    const verdict = judge(request.method, request.headers);
    if (verdict.ok) inner.emit("upgrade", request, socket, head);
    else refuseUpgrade(socket, verdict.status, verdict.reason);
  });
  return guarded;
}

function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  // A refused client may be gone before the answer.
  socket.on("error", () => socket.destroy());
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, "Content-Type: text/plain; charset=utf-8"];
  socket.end(`${[...head, "Connection: close"].join("\r\n")}\r\n\r\n${reason}\n`);
}
