/** The port for TLS: who gets in, who does not, what they are told, and what an unfinished handshake may cost. */
import { once } from "node:events";
import { connect as connectTcp, type Socket, type TcpNetConnectOpts } from "node:net";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { pino } from "pino";
import { expect, test } from "vitest";
import { startTestServer, type TestServerOptions } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";

const startTlsServer = (options: TestServerOptions = {}) => startTestServer({ overTls: true, ...options });

/** A bare TCP client of the port for TLS. */
const bare = (server: { tls: { port: number } | undefined }) => WireClient.connect(server.tls?.port ?? 0);

const withOptions = (more: ConnectionOptions) => (options: TcpNetConnectOpts) =>
  connect({ ...options, rejectUnauthorized: false, ...more });

/** The first bytes of a handshake that goes no further. */
const beginning = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]);

const words =
  /^\* This port speaks TLS \(salotto-tls\)\. Connect with a program that does, such as ncat --ssl .* Port (\d+) works without/;

test.each(["TLSv1.2", "TLSv1.3"] as const)("%s is spoken", async (version) => {
  const server = await startTlsServer();
  const anna = await server.connect({ open: withOptions({ minVersion: version, maxVersion: version }) });
  await anna.until("(salotto/1)");
  expect((anna.socket as TLSSocket).getProtocol()).toBe(version);
});

test("TLS 1.1 is not, and its client is told so in its own words", async () => {
  const server = await startTlsServer();
  const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
  const socket = withOptions(old)({ host: "127.0.0.1", port: server.tls?.port ?? 0 });
  const [error] = await once(socket, "error");
  expect(error.code).toBe("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION");
});

test.each([
  ["types a name", "anna\n"],
  ["sends a name without a line end", "anna"],
  ["speaks json", '{"type":"hello","version":1}\n'],
])("who %s without TLS is told what this port is, and where to go", async (_what, said) => {
  const server = await startTlsServer();
  const lost = await bare(server);
  lost.send(said);
  const [, port] = words.exec(await lost.line()) ?? [];
  expect(Number(port)).toBe(server.port);
  // It may be an old client: an end would make it spin.
  expect(await lost.ended()).toBe("reset");
});

test("who waits in silence for a greeting is told, too, in the server's language", async () => {
  const server = await startTlsServer({ limits: { helloMs: 30 }, language: "it" });
  const lost = await bare(server);
  expect(await lost.line()).toContain("Questa porta parla TLS (salotto-tls)");
  expect(await lost.ended()).toBe("reset");
});

