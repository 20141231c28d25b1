/** The bridge against a peer that speaks the json dialect and does what a real server seldom does. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { byeCodes } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { type Answer, friendlyAnswer, type Json, type JsonServer, startJsonServer } from "../doubles/json-server.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

async function jsonServer(answer?: Answer): Promise<JsonServer> {
  const server = await startJsonServer(answer);
  onTestFinished(() => server.close());
  return server;
}

async function joined(server: JsonServer, config: Partial<Parameters<typeof bridgeTo>[0]> = {}): Promise<TestPage> {
  const page = await openPage(await bridgeTo({ port: server.port, ...config }));
  expect(await page.join("anna")).toEqual({ ok: true, name: "anna" });
  await until(() => page.events.length > 0);
  return page;
}

/** Answers every command except one type, which is answered as told. */
function except(type: string, answer: Answer): Answer {
  const friendly = friendlyAnswer();
  return (command, connection) => (command.type === type ? answer : friendly)(command, connection);
}

const types = (lines: readonly Json[] = []) => lines.map(({ type }) => type);
const time = "2026-01-01T00:00:00.000Z";

describe("a connection to a Salotto server", () => {
  it("begins with hello and login, each with its label", async () => {
    const server = await jsonServer();
    const page = await joined(server);
    expect(server.connections[0]?.received).toEqual([
      { type: "hello", version: 1, client: expect.stringMatching(/^salotto-bridge\/\d/), echo: true, label: "1" },
      { type: "login", name: "anna", label: "2" },
    ]);
    expect(page.connection).toEqual({
      phase: "online",
      upstream: { kind: "salotto", description: "json double", lacks: ["rooms", "memory", "accounts"] },
    });
  });

  it("has the person's own messages in order among the others', with their id, also where none come back", async () => {
    const server = await jsonServer();
    const page = await joined(server);
    const id = randomUUID();
    expect(await page.post("ciao", { id })).toEqual({ ok: true, msgid: "m1", seq: 1, time });
    const other = { type: "message", room: "lobby", msgid: "x", seq: 2, time, from: "bruno", text: "salve" };
    server.connections[0]?.send(other);
    await until(() => page.messages.length === 2);
    const own = { type: "message", room: "lobby", msgid: "m1", seq: 1, time, from: "anna", text: "ciao", id };
    expect(page.messages).toEqual([own, other]);
    expect(page.numbered.map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it("keeps the room and the action of a post, and what it answers", async () => {
    const server = await jsonServer();
    const page = await joined(server);
    await page.post("saluta", { room: "@bruno", action: true, reply: "m0" });
    const sent = { room: "@bruno", action: true, reply: "m0", text: "saluta" };
    expect(server.connections[0]?.received.at(-1)).toMatchObject({ type: "post", ...sent });
    expect(page.messages).toEqual([expect.objectContaining(sent)]);
  });

  it("tells the page of a message whose reader is away", async () => {
    const stored = { msgid: "m1", seq: 1, time };
    const server = await jsonServer(except("post", () => ({ type: "ok", ...stored, away: true })));
    const page = await joined(server);
    expect(await page.post("psst", { room: "@bruno" })).toEqual({ ok: true, ...stored, away: true });
    expect(page.messages).toEqual([expect.not.objectContaining({ away: true })]);
  });

  it("passes the server's own errors on, and newer codes as invalid", async () => {
    const answers = [
      { type: "error", code: "no-such-person", message: "nobody here has that name" },
      { type: "error", code: "not-invented-yet", message: "no" },
    ];
    const server = await jsonServer(except("post", () => answers.shift()));
    const page = await joined(server);
    expect(await page.post("a")).toEqual({ ok: false, code: "no-such-person", message: "nobody here has that name" });
    expect(await page.post("b")).toEqual({ ok: false, code: "invalid", message: "no" });
    expect(page.messages).toEqual([]);
  });

  it("ends with quit, and the connection closes", async () => {
    const server = await jsonServer();
    const page = await joined(server);
    await page.quit();
    expect(types(server.connections[0]?.received)).toEqual(["hello", "login", "quit"]);
    await until(() => server.connections[0]?.open === false);
    expect(page.connection).toEqual({ phase: "idle" });
  });

  it("ends within the bound even when the server does not close", async () => {
    const server = await jsonServer(except("quit", () => undefined));
    const page = await joined(server);
    await page.quit();
    await until(() => server.connections[0]?.open === false);
  });

  it("takes a new name, and signs with it from then on", async () => {
    const page = await joined(await jsonServer());
    expect(await page.rename("carla")).toEqual({ ok: true, name: "carla" });
    expect(page.name).toBe("carla");
    await page.post("ciao");
    expect(page.said).toEqual(["carla: ciao"]);
  });

  it("is told of a refused new name, and keeps the old one", async () => {
    const refusal = { code: "name-taken", message: "taken" };
    const server = await jsonServer(except("rename", () => ({ type: "error", ...refusal })));
    const page = await joined(server);
    expect(await page.rename("carla")).toEqual({ ok: false, ...refusal });
    expect(page.name).toBe("anna");
  });

  it("survives what it does not understand", async () => {
    const server = await jsonServer();
    const page = await joined(server);
    server.connections[0]?.sendRaw('\n{"type":"from-the-future"}\nnot json\n{"type":"message"}\n');
    server.connections[0]?.sendRaw(Buffer.from([0xff, 0xfe, 0x0a]));
    server.connections[0]?.send({ type: "ok", label: "nobody asked" });
    server.connections[0]?.send({ type: "notice", text: "ancora qui", time });
    await until(() => page.events.length === 2);
    expect(page.events[1]).toEqual({ type: "notice", text: "ancora qui", time });
  });

  it("notices a dead connection by a ping that is not answered", async () => {
    const server = await jsonServer(except("ping", () => undefined));
    const page = await joined(server, { limits: { pingMs: 20, answerMs: 40 } });
    const waiting = await until(() => page.connections.find(({ phase }) => phase === "waiting"));
    expect(waiting).toMatchObject({ error: { code: "no-answer" } });
    expect(types(server.connections[0]?.received).slice(0, 3)).toEqual(["hello", "login", "ping"]);
  });
});

describe("a server that does not let the person in", () => {
  it("has its reason told", async () => {
    const refusal = { code: "name-taken", message: "taken" };
    const server = await jsonServer(except("login", () => ({ type: "error", ...refusal })));
    const page = await openPage(await bridgeTo({ port: server.port }));
    expect(await page.join("anna")).toEqual({ ok: false, ...refusal });
    expect(page.connection).toEqual({ phase: "idle", refusal });
    await until(() => server.connections[0]?.open === false);
  });

  it("because of the version is not asked again", async () => {
    const server = await jsonServer(() => ({
      type: "error",
      code: "version",
      message: "this server speaks version 9",
    }));
    const page = await openPage(await bridgeTo({ port: server.port }));
    expect(await page.join("anna")).toMatchObject({ ok: false, code: "version" });
    expect(server.connections).toHaveLength(1);
  });

  it("because our ghost has the name is asked again until the ghost is gone", async () => {
    let taken = 0;
    const friendly = friendlyAnswer();
    const server = await jsonServer((command, connection) => {
      if (command.type !== "login" || taken === 0) return friendly(command, connection);
      taken -= 1;
      return { type: "error", code: "name-taken", message: "taken" };
    });
    const page = await joined(server);
    taken = 2;
    server.connections[0]?.cut();
    await until(() => page.connections.filter(({ phase }) => phase === "online").length === 2);
    expect(server.connections).toHaveLength(4);
  });
});

describe("a connection that breaks", () => {
  it("while a post waits for its answer: it may or may not have arrived, and is sent again under its id", async () => {
    const server = await jsonServer(except("post", (_, connection) => void connection.cut()));
    const page = await joined(server);
    const id = randomUUID();
    expect(await page.post("ciao", { id })).toMatchObject({ ok: false, code: "lost" });
    server.answer = friendlyAnswer();
    await until(() => page.connection?.phase === "online");
    expect(await page.post("ciao", { id })).toMatchObject({ ok: true });
    expect(server.connections.flatMap(({ received }) => received).filter((line) => line.id === id)).toHaveLength(2);
    expect(page.said).toEqual(["anna: ciao"]);
  });

  it("because a post is never answered", async () => {
    const server = await jsonServer(except("post", () => undefined));
    const page = await joined(server, { limits: { answerMs: 40 } });
    expect(await page.post("ciao")).toMatchObject({ ok: false, code: "lost" });
    await until(() => page.connections.some((state) => state.phase === "waiting" && state.error.code === "no-answer"));
  });

  it("because a post is answered without where it stands, which is no answer", async () => {
    const server = await jsonServer(except("post", () => ({ type: "ok", seq: 1 })));
    const page = await joined(server, { limits: { answerMs: 40 } });
    expect(await page.post("ciao")).toMatchObject({ ok: false, code: "lost" });
    expect(page.messages).toEqual([]);
    await until(() => page.connections.some((state) => state.phase === "waiting" && state.error.code === "no-answer"));
  });

  it("because hello is never answered", async () => {
    const server = await jsonServer(() => undefined);
    const page = await openPage(await bridgeTo({ port: server.port, limits: { answerMs: 20 } }));
    page.socket.emit("join", { name: "anna" }, () => {});
    await until(() => page.connections.some((state) => state.phase === "waiting" && state.error.code === "no-answer"));
  });

  it("in the middle of a line", async () => {
    const server = await jsonServer();
    const page = await joined(server);
    server.connections[0]?.sendRaw('{"type":"notice","text":"mezz');
    server.connections[0]?.end();
    await until(() => page.connections.filter(({ phase }) => phase === "online").length === 2);
    expect(page.events.map(({ type }) => type)).not.toContain("notice");
  });

  it("because of a line that is too long", async () => {
    const server = await jsonServer();
    const page = await joined(server);
    server.connections[0]?.sendRaw("x".repeat(wireLimits.eventBytesMax + 2));
    await until(() =>
      page.connections.some((state) => state.phase === "waiting" && state.error.code === "line-too-long"),
    );
  });

  /** The person is somewhere else now, or wanted to go. */
  const lasting = ["quit", "replaced", "signed-out", "kicked", "banned"];

  it.each(byeCodes.filter((code) => !lasting.includes(code)))("with a goodbye of %s is made again", async (code) => {
    const server = await jsonServer();
    const page = await joined(server);
    server.connections[0]?.send({ type: "bye", code, message: "the reason" });
    server.connections[0]?.end();
    await until(() => page.connections.filter(({ phase }) => phase === "online").length === 2);
    expect(page.connections).toContainEqual(expect.objectContaining({ error: { code, message: "the reason" } }));
  });

  it.each(["quit", "replaced"])("with a goodbye of %s that we did not ask for is not made again", async (code) => {
    const server = await jsonServer();
    const page = await joined(server);
    server.connections[0]?.send({ type: "bye", code, message: "you were sent away" });
    await until(() => page.connection?.phase === "idle");
    expect(page.connection).toEqual({ phase: "idle", ended: "you were sent away" });
    expect(server.connections).toHaveLength(1);
  });

  it("with a plain reason, before the server has heard us, is made again, and the reason told", async () => {
    const server = await jsonServer(() => undefined);
    const { greeting } = server;
    server.greeting = `${greeting}* The server is full. Try again later.\n`;
    const page = await openPage(await bridgeTo({ port: server.port }));
    const answer = page.join("anna");
    (await until(() => server.connections[0])).end();
    const error = { code: "refused-by-server", message: "The server is full. Try again later." };
    await until(() => page.connections.some((state) => state.phase === "waiting"));
    expect(page.connections).toContainEqual(expect.objectContaining({ phase: "waiting", error }));
    server.greeting = greeting;
    server.answer = friendlyAnswer();
    for (const connection of server.connections) connection.end();
    expect(await answer).toEqual({ ok: true, name: "anna" });
  });

  it("has no plain reason once the server has heard us: what stands in a line then is not for people", async () => {
    const server = await jsonServer();
    const page = await joined(server);
    server.connections[0]?.sendRaw("* nonsense\n");
    server.connections[0]?.end();
    const waiting = await until(() => page.connections.find(({ phase }) => phase === "waiting"));
    expect(waiting).toMatchObject({ error: { code: "closed-by-server" } });
  });

  it("before the greeting is made again", async () => {
    const server = await jsonServer();
    server.greeting = "";
    const page = await openPage(await bridgeTo({ port: server.port, limits: { greetingMs: 60_000 } }));
    page.join("anna");
    await until(() => server.connections[0]);
    server.greeting = "Welcome to Salotto (salotto/1).\n";
    server.connections[0]?.end();
    await until(() => page.connection?.phase === "online");
  });
});

describe("a server that is not there", () => {
  it("is waited for, with the reason, and joined once it is there", async () => {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const address = probe.address();
    const port = typeof address === "object" && address ? address.port : 0;
    probe.close();
    const page = await openPage(await bridgeTo({ port }));
    const answer = page.join("anna");
    const waiting = await until(() => page.connections.find(({ phase }) => phase === "waiting"));
    expect(waiting).toMatchObject({
      attempt: 1,
      error: { code: "ECONNREFUSED", message: `cannot reach 127.0.0.1:${port}: connection refused` },
    });
    const server = await startJsonServer(friendlyAnswer(), port);
    onTestFinished(() => server.close());
    expect(await answer).toEqual({ ok: true, name: "anna" });
  });
});

describe("the greeting", () => {
  it("may arrive in pieces", async () => {
    const server = await jsonServer();
    server.greeting = "Welcome to Sal";
    const page = await openPage(await bridgeTo({ port: server.port, limits: { greetingMs: 60_000 } }));
    const answer = page.join("anna");
    const connection = await until(() => server.connections[0]);
    connection.sendRaw("otto (salotto/1)");
    connection.sendRaw(". Type your name.\n");
    expect(await answer).toEqual({ ok: true, name: "anna" });
  });

  it("that comes late is not taken for an old server's: the next attempt waits for it", async () => {
    const server = await jsonServer();
    const { greeting } = server;
    server.greeting = "";
    const page = await openPage(await bridgeTo({ port: server.port, limits: { greetingMs: 200 } }));
    const answer = page.join("anna");
    // The double reads lines, and the bare name of the first attempt has no line end.
    const first = await until(() => server.connections[0]);
    await until(() => first.charsReceived > 0);
    first.sendRaw(greeting);
    const second = await until(() => server.connections[1]);
    await until(() => page.connections.filter(({ phase }) => phase === "connecting").length === 2);
    second.sendRaw(greeting);
    expect(await answer).toEqual({ ok: true, name: "anna" });
    expect(page.connection).toMatchObject({ upstream: { kind: "salotto" } });
    expect(page.connections).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: "late-greeting" }) }),
    );
  });

  it("of a Salotto server that became an old one is waited for once", async () => {
    const server = await jsonServer();
    const page = await joined(server, { limits: { answerMs: 40 } });
    server.greeting = "";
    server.connections[0]?.cut();
    await until(() => page.connections.some((state) => state.phase === "waiting" && state.error.code === "no-answer"));
    await until(() => page.connection?.phase === "online" && page.connection.upstream.kind === "legacy");
  });
});
