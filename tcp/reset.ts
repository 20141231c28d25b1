/** Resets a TCP connection: a peer that would spin on our end, or never read, is rid of it at once. */
import type { Socket } from "node:net";

/**
 * Resets a connection. In the moment in which our own end is on its way Node cannot: it would fail with EINVAL, leave the
 * connection open and never say `close`. That moment is waited for.
 * @param tcp the TCP socket below, where `socket` is TLS: only TCP can be reset
 */
export function reset(socket: Socket, tcp = socket): void {
  const isEnding = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (!isEnding) tcp.resetAndDestroy();
  else if (tcp === socket) socket.once("finish", () => tcp.resetAndDestroy());
  // TLS has bytes for its end, which a peer that reads nothing can hold up for ever. Closing does not wait for them.
  else tcp.destroy();
}
