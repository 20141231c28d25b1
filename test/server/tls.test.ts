/** What people do on the port for TLS: the same as on the other one. Handshakes are in handshakes.test.ts. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { SocketTransport, type Transport } from "../../server/net/transport.ts";
import { barrier, startTestServer, type TestServer, type TestServerOptions } from "../support/test-server.ts";
import { openTls, serverEnd } from "../support/tls.ts";
import { WireClient } from "../support/wire-client.ts";

const startTlsServer = (options: TestServerOptions = {}): Promise<TestServer> =>
  startTestServer({ overTls: true, ...options });

test("people on plain text and programs talk over TLS", async () => {
  const server = await startTlsServer();
  const anna = await server.join("anna");
  const bot = await server.joinJson("bot");
  await anna.until("* bot joined (2 here)\n");
  anna.send("ciao\n");
  await bot.until('"text":"ciao"');
  bot.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: "x".repeat(8_000) });
  await anna.until(`bot: ${"x".repeat(8_000)}\n`);
  anna.send("{quit}\n");
  await anna.until("* Bye!\n");
  expect(await anna.ended()).toBe("fin");
  expect(await barrier(bot)).toContain('"reason":"quit"');
});

test("a client that is gone without a word has left", async () => {
  const server = await startTlsServer();
  const anna = await server.join("anna");
  const carlo = await server.join("carlo");
  await anna.until("* carlo joined (2 here)\n");
  carlo.close();
  expect(await anna.line()).toMatch(/^\* carlo left/);
});

test("a reader that stops reading is thrown out, and told why if it wakes up", async () => {
  const server = await startTlsServer({
    limits: { sendQueueBytesMax: 100_000, sourceBurst: 1_000_000, closeGraceMs: 5_000 },
  });
  const anna = await server.joinJson("anna");
  const carlo = await server.join("carlo");
  await anna.until('"name":"carlo"');
  carlo.socket.pause();
  const text = "x".repeat(8_000);
  // The buffers of kernel and TLS take megabytes before ours begin to fill.
  for (let i = 0; !anna.text.includes("member-left") && i < 5_000; i++) {
    anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text });
    if (i % 10 === 9) await barrier(anna);
  }
  expect(anna.text).toContain('"reason":"too-slow"');
  carlo.socket.resume();
  await carlo.until("* Disconnected: you read too slowly.\n");
  expect(await carlo.ended()).toBe("fin");
  for (const line of carlo.text.split("\n").slice(3, -2)) expect(line).toBe(`anna: ${text}`);
});

test("a reader that stays asleep is reset", async () => {
  const server = await startTlsServer({ limits: { sendStallMs: 50, sourceBurst: 1_000_000 } });
  const anna = await server.joinJson("anna");
  const carlo = await server.join("carlo");
  await anna.until('"name":"carlo"');
  carlo.socket.pause();
  const text = "x".repeat(8_000);
  for (let i = 0; !anna.text.includes("member-left") && i < 5_000; i++) {
    anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text });
    if (i % 10 === 9) await barrier(anna);
  }
  expect(anna.text).toContain('"reason":"too-slow"');
  // Only a connection that is closed here lets the server close.
  await server.close();
});

test("who may not know an end is reset, after the last words", async () => {
  const server = await startTlsServer();
  const old = await server.connect();
  await old.until("(salotto/1)");
  old.send("carlo");
  await old.until("* 1 here: carlo");
  await server.close();
  expect(await old.ended()).toBe("reset");
  expect(old.text.endsWith("* The server is shutting down. Bye!")).toBe(true);
});

describe.each<[kind: string, transport: (socket: Socket) => Transport, open?: typeof openTls]>([
  ["TCP", (socket) => new SocketTransport(socket)],
  ["TLS", await serverEnd(), openTls],
])("a reset over %s", (_kind, transport, open) => {
  test.each<[when: string, prepare: (ours: Transport) => void]>([
    ["at any moment", () => {}],
    ["while our end is on its way", (ours) => ours.end()],
    [
      "while the last words are on their way",
      (ours) => {
        ours.write([Buffer.from("bye")], () => {});
        ours.end();
      },
    ],
    ["with more to send than the peer takes", (ours) => ours.write([Buffer.alloc(16_000_000)], () => {})],
  ])("closes the connection %s, and says so", async (_when, prepare) => {
    const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const accepted = once(server, "connection");
    const client = await WireClient.connect((server.address() as AddressInfo).port, open ? { open } : {});
    onTestFinished(() => client.close());
    const [socket] = (await accepted) as [Socket];
    const ours = transport(socket);
    const { promise: received, resolve: receive } = Promise.withResolvers<void>();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    ours.open({ received: () => receive(), ended: () => {}, failed: () => {}, closed: close });
    client.send("ciao");
    await received;
    client.socket.pause();
    prepare(ours);
    ours.reset();
    await closed;
    client.socket.resume();
    await client.ended();
  });
});
