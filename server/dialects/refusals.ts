/** Other protocols, whose clients are refused in their own words: nothing they send is ever read as chat. */
import { commandLine } from "../../cli/package.ts";
import type { Refused } from "./dialect.ts";

/** The first byte of a TLS record that contains a handshake (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 0x16;

/** A fatal `protocol_version` alert (RFC 8446, 6): what a TLS client reports best, as it expects records, not text. */
const tlsAlert = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46]);

export const tlsRefused: Refused = {
  kind: "tls",
  why: "a client with TLS, which this port does not speak; --tls-port opens one that does",
  detect: ({ bytes }) => (bytes[0] === TLS_HANDSHAKE ? "yes" : "no"),
  refusal: tlsAlert,
};

/** A whole request line (RFC 9112, 3), or the beginning of one that no person would send as a name. */
const httpRequestLine = /^\S+ \S* ?HTTP\/\d|^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH) (?:\/|\*|\S+:)/;

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>This is a chat server</title>
<h1>This port speaks chat, not HTTP</h1>
<p>To chat in a browser, start the bridge on your own computer and open the page it names:</p>
<pre>${commandLine("bridge", "--host &lt;this server's address&gt;")}</pre>
<p>Or connect with a terminal: <code>nc &lt;this server's address&gt; &lt;port&gt;</code></p>
</html>
`;

const badRequest = Buffer.from(
  [
    "HTTP/1.1 400 Bad Request",
    "Content-Type: text/html; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(page)}`,
    "Connection: close",
    "X-Content-Type-Options: nosniff",
    "",
    page,
  ].join("\r\n"),
);

export const httpRefused: Refused = {
  kind: "http",
  why: "a web client, not a chat client; a bridge serves the page",
  detect: ({ firstLine }) => (httpRequestLine.test(firstLine) ? "yes" : "no"),
  refusal: badRequest,
};

/** Bytes in which a request line is looked for. */
const REQUEST_LINE_BYTES = 128;

/**
 * The answer on a TLS port to somebody who speaks no TLS: a web page for a browser, a line for people. @param said their first bytes @param words the line
 */
export function plainRefusal(said: Uint8Array, words: string): Uint8Array {
  const [firstLine = ""] = Buffer.from(said).subarray(0, REQUEST_LINE_BYTES).toString("latin1").split("\r\n", 1);
  return httpRequestLine.test(firstLine) ? badRequest : Buffer.from(`* ${words}\n`);
}
