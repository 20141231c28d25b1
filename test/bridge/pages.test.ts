/** Pages on real sockets: how they connect, leave and return, and what harm they can do. */
import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import pino from "pino";
import { Server } from "socket.io";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Page } from "../../bridge/audience.ts";
import type { BridgeLimits } from "../../bridge/limits.ts";
import { type PageServer, pageOn, servePages, toldWaitingCharsMax, toldWaitingMax } from "../../bridge/pages.ts";
import type { Sessions } from "../../bridge/sessions.ts";
import { type JsonServer, startJsonServer } from "../doubles/json-server.ts";
import { freePort } from "../support/free-port.ts";
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

/** A log, and what it says of things that should not happen. */
function errorLog() {
  const errors: unknown[] = [];
  return { errors, logger: pino({ level: "error" }, { write: (line: string) => void errors.push(JSON.parse(line)) }) };
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
  it("that reloads finds its session, and only what it missed", async () => {
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
    [{ session: randomUUID(), browser: randomUUID(), after: 0, epoch: "x".repeat(65) }],
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

  it("is told which field of what it sent is wrong", async () => {
    const page = await openPage(await bridgeTo({ port: 9 }));
    expect(await page.post("ciao", { room: "" })).toMatchObject({ message: expect.stringMatching(/^room: /) });
  });

  it("says whether the reader looks at it, and the server hears it", async () => {
    const server = await jsonServer();
    const page = await inChat(server, { awayAfterMs: 5 });
    const told = () => server.connections[0]?.received.filter(({ type }) => type === "away").map(({ on }) => on);
    page.socket.emit("attend", { attentive: false });
    await until(() => told()?.length === 1);
    page.socket.emit("attend", { attentive: true });
    await until(() => told()?.length === 2);
    expect(told()).toEqual([true, false]);
  });

  it("that nests a command deeper than it can be passed on gets an error", async () => {
    const page = await openPage(await bridgeTo({ port: 9 }));
    // The client's own encoder would give up sooner.
    const depth = 60_000;
    page.socket.io.engine.write(`20["ask",${"[".repeat(depth)}${"]".repeat(depth)}]`);
    const answer = await new Promise((resolve) => page.socket.io.engine.once("message", resolve));
    expect(answer).toMatch(/^30\[\{"ok":false,"code":"invalid","message":"a command is not nested/);
  });

  it("whose question makes the bridge stumble costs the bridge that answer, and a line in its log", async () => {
    const { logger, errors } = errorLog();
    const io: PageServer = new Server();
    onTestFinished(() => io.close());
    const requests = { post: () => Promise.reject(new Error("a bug")) };
    const session = { attach() {}, detach() {}, requests, quit: async () => "left" };
    const sessions = { get: () => session } as unknown as Sessions;
    servePages(io, {
      ...{ sessions, pagesMax: 1, pagesOfAddressMax: 1, logger },
      ...{ mayInvite: () => false, invitation: { kind: "not-yours" }, opened() {}, closed() {} },
    });
    const port = await freePort();
    io.listen(port);
    const page = new TestPage({ url: `http://127.0.0.1:${port}` });
    page.socket.emit("post", { id: randomUUID(), room: "lobby", text: "ciao" }, () => {});
    expect(await page.socket.emitWithAck("quit")).toBe("left");
    expect(errors).toMatchObject([{ event: "post", err: { message: "a bug" } }]);
  });

  it("that wants no answer, or cannot take one, harms nobody", async () => {
    const { logger, errors } = errorLog();
    const page = await openPage(await bridgeTo({ port: 9, logger }));
    const emit = page.socket.emit.bind(page.socket) as (event: string, ...sent: unknown[]) => unknown;
    for (const event of ["join", "post", "ask", "quit", "no-such-event"]) {
      emit(event);
      emit(event, { name: "" }, "not a function");
    }
    expect(await page.post("ciao")).toMatchObject({ ok: false, code: "offline" });
    expect(errors).toEqual([]);
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

  it("is told many events in one packet, before whatever comes after them, and no packet without one", async () => {
    const told: unknown[] = [];
    const socket = { conn: new EventEmitter(), emit: (what: string, sent: unknown) => told.push([what, sent]) };
    const page = pageOn(socket as unknown as Parameters<typeof pageOn>[0]);
    const [first, second, third] = [1, 2, 3].map((n) => ({ n, event: { type: "notice", text: "", time } }) as const);
    page.flush();
    page.name("anna", true);
    if (first && second && third) for (const each of [first, second]) page.event(each, 1);
    page.connection({ phase: "idle" });
    if (third) page.event(third, 1);
    await page.told();
    expect(told).toEqual([
      ["name", "anna"],
      ["events", [first, second]],
      ["connection", { phase: "idle" }],
      ["events", [third]],
    ]);
  });

  it.each<[string, (page: Page) => void]>([
    ["who is writing", (page) => page.typing({ type: "typing", room: "lobby", from: "bruno" })],
    ["how the connection is", (page) => page.connection({ phase: "idle" })],
  ])("that reads nothing is sent away too when it is only told %s", (_what, tell) => {
    const conn = Object.assign(new EventEmitter(), { closed: 0, close: () => void conn.closed++ });
    const socket = Object.assign(new EventEmitter(), { conn });
    const page = pageOn(socket as unknown as Parameters<typeof pageOn>[0]);
    for (let told = 0; told < toldWaitingMax; told++) tell(page);
    expect(conn.closed).toBe(0);
    tell(page);
    expect(conn.closed).toBe(1);
  });
});
