/** The bridge with the real server: pages, `nc` and an old client in one room. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bridgeLimits } from "../../bridge/limits.ts";
import { startProxy } from "../support/proxy.ts";
import { barrier, startTestServer } from "../support/test-server.ts";
import { bridgeTo, OldClient, openPage, type TestPage, until } from "./page.ts";

/** The server waits a moment before it greets. */
const limits = { greetingMs: bridgeLimits.greetingMs };

async function inChat(port: number, name: string): Promise<TestPage> {
  const page = await openPage(await bridgeTo({ port, limits }));
  expect(await page.join(name)).toEqual({ ok: true, name });
  await until(() => page.events.some(({ type }) => type === "joined"));
  return page;
}

describe("through the bridge, a page", () => {
  it("talks with another page, somebody on nc and an old client; each hears each message once", async () => {
    const server = await startTestServer();
    const anna = await inChat(server.port, "anna");
    const bruno = await inChat(server.port, "bruno");
    const carla = await server.join("carla");
    const dario = new OldClient(server.port);
    dario.send("dario");
    await until(() => anna.events.filter(({ type }) => type === "member-joined").length === 3);

    await anna.post("da anna");
    await bruno.post("da bruno");
    carla.send("da carla\n");
    await until(() => anna.said.length === 3);
    dario.send("da dario");
    const all = ["anna: da anna", "bruno: da bruno", "carla: da carla", "dario: da dario"];
    await until(() => anna.said.length === 4 && bruno.said.length === 4);
    expect([anna.said, bruno.said]).toEqual([all, all]);
    expect(anna.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    await until(() => dario.heard.includes("dario: da dario"));
    for (const line of all) expect(dario.heard.split(line)).toHaveLength(2);
  });

  it("knows the server, and that it lacks nothing", async () => {
    const page = await inChat((await startTestServer()).port, "anna");
    expect(page.connection).toMatchObject({ phase: "online", upstream: { kind: "salotto", lacks: [] } });
  });

  it("is refused a name that somebody has, and let in with another", async () => {
    const server = await startTestServer();
    await server.join("anna");
    const page = await openPage(await bridgeTo({ port: server.port, limits }));
    expect(await page.join("Anna")).toMatchObject({ ok: false, code: "name-taken" });
    expect(await page.join("bruno")).toEqual({ ok: true, name: "bruno" });
  });

  it("that was closed leaves its name at once to a new one of the same bridge", async () => {
    const server = await startTestServer();
    const bridge = await bridgeTo({ port: server.port, limits });
    const closed = await openPage(bridge);
    await closed.join("anna");
    closed.socket.disconnect();
    const page = await openPage(bridge);
    expect(await page.join("Anna")).toEqual({ ok: true, name: "Anna" });
    expect(page.connections.map(({ phase }) => phase)).toEqual(["idle", "connecting", "online"]);
  });

  it("that is the second of one person goes on with the first one's session, and misses nothing of it", async () => {
    const server = await startTestServer();
    const watcher = await server.joinJson("bruno");
    const bridge = await bridgeTo({ port: server.port, limits });
    const browser = randomUUID();
    const first = await openPage(bridge, { browser });
    await first.join("anna");
    await first.post("prima");
    const { session } = first.handshake;
    expect(await (await openPage(bridge, { browser })).join("Anna")).toEqual({ ok: true, name: "Anna", session });
    const second = await openPage(bridge, { browser, session });
    expect(second.said).toEqual(["anna: prima"]);
    await second.post("poi");
    watcher.sendJson({ type: "post", room: "lobby", id: randomUUID(), text: "ciao" });
    const all = ["anna: prima", "anna: poi", "bruno: ciao"];
    await until(() => first.said.length === 3 && second.said.length === 3);
    expect([first.said, second.said]).toEqual([all, all]);
    first.socket.disconnect();
    await second.quit();
    await watcher.until('"type":"member-left"');
    expect(await watcher.line()).toContain('"reason":"quit"');
  });

  it("is told that the server is full, and is let in when it is not", async () => {
    const server = await startTestServer({ limits: { connectionsMax: 1 } });
    const guest = await server.join("bruno");
    const page = await openPage(await bridgeTo({ port: server.port, limits }));
    const answer = page.join("anna");
    const waiting = await until(() => page.connections.find(({ phase }) => phase === "waiting"));
    const message = "the server is full; try again later";
    expect(waiting).toMatchObject({ error: { code: "server-full", message } });
    guest.close();
    expect(await answer).toEqual({ ok: true, name: "anna" });
  });

  it("leaves by quitting, and the others are told why", async () => {
    const server = await startTestServer();
    const page = await inChat(server.port, "anna");
    const watcher = await server.joinJson("bruno");
    await page.quit();
    await watcher.until('"type":"member-left"');
    expect(await watcher.line()).toContain('"reason":"quit"');
  });

  it("stores a post once that it sends twice", async () => {
    const server = await startTestServer();
    const page = await inChat(server.port, "anna");
    const watcher = await server.joinJson("bruno");
    const id = randomUUID();
    const answers = await Promise.all([page.post("ciao", { id }), page.post("ciao", { id })]);
    expect(answers[1]).toEqual(answers[0]);
    expect(page.said).toEqual(["anna: ciao"]);
    await barrier(watcher);
  });

  it("takes another name, and sends a private message under it", async () => {
    const server = await startTestServer();
    const page = await inChat(server.port, "anna");
    const bruno = await inChat(server.port, "bruno");
    expect(await page.rename("carla")).toEqual({ ok: true, name: "carla", same: true });
    expect(await page.post("psst", { room: "@bruno" })).toMatchObject({ ok: true });
    await until(() => bruno.messages.length === 1);
    expect(bruno.messages[0]).toMatchObject({ from: "carla", text: "psst" });
    expect(page.messages[0]).toMatchObject({ from: "carla", text: "psst", room: "@bruno" });
  });

  it("goes on with a conversation whoever of the two takes another name, and posts to either name", async () => {
    const server = await startTestServer();
    const anna = await inChat(server.port, "anna");
    const bruno = await inChat(server.port, "bruno");
    await anna.post("one", { room: "@bruno" });
    await bruno.rename("bea");
    await anna.post("two", { room: "@bruno" });
    await bruno.post("three", { room: "@anna" });
    await anna.rename("annina");
    await bruno.post("four", { room: "@anna" });
    await until(() => anna.messages.length === 4 && bruno.messages.length === 4);
    const told = ({ messages }: TestPage) => messages.map(({ room, seq, text }) => `${room} ${seq} ${text}`);
    expect(told(anna)).toEqual(["@bruno 1 one", "@bea 2 two", "@bea 3 three", "@bea 4 four"]);
    expect(told(bruno)).toEqual(["@anna 1 one", "@anna 2 two", "@anna 3 three", "@annina 4 four"]);
  });

  it("that was cut off finds a conversation with somebody who took another name meanwhile", async () => {
    const server = await startTestServer();
    const proxy = await startProxy(server.port);
    const anna = await inChat(proxy.port, "anna");
    const bruno = await inChat(server.port, "bruno");
    await bruno.post("one", { room: "@anna" });
    await until(() => anna.messages.length === 1);
    proxy.cut();
    await until(() => anna.connection?.phase === "waiting");
    await bruno.rename("bea");
    await bruno.post("two", { room: "@anna" });
    proxy.mend();
    await until(() => anna.messages.length === 2);
    await bruno.post("three", { room: "@anna" });
    await anna.post("four", { room: "@bruno" });
    await until(() => anna.messages.length === 4);
    const inOrder = anna.events.flatMap((event) => {
      if (event.type === "conversation-renamed") return `${event.from} is ${event.to}`;
      return event.type === "message" ? `${event.room} ${event.seq} ${event.text}` : [];
    });
    expect(inOrder).toEqual(["@bruno 1 one", "@bruno is @bea", "@bea 2 two", "@bea 3 three", "@bea 4 four"]);
    expect(await anna.ask({ type: "join", room: "@bruno" })).toEqual({ ok: true, room: "@bea" });
  });

  it("that becomes somebody who is away has that person's conversations, and nobody else's move", async () => {
    const server = await startTestServer();
    const carla = await inChat(server.port, "carla");
    const anna = await inChat(server.port, "anna");
    const bruno = await inChat(server.port, "bruno");
    await anna.post("from anna", { room: "@bruno" });
    await carla.post("from carla", { room: "@bruno" });
    await anna.quit();
    await until(() => bruno.events.some(({ type }) => type === "member-left"));
    expect(await carla.rename("anna")).toEqual({ ok: true, name: "anna" });
    await carla.post("again", { room: "@bruno" });
    await until(() => bruno.messages.length === 3);
    const told = ({ messages }: TestPage) => messages.map(({ room, seq, text }) => `${room} ${seq} ${text}`);
    expect(told(bruno)).toEqual(["@anna 1 from anna", "@carla 1 from carla", "@anna 2 again"]);
    expect(told(carla)).toEqual(["@bruno 1 from carla", "@bruno 2 again"]);
  });

  it("finds its way back when the server starts again", async () => {
    const server = await startTestServer();
    const page = await inChat(server.port, "anna");
    await server.close();
    await until(() => page.connection?.phase === "waiting");
    expect(await page.post("c'è nessuno?")).toMatchObject({ ok: false, code: "offline" });
    await startTestServer({ port: server.port });
    await until(() => page.events.filter(({ type }) => type === "joined").length === 2);
    expect(await page.post("eccomi")).toMatchObject({ ok: true });
  });
});
