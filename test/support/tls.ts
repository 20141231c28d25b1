/**
 * TLS over the sockets of a test. The key and its certificate are for tests only, and protect nothing; made with
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost
 * -addext subjectAltName=DNS:localhost,IP:127.0.0.1`, so they end in 2126.
 */
import { readFileSync } from "node:fs";
import type { Socket, TcpNetConnectOpts } from "node:net";
import { connect, createSecureContext, TLSSocket } from "node:tls";
import { SocketTransport } from "../../server/net/transport.ts";

const pem = readFileSync(new URL("tls.pem", import.meta.url));
const secureContext = createSecureContext({ key: pem, cert: pem });

/** The server's end. */
export function secure(tcp: Socket): SocketTransport {
  return new SocketTransport(new TLSSocket(tcp, { isServer: true, secureContext }), tcp);
}

/** A client's end, which takes no other certificate than ours. */
export function openTls(options: TcpNetConnectOpts): Socket {
  return connect({ ...options, ca: pem });
}
