/**
 * Finds a free web port and listens on it, on this computer's loopback addresses only. What is served there is up to
 * the caller.
 */
import type { Server } from "node:http";
import { createServer, type Server as NetServer } from "node:net";

/** Ports tried one after another when the wanted one is taken. */
export const portsTriedMax = 20;

export interface Listening {
  port: number;
  /** Stops accepting connections; open ones stay. */
  close(): void;
}

/** `message` tells people why. */
export type ListenResult = { ok: true; listening: Listening } | { ok: false; message: string };

/**
 * Browsers resolve `localhost` to either 127.0.0.1 or ::1, so both listen on the same port; a computer without IPv6
 * listens on the first only.
 * @param wantedPort 0 for any free port
 */
export async function listenOnLoopback(server: Server, wantedPort: number): Promise<ListenResult> {
  const last = wantedPort === 0 ? 0 : Math.min(wantedPort + portsTriedMax - 1, 65_535);
  for (let port = wantedPort; port <= last; port++) {
    const result = await listenOnBoth(server, port);
    if (result.ok) return result;
    if (result.error.code !== "EADDRINUSE") return { ok: false, message: explainListenError(result.error, port) };
  }
  const which = last === wantedPort ? `port ${last} is` : `ports ${wantedPort} to ${last} are`;
  return { ok: false, message: `${which} in use by other programs. Choose another for the page: --web-port 0` };
}

/** Listens on an address that others can reach; all of them for `0.0.0.0` and `::`. */
export async function listenOn(server: Server, wantedPort: number, host: string): Promise<ListenResult> {
  const last = wantedPort === 0 ? 0 : Math.min(wantedPort + portsTriedMax - 1, 65_535);
  for (let port = wantedPort; port <= last; port++) {
    const error = await listen(server, port, host);
    const address = server.address();
    const ownPort = typeof address === "object" && address ? address.port : port;
    if (!error) return { ok: true, listening: { port: ownPort, close: () => void server.close() } };
    if (error.code === "EADDRNOTAVAIL") return { ok: false, message: `${host} is not an address of this computer` };
    if (error.code !== "EADDRINUSE") return { ok: false, message: explainListenError(error, port) };
  }
  return {
    ok: false,
    message: `port ${wantedPort} is in use by other programs. Choose another for the page: --web-port 0`,
  };
}

/** Why the page cannot be served, and what to do. */
export function explainListenError(error: NodeJS.ErrnoException, port: number): string {
  return error.code === "EACCES"
    ? `port ${port} needs administrator rights. Choose one of 1024 or above for the page: --web-port 3000`
    : `cannot serve the page on port ${port}: ${error.message}`;
}

type Attempt = { ok: true; listening: Listening } | { ok: false; error: NodeJS.ErrnoException };

async function listenOnBoth(server: Server, wantedPort: number): Promise<Attempt> {
  const error4 = await listen(server, wantedPort, "127.0.0.1");
  if (error4) return { ok: false, error: error4 };
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : wantedPort;
  // An http.Server listens only once, but Node lets another server hand it connections.
  const server6 = createServer((socket) => server.emit("connection", socket));
  const error6 = await listen(server6, port, "::1");
  if (error6?.code === "EADDRINUSE") {
    // Otherwise another program would answer half of the browsers.
    await new Promise((resolve) => server.close(resolve));
    return { ok: false, error: error6 };
  }
  const close = () => {
    server.close();
    if (!error6) server6.close();
  };
  return { ok: true, listening: { port, close } };
}

/** The error that kept it from listening, if any. */
function listen(server: Server | NetServer, port: number, host: string): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once("error", resolve);
    server.listen({ port, host }, () => {
      server.off("error", resolve);
      resolve(undefined);
    });
  });
}
