/** What clients of other protocols are told, each in its own: nothing they send is ever read as chat. */

/** A fatal `protocol_version` alert (RFC 8446, 6): what a TLS client reports best, as it expects records, not text. */
export const tlsRefusal: Uint8Array = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46]);

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>This is a chat server</title>
<h1>This port speaks chat, not HTTP</h1>
<p>To chat in a browser, start the bridge on your own computer and open the page it names:</p>
<pre>npm run bridge -- --host &lt;this server's address&gt;</pre>
<p>Or connect with a terminal: <code>nc &lt;this server's address&gt; &lt;port&gt;</code></p>
</html>
`;

export const httpRefusal: Uint8Array = Buffer.from(
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
