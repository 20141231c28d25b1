/** The bridge pointed at something that is not a chat server: it says so, and does not try again and again. */
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { bridgeTo, openPage, shortLimits, until } from "./page.ts";

const notAChat = { ok: false, code: "not-a-chat" };

async function listening(server: Server): Promise<{ port: number; connections: Socket[] }> {
  const connections: Socket[] = [];
  server.on("connection", (socket: Socket) => connections.push(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const connection of connections) connection.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections };
}

describe("a web server", () => {
  it("that answers the name is told from a chat server, and left alone", async () => {
    const { port, connections } = await listening(createHttpServer());
    const page = await openPage(await bridgeTo({ port, limits: { greetingMs: 300 } }));
    expect(await page.join("anna")).toMatchObject({ ...notAChat, message: expect.stringContaining("web server") });
    expect(page.connections.map(({ phase }) => phase)).toEqual(["idle", "connecting", "idle"]);
    expect(page.connection).toMatchObject({ refusal: { code: "not-a-chat" } });
    expect(page.events).toEqual([]);
    expect(connections).toHaveLength(1);
  });

  it("that answers before the name is not given one", async () => {
    const received: string[] = [];
    const server = createServer((socket) => {
      socket.setEncoding("utf8").on("data", (chunk: string) => received.push(chunk));
      socket.write("HTTP/1.0 408 Request Timeout\r\n\r\n");
    });
    const { port } = await listening(server);
    const page = await openPage(await bridgeTo({ port, limits: { greetingMs: 60_000 } }));
    expect(await page.join("anna")).toMatchObject(notAChat);
    expect(received).toEqual([]);
  });

  it("that answers late, and byte by byte, ends the connection without a notice of it", async () => {
    const { port, connections } = await listening(createServer());
    const page = await openPage(await bridgeTo({ port }));
    expect(await page.join("anna")).toEqual({ ok: true, name: "anna" });
    for (const letter of "HTTP/1.1 400 Bad Request\r\n\r\n") {
      if (connections[0]?.writable) connections[0].write(letter);
    }
    await until(() => page.connection?.phase === "idle");
    expect(page.connection).toMatchObject({ refusal: { code: "not-a-chat" } });
    expect(page.events.map(({ type }) => type)).toEqual(["joined"]);
  });
});

describe("an unknown server that closes when it has the name", () => {
  it("is tried a few times and no more", async () => {
    const server = createServer((socket) => {
      socket.once("data", () => socket.end("Protocol mismatch.\r\n"));
    });
    const { port, connections } = await listening(server);
    const page = await openPage(await bridgeTo({ port }));
    page.join("anna");
    await until(() => page.connections.length > 1 && page.connection?.phase === "idle");
    expect(page.connection).toMatchObject({
      refusal: { code: "not-a-chat", message: expect.stringContaining("closes") },
    });
    expect(connections).toHaveLength(shortLimits.legacyHangUpsMax);
  });

  it("and says nothing either answers the join with that", async () => {
    const server = createServer((socket) => {
      socket.once("data", () => socket.resetAndDestroy());
    });
    const { port, connections } = await listening(server);
    const page = await openPage(await bridgeTo({ port }));
    expect(await page.join("anna")).toMatchObject(notAChat);
    expect(connections).toHaveLength(shortLimits.legacyHangUpsMax);
  });
});
