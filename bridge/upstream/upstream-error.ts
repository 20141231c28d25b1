/** Describes connection errors for people. It opens nothing and retries nothing. */
import type { ConnectionError } from "../../protocol/bridge-events.ts";

const reasons: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "no route to that host",
  ENETUNREACH: "no route to that network",
  ENOTFOUND: "no host has that name",
  EAI_AGAIN: "the host name could not be looked up",
  "closed-by-server": "the server closed the connection",
  "no-answer": "the server did not answer in time",
  "tls-no-answer": "it does not answer in TLS, so it may speak none on this port",
  "late-greeting": "the server was slow to greet",
  "no-progress": "the server announced more history but did not send it",
  "line-too-long": "the server sent a line that is too long",
};

/**
 * @param cause an error from Node, or one of the codes above
 * @param wasOpen whether the connection had been open before
 * @param address the chat server, `host:port`
 */
export function describeConnectionError(
  cause: NodeJS.ErrnoException | string,
  wasOpen: boolean,
  address: string,
): ConnectionError {
  const code = typeof cause === "string" ? cause : (cause.code ?? "unknown");
  const reason = reasons[code] ?? (typeof cause === "string" ? cause : cause.message);
  const what = wasOpen ? "lost the connection to" : "cannot reach";
  return { code, message: `${what} ${address}: ${reason}` };
}
