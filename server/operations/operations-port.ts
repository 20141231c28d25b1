/**
 * The port for whoever operates the server: metrics, and whether it is alive and ready. It listens on loopback only,
 * and its requests are bounded in size, time and number, since other programs of this computer can send any.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { refusalOf } from "./http-guard.ts";

export interface OperationsPage {
  status: number;
  type: string;
  body: string;
}

/** What is answered, by path. */
export type OperationsPages = Readonly<Record<string, () => Promise<OperationsPage>>>;

/** Where it listens. */
const HOST = "127.0.0.1";
/** Connections at a time; further ones are closed at once. */
const CONNECTIONS_MAX = 32;
/** Milliseconds for a whole request to arrive. */
const REQUEST_MS = 5_000;
const HEADER_BYTES_MAX = 8_192;

/** @throws the system's error when the port cannot be listened on */
export async function listenForOperations(
  wantedPort: number,
  pages: OperationsPages,
): Promise<{ port: number; close(): void }> {
  const server = createServer(
    {
      headersTimeout: REQUEST_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: REQUEST_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
    },
    (request, response) => void answer(request, response, portOf(server), pages),
  );
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: HOST, port: wantedPort }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  // What was accepted and then failed concerns whoever connected.
  server.on("error", () => {});
  return {
    port: portOf(server),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  pages: OperationsPages,
): Promise<void> {
  const refusal = refusalOf(request.method, request.headers, port);
  if (refusal) return send(response, textAnswer(refusal.status, refusal.reason));
  const [path = ""] = (request.url ?? "").split("?");
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (!page) return send(response, textAnswer(404, `There is ${Object.keys(pages).join(", ")}.`));
  try {
    send(response, await page());
  } catch (error) {
    send(response, textAnswer(500, (error as Error).message));
  }
}

function textAnswer(status: number, text: string): OperationsPage {
  return { status, type: "text/plain; charset=utf-8", body: `${text}\n` };
}

function send(response: ServerResponse, { status, type, body }: OperationsPage): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  // Node leaves the body out of an answer to HEAD.
  response.end(body);
}
