/** Why a TLS handshake did not succeed: because of what the server is, or by chance. */
import type { Refusal } from "../../protocol/bridge-events.ts";
import { tlsRefusal } from "./tls-refusals.ts";

/** What OpenSSL says when what it hears is not TLS, or an alert that a server without TLS answers with. */
const noTls =
  /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNEXPECTED_MESSAGE|UNSUPPORTED_PROTOCOL|RECORD_LAYER_FAILURE|HTTP_REQUEST|BAD_RECORD_TYPE|TLSV1_ALERT_PROTOCOL_VERSION)$/;

/** @param cause an error from Node, or one of our own codes. @returns `lost` for what is worth another attempt */
export function tlsFailure(
  cause: NodeJS.ErrnoException | string,
): { kind: "refused"; refusal: Refusal } | { kind: "lost"; code: string } {
  const code = typeof cause === "string" ? cause : (cause.code ?? "");
  // A server that is busy or about to stop does the same as one that does not know what to do with TLS.
  if (!code.startsWith("ERR_SSL_")) return { kind: "lost", code: "tls-no-answer" };
  const { reason = code } = cause as { reason?: string };
  return { kind: "refused", refusal: tlsRefusal(noTls.test(code) ? "tls-none" : "tls-failed", reason) };
}