test("a web browser without TLS gets a page", async () => {
  const server = await startTlsServer();
  const browser = await bare(server);
  browser.send(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  await browser.until("HTTP/1.1 400 Bad Request\r\n");
  await browser.until("npm run bridge");
});

test("inside TLS, who speaks at once is answered in their own protocol, as on the other port", async () => {
  const server = await startTlsServer();
  const browser = await server.connect();
  browser.send(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  expect(await browser.line()).toBe("HTTP/1.1 400 Bad Request\r");
});

test("the greeting waits until the handshake is over, and then as long as always", async () => {
  const server = await startTlsServer({ limits: { greetingDelayMs: 3_600_000 } });
  const bot = await server.connect();
  bot.sendJson({ type: "ping", label: "1" });
  await bot.until("(salotto/1)");
  await bot.until('"label":"1"');
  const silent = await server.connect();
  bot.sendJson({ type: "ping", label: "2" });
  await bot.until('"label":"2"');
  expect(silent.text).toBe("");
});

test("a handshake that does not end is given up", async () => {
  const lines: { why?: string }[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const server = await startTlsServer({ limits: { handshakeMs: 30 }, logger });
  const slow = await bare(server);
  slow.send(beginning);
  expect(await slow.ended()).toBe("reset");
  expect(lines).toContainEqual(expect.objectContaining({ msg: "a TLS handshake failed", why: "timeout" }));
});

test("the oldest unfinished handshake makes room for a new one, and both ports together have so many connections", async () => {
  const server = await startTlsServer({ limits: { handshakesMax: 3, connectionsMax: 6 } });
  const anna = await server.join("anna");
  const attackers: WireClient[] = [];
  for (let i = 0; i < 5; i++) {
    const attacker = await bare(server);
    if (i % 2 === 0) attacker.send(beginning);
    attackers.push(attacker);
  }
  const bruno = await server.join("bruno");
  await anna.until("* bruno joined (2 here)\n");
  for (const attacker of attackers.slice(0, 3)) expect(await attacker.ended()).toBe("reset");
  bruno.send("ciao\n");
  await anna.until("bruno: ciao\n");
  // Two are here, and two are still shaking hands.
  const carla = await WireClient.connect(server.port);
  await carla.until("(salotto/1)");
  await (await server.connect()).until("(salotto/1)");
  const late = await WireClient.connect(server.port);
  await late.until("The server is full");
  await (await server.connect()).until("The server is full");
});

test("one address cannot push out the handshakes of others", async () => {
  const server = await startTlsServer({ limits: { handshakesMax: 4 }, exempt: [] });
  const port = server.tls?.port ?? 0;
  const from = (localAddress: string) =>
    WireClient.connect(port, { open: (options) => connectTcp({ ...options, localAddress }) });
  // Somebody whose handshake takes its time: it is the oldest of all.
  const slow = await from("127.0.0.2");
  const attackers: WireClient[] = [];
  for (let i = 0; i < 12; i++) {
    const attacker = await from("127.0.0.3");
    attacker.send(beginning);
    attackers.push(attacker);
  }
  // Three of them have a place, and each further one takes that of the oldest.
  for (const attacker of attackers.slice(0, 9)) expect(await attacker.ended()).toBe("reset");
  const anna = await server.join("anna");
  expect(await attackers[9]?.ended()).toBe("reset");
  const tls = connect({ socket: slow.socket, rejectUnauthorized: false });
  await once(tls, "secureConnect");
  tls.write("bruno\n");
  await anna.until("* bruno joined (2 here)\n");
});

test("who is not let in is told so inside TLS; more of them are reset before a handshake costs anything", async () => {
  const limits = { connectionsOfSourceMax: 1, refusedOfSourceMax: 1 };
  const server = await startTlsServer({ limits, exempt: [] });
  await server.join("anna");
  const told = await server.connect();
  await told.until("There are too many connections from your address.");
  // It may be gone before the client knows that it was there.
  const end = await bare(server).then(
    (more) => more.ended(),
    ({ code }: NodeJS.ErrnoException) => (code === "ECONNRESET" ? "reset" : code),
  );
  expect(end).toBe("reset");
});

test("nobody can ask for another handshake on the same connection", async () => {
  const server = await startTlsServer();
  const anna = await server.join("anna");
  const mallory = await server.connect({ open: withOptions({ maxVersion: "TLSv1.2" }) });
  await mallory.until("(salotto/1)");
  const refused = new Promise<Error | null>((resolve) => {
    mallory.socket.once("error", resolve);
    (mallory.socket as TLSSocket).renegotiate({}, resolve);
  });
  expect(await refused).toMatchObject({ code: "ERR_SSL_NO_RENEGOTIATION" });
  anna.send("/who\n");
  await anna.until("* 1 here: anna\n");
});

test.each([
  ["nothing", new Uint8Array()],
  ["half a handshake", beginning],
])("a server that closes does not wait for who has sent %s", async (_what, said) => {
  const server = await startTlsServer();
  const anna = await server.join("anna");
  const silent = await bare(server);
  silent.send(said);
  await server.close();
  expect(await silent.ended()).toBe("reset");
  expect(await anna.ended()).toBe("fin");
});

test.each([
  ["nothing", new Uint8Array()],
  ["half a handshake", beginning],
])("who ends after %s is gone", async (_what, said) => {
  const server = await startTlsServer({ limits: { handshakeMs: 100 } });
  const visitor = await bare(server);
  visitor.send(said);
  visitor.socket.end();
  await visitor.ended();
});

test("garbage instead of a handshake ends only its own connection", async () => {
  const lines: { why?: string }[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const server = await startTlsServer({ logger });
  const anna = await server.join("anna");
  const mallory = await bare(server);
  mallory.send(Buffer.from([0x16, 0x03, 0x01, 0x00, 0x04, 1, 2, 3, 4]));
  await mallory.ended();
  anna.send("/who\n");
  await anna.until("* 1 here: anna\n");
  expect(lines.find(({ why }) => why?.startsWith("ERR_SSL_"))).toBeDefined();
});

test.each<[what: string, end: (socket: Socket) => void]>([
  ["resets", (socket) => socket.resetAndDestroy()],
  ["ends", (socket) => socket.end()],
])("a peer that %s while shaking hands hurts nobody", async (_what, end) => {
  const server = await startTlsServer();
  const anna = await server.join("anna");
  for (let i = 0; i < 20; i++) {
    const visitor = await bare(server);
    visitor.send(beginning);
    end(visitor.socket);
  }
  anna.send("/who\n");
  await anna.until("* 1 here: anna\n");
});
