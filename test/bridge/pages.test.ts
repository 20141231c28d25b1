/** Pages on real sockets: how they come, go and come back, and what harm they can do. */
import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import type { BridgeLimits } from "../../bridge/limits.ts";
import { pageOn, toldWaitingCharsMax, toldWaitingMax } from "../../bridge/pages.ts";
import { type JsonServer, startJsonServer } from "../doubles/json-server.ts";
import { bridgeTo, openPage, TestPage, until } from "./page.ts";

async function jsonServer(): Promise<JsonServer> {
  const server = await startJsonServer();
  onTestFinished(() => server.close());
  return server;
}

async function inChat(server: JsonServer, limits: Partial<BridgeLimits>, unused = () => {}): Promise<TestPage> {
  const page = await openPage(await bridgeTo({ port: server.port, limits, unused }));
  await page.join("anna");
  return page;
}

const types = (server: JsonServer) => server.connections[0]?.received.map(({ type }) => type);
const time = "2026-01-01T00:00:00.000Z";

describe("two windows of one person", () => {
  it("become one person when the second gives the same name in the same browser", async () => {
    const server = await jsonServer();
    const bridge = await bridgeTo({ port: server.port });
    const browser = randomUUID();
    const first = await openPage(bridge, { browser });
    await first.join("anna");
    await first.post("prima");
    const { session } = first.handshake;
    const fresh = await openPage(bridge, { browser });
    expect(await fresh.join("Anna")).toEqual({ ok: true, name: "Anna", session });
    fresh.socket.disconnect();
    const second = await openPage(bridge, { browser, session });
    expect(second.snapshots[0]).toMatchObject({ name: "anna", connection: { phase: "online" } });

    const id = randomUUID();
    await second.post("ciao", { id });
    await until(() => first.messages.length === 2 && second.messages.length === 2);
    expect(first.messages).toEqual(second.messages);
    expect(first.messages[1]).toMatchObject({ from: "anna", text: "ciao", id });
    expect(types(server)).toEqual(["hello", "login", "post", "post"]);
    expect(server.connections).toHaveLength(1);
  });

  it("are two people in two browsers, and the second is refused the name by the server", async () => {
    const server = await jsonServer();
    const bridge = await bridgeTo({ port: server.port });
    await (await openPage(bridge)).join("anna");
    const friendly = server.answer;
    const refusal = { code: "name-taken", message: "taken" };
    server.answer = (command, connection) =>
      command.type === "login" ? { type: "error", ...refusal } : friendly(command, connection);
    expect(await (await openPage(bridge)).join("anna")).toEqual({ ok: false, ...refusal });
  });

  it("that share a session both leave when one quits", async () => {
    const server = await jsonServer();
    const bridge = await bridgeTo({ port: server.port });
    const first = await openPage(bridge);
    await first.join("anna");
    const second = await openPage(bridge, { session: first.handshake.session });
    await second.quit();
    await until(() => first.connection?.phase === "idle" && second.connection?.phase === "idle");
    expect(types(server)).toEqual(["hello", "login", "quit"]);
  });
});

