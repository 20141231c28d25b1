/**
 * Finds a free web port and listens on it, on this computer's loopback addresses only. What answers there is its
 * caller's business.
 */
import type { Server } from "node:http";
import { createServer, type Server as NetServer } from "node:net";

/** Ports tried, one after the other, when the wanted one is taken. */
export const portsTriedMax = 20;

export interface Listening {
  port: number;
  /** Stops taking connections; those that are open stay. */
  close(): void;
}

/** `message` says why, for people. */
export type ListenResult = { ok: true; listening: Listening } | { ok: false; message: string };

/**
 * Browsers take `localhost` for 127.0.0.1 or ::1 as they please, so both listen on the same port; where a computer has
 * no IPv6, the first does alone.
 * @param wantedPort 0 for any that is free
 */
export async function listenOnLoopback(server: Server, wantedPort: number): Promise<ListenResult> {
  let reason = "";
  for (let tried = 0; tried < portsTriedMax; tried++) {
    const port = wantedPort === 0 ? 0 : wantedPort + tried;
    if (port > 65_535) break;
    const result = await listenOnBoth(server, port);
    if (result.ok) return result;
    reason = result.message;
    if (!result.taken) break;
  }
  return { ok: false, message: `cannot listen on port ${wantedPort} or one after it: ${reason}` };
}

type Attempt = { ok: true; listening: Listening } | { ok: false; taken: boolean; message: string };

async function listenOnBoth(server: Server, wantedPort: number): Promise<Attempt> {
  const error4 = await listen(server, wantedPort, "127.0.0.1");
  if (error4) return { ok: false, taken: error4.code === "EADDRINUSE", message: error4.message };
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : wantedPort;
  // An http.Server listens once; Node lets others hand it their connections.
  const door6 = createServer((socket) => server.emit("connection", socket));
  const error6 = await listen(door6, port, "::1");
  if (error6?.code === "EADDRINUSE") {
    // Somebody else's program would answer half of the browsers.
    await new Promise((resolve) => server.close(resolve));
    return { ok: false, taken: true, message: error6.message };
  }
  const close = () => {
    server.close();
    if (!error6) door6.close();
  };
  return { ok: true, listening: { port, close } };
}

/** Returns the error that kept it from listening, if any. */
function listen(server: Server | NetServer, port: number, host: string): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once("error", resolve);
    server.listen({ port, host }, () => {
      server.off("error", resolve);
      resolve(undefined);
    });
  });
}
