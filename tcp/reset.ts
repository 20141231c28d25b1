/** Resets a TCP connection: a peer that would spin on our end, or never read, is rid of it at once. */
import type { Socket } from "node:net";

/**
 * Resets a connection. In the moment in which our own end is on its way Node cannot: it would fail with EINVAL, leave the
 * connection open and never say `close`. That moment is waited for.
 */
export function reset(socket: Socket): void {
  const isEnding = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (isEnding) socket.once("finish", () => socket.resetAndDestroy());
  else socket.resetAndDestroy();
}