describe("a page", () => {
  it("that reloads finds its conversation, and only what it missed", async () => {
    const server = await jsonServer();
    const bridge = await bridgeTo({ port: server.port });
    const first = await openPage(bridge);
    await first.join("anna");
    await first.post("prima");
    const { session } = first.handshake;
    first.socket.disconnect();
    server.connections[0]?.send({ type: "notice", text: "nel frattempo", time });
    const second = await openPage(bridge, { session, epoch: first.snapshots[0]?.epoch ?? "", after: 2 });
    await until(() => second.events.length === 1);
    expect(second.events).toEqual([{ type: "notice", text: "nel frattempo", time }]);
    expect(second.snapshots[0]).toMatchObject({ name: "anna", connection: { phase: "online" } });
    expect(server.connections).toHaveLength(1);
  });

  it("that is gone for longer than the grace time leaves the chat", async () => {
    const server = await jsonServer();
    const page = await inChat(server, { pageGraceMs: 20 });
    page.socket.disconnect();
    await until(() => server.connections[0]?.open === false);
    expect(types(server)).toEqual(["hello", "login", "quit"]);
  });

  it("that all have gone tells whoever started the bridge, after the grace time and the goodbye", async () => {
    const server = await jsonServer();
    let unused = 0;
    const page = await inChat(server, { pageGraceMs: 20 }, () => unused++);
    page.socket.disconnect();
    await until(() => unused === 1);
    expect(types(server)).toEqual(["hello", "login", "quit"]);
  });

  it("that is one more than the bridge takes is refused, and gets in when another has gone", async () => {
    const bridge = await bridgeTo({ port: 9, limits: { pagesMax: 1 } });
    const first = await openPage(bridge);
    const second = new TestPage(bridge);
    const refused = await new Promise<Error>((resolve) => second.socket.once("connect_error", resolve));
    expect(refused.message).toContain("close one");
    first.socket.disconnect();
    await expect
      .poll(() => {
        second.socket.connect();
        return second.socket.connected;
      })
      .toBe(true);
  });

  it.each([
    [{}],
    [{ session: "not a uuid", browser: randomUUID(), after: 0 }],
    [{ session: randomUUID(), browser: "not a uuid", after: 0 }],
    [{ session: randomUUID(), after: 0 }],
    [{ session: randomUUID(), browser: randomUUID() }],
    [{ session: randomUUID(), browser: randomUUID(), after: -1 }],
    [{ session: randomUUID(), browser: randomUUID(), after: 0, epoch: 7 }],
  ])("that says %j of itself is not taken in", async (auth) => {
    const bridge = await bridgeTo({ port: 9 });
    const page = new TestPage(bridge);
    page.socket.disconnect();
    page.socket.auth = auth;
    const refused = new Promise<Error>((resolve) => page.socket.once("connect_error", resolve));
    page.socket.connect();
    expect((await refused).message).toContain("reload");
  });

  it.each<[string, unknown[]]>([
    ["join", []],
    ["join", [{ name: 7 }]],
    ["join", [null]],
    ["join", [{ name: "anna", after: -1 }]],
    ["ask", []],
    ["ask", ["carla"]],
    ["ask", [{ type: "rename", name: ["carla"] }]],
    ["ask", [{ type: "no-such-command" }]],
    ["ask", [{ type: "quit" }]],
    ["ask", [{ type: "join", room: 7 }]],
    ["ask", [{ type: "join", room: "dev", after: 1.5 }]],
    ["ask", [{ type: "history", room: "dev", limit: 1_000 }]],
    ["ask", [{ type: "edit", room: "dev", id: randomUUID(), msgid: "m1" }]],
    ["ask", [{ type: "react", room: "dev", id: randomUUID(), msgid: "m1", emoji: "not one" }]],
    ["ask", [{ type: "delete", room: "dev", id: "x", msgid: "m1" }]],
    ["ask", [{ type: "read", room: "dev", seq: -1 }]],
    ["post", [{ id: "x", room: "lobby", text: "ciao" }]],
    ["post", [{ id: randomUUID(), room: "", text: "ciao" }]],
    ["post", [{ id: randomUUID(), room: "lobby", text: ["ciao"] }]],
    ["post", [{ id: randomUUID(), room: "lobby", text: "ciao", action: "yes" }]],
    ["post", [{ id: randomUUID(), room: "lobby", text: "ciao", reply: "x".repeat(65) }]],
  ])("that sends a wrong %s %j gets an error and keeps its connection", async (event, payload) => {
    const page = await openPage(await bridgeTo({ port: 9 }));
    const emit = page.socket.emitWithAck.bind(page.socket) as (event: string, ...sent: unknown[]) => Promise<unknown>;
    expect(await emit(event, ...payload)).toMatchObject({ ok: false, code: "invalid" });
    expect(page.socket.connected).toBe(true);
  });

  it("that wants no answer, or cannot take one, harms nobody", async () => {
    const page = await openPage(await bridgeTo({ port: 9 }));
    const emit = page.socket.emit.bind(page.socket) as (event: string, ...sent: unknown[]) => unknown;
    for (const event of ["join", "post", "ask", "quit", "no-such-event"]) {
      emit(event);
      emit(event, { name: "" }, "not a function");
    }
    expect(await page.post("ciao")).toMatchObject({ ok: false, code: "offline" });
  });

  it("that sends more than a packet holds is cut off, and the others are not", async () => {
    const bridge = await bridgeTo({ port: 9, limits: { packetBytesMax: 1_000 } });
    const [loud, quiet] = [await openPage(bridge), await openPage(bridge)];
    loud.socket.emit("post", { id: randomUUID(), room: "lobby", text: "x".repeat(2_000) }, () => {});
    await until(() => loud.socket.disconnected);
    expect(await quiet.post("ciao")).toMatchObject({ code: "offline" });
  });

  it("that reads nothing is sent away when too much waits for it, to come back and be caught up", () => {
    const conn = Object.assign(new EventEmitter(), { closed: 0, close: () => void conn.closed++ });
    const socket = Object.assign(new EventEmitter(), { conn });
    const page = pageOn(socket as unknown as Parameters<typeof pageOn>[0]);
    const event = { n: 1, event: { type: "notice", text: "", time } } as const;
    for (let told = 0; told < toldWaitingMax; told++) page.event(event, 1);
    conn.emit("drain");
    for (let told = 0; told < toldWaitingMax; told++) page.event(event, 1);
    expect(conn.closed).toBe(0);
    page.event(event, 1);
    expect(conn.closed).toBe(1);
    conn.emit("drain");
    page.event(event, toldWaitingCharsMax);
    expect(conn.closed).toBe(1);
    page.event(event, 1);
    expect(conn.closed).toBe(2);
  });
});
