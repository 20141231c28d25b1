/** Recognises a server by the first thing it says: a Salotto server, a web server, or something else. */
import type { Refusal } from "../../protocol/bridge-events.ts";

/** Part of the greeting (docs/protocol.md). */
const marker = "salotto/1";

/** The marker counts only in the first line, and only once that line is complete. */
export function isSalottoGreeting(text: string): boolean {
  const end = text.indexOf("\n");
  return end !== -1 && text.slice(0, end).includes(marker);
}

/** Part of what a server says to somebody without TLS on its port for TLS (docs/protocol.md). */
const tlsMarker = "(salotto-tls)";

/** @param said the first that a server says */
export function isTlsPort(said: Buffer): boolean {
  const line = said.subarray(0, 200).toString("latin1");
  return line.startsWith("* ") && line.includes(tlsMarker);
}

/** The start of every web server's answer. */
const webStart = "HTTP/";

/** The number of characters that `isWebServer` needs. */
export const webStartChars = webStart.length;

export function isWebServer(firstWords: string): boolean {
  return firstWords.startsWith(webStart);
}

export const webServerRefusal: Refusal = {
  code: "not-a-chat",
  message: "this is a web server, not a chat server: check the address and the port",
};

export const hangUpRefusal: Refusal = {
  code: "not-a-chat",
  message:
    "the server closes the connection whenever it gets a name, so it is probably not a chat server; check the address and the port",
};
