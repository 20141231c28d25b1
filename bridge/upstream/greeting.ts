/** What a server shows itself to be by the first thing it says: a Salotto server, a web server, or something else. */
import type { Refusal } from "../../protocol/bridge-events.ts";

/** What the greeting carries (docs/protocol.md). */
const marker = "salotto/1";

/** The marker counts only in the first line, and only once that line is whole. */
export function isSalottoGreeting(text: string): boolean {
  const end = text.indexOf("\n");
  return end !== -1 && text.slice(0, end).includes(marker);
}

/** What a web server begins with, whatever it was told. */
const webStart = "HTTP/";

/** Characters that `isWebServer` needs. */
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
