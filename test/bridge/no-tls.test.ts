/** A bridge with TLS and a server without, and the other way round; and what the page is told of no protection at all. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, it, onTestFinished } from "vitest";
import type { OldServerKind } from "../doubles/old-server-programs.ts";
import { startOldServer } from "../doubles/old-servers.ts";
import { startTestServer } from "../support/test-server.ts";
import { bridgeTo, openPage, until } from "./page.ts";
import { limits, newFile, pageOf, protectionOf, startTlsServer } from "./tls-rig.ts";

describe("a server without TLS", () => {
  it("is not talked to", async () => {
    const server = await startTestServer();
    const page = await pageOf({ tlsPort: server.port }, { knownHostsFile: newFile() });
    const answer = await page.join("anna");
    expect(answer).toMatchObject({ code: "tls-none" });
    expect((answer as { message: string }).message).toMatch(
      /speaks no TLS on this port.*can be reached only without --tls/,
    );
  });

  it.each<OldServerKind>(["a", "b", "ancestor"])("is not talked to: an old one of kind %s", async (kind) => {
    const server = await startOldServer(kind);
    onTestFinished(() => server.close());
    const page = await pageOf({ tlsPort: server.port }, { knownHostsFile: newFile() });
    expect(await page.join("anna")).toMatchObject({ code: "tls-none" });
  });

  it.each<[what: string, answer: (socket: Socket) => void]>([
    ["closes", (socket) => socket.once("data", () => socket.end())],
    ["resets", (socket) => socket.once("data", () => socket.resetAndDestroy())],
    ["says nothing", () => {}],
  ])("that %s hears nothing in clear, and the page is told", async (_what, answer) => {
    const heard: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on("data", (chunk) => heard.push(chunk));
      socket.on("error", () => {});
      answer(socket);
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const tls = { authorities: [], knownHostsFile: newFile() };
    const bridge = await bridgeTo({ port, tls, limits: { ...limits, connectMs: 50 } });
    const page = await openPage(bridge);
    void page.join("anna");
    await until(() => page.connection?.phase === "waiting" && page.connection.attempt > 1);
    expect(page.connections).toContainEqual(
      expect.objectContaining({
        phase: "waiting",
        error: {
          code: "tls-no-answer",
          message: `cannot reach 127.0.0.1:${port}: it does not answer in TLS, so it may speak none on this port`,
        },
      }),
    );
    await page.quit();
    expect(heard.length).toBeGreaterThan(0);
    // The first byte of a TLS hello. Everything is in the one chunk that such a server answers.
    for (const chunk of heard) expect([chunk[0], chunk.includes("anna")]).toEqual([0x16, false]);
  });
});

describe("without TLS", () => {
  it("a port for TLS is recognised, and the page is told what to do", async () => {
    const server = await startTlsServer();
    const page = await openPage(await bridgeTo({ port: server.tlsPort }));
    const answer = await page.join("anna");
    expect(answer).toMatchObject({ code: "tls-needed", about: `${server.tlsPort}` });
    expect((answer as { message: string }).message).toContain(
      `Start the bridge with --tls and --port ${server.tlsPort}`,
    );
  });

  it("the page is told nothing of protection while nothing leaves this computer", async () => {
    const server = await startTestServer();
    const page = await openPage(await bridgeTo({ port: server.port, limits }));
    await page.join("anna");
    expect(page.connection).toMatchObject({ phase: "online" });
    expect(protectionOf(page.connection)).toBeUndefined();
  });

  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const outside = addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address;
  it.skipIf(outside === undefined)("the page knows that what crosses a network can be read", async () => {
    const host = outside ?? "";
    const server = await startTestServer({ host });
    const page = await openPage(await bridgeTo({ host, port: server.port, limits }));
    await page.join("anna");
    expect(protectionOf(page.connection)).toEqual({ kind: "none" });
  });
});

it("who quits during the handshake has left", async () => {
  const server = createServer(() => {}).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const accepted = once(server, "connection");
  const page = await pageOf({ tlsPort: (server.address() as AddressInfo).port }, { knownHostsFile: newFile() });
  const joining = page.join("anna");
  const [socket] = (await accepted) as [Socket];
  const closed = new Promise((resolve) =>
    socket
      .on("error", () => {})
      .once("close", resolve)
      .resume(),
  );
  await page.quit();
  expect(await joining).toMatchObject({ code: "cancelled" });
  await closed;
  expect(page.connection).toEqual({ phase: "idle" });
});
