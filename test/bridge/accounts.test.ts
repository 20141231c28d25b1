/**
 * Accounts through the bridge: what it tells the server of what a page gives it, what it keeps for reconnections, and
 * what it never says or writes down. The server is scripted; its side of SCRAM is the real one.
 */
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CommandAnswer, JoinAnswer, JoinCredentials } from "../../protocol/bridge-events.ts";
import type { PageCommandType } from "../../protocol/page-commands.ts";
import { accountsAnswer, decode, encode, password, refusal } from "../doubles/accounts-server.ts";
import { type Answer, friendlyAnswer, type JsonServer, startJsonServer } from "../doubles/json-server.ts";
import { startOldServer } from "../doubles/old-servers.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

async function serverWith(answer: Answer): Promise<JsonServer> {
  const server = await startJsonServer(answer);
  onTestFinished(() => server.close());
  return server;
}

const join = (page: TestPage, credentials: JoinCredentials = {}, name = "anna"): Promise<JoinAnswer> =>
  page.socket.emitWithAck("join", { name, ...credentials });
const received = (server: JsonServer, index = 0) => server.connections[index]?.received ?? [];
const types = (server: JsonServer, index = 0) => received(server, index).map(({ type }) => type);

describe("a page that joins", () => {
  it("with a password proves it without sending it, and is given a token", async () => {
    const server = await serverWith(accountsAnswer());
    const page = await openPage(await bridgeTo({ port: server.port }));
    expect(await join(page, { password })).toEqual({ ok: true, name: "anna", token: "token 1" });
    expect(types(server)).toEqual(["hello", "authenticate", "authenticate", "login"]);
    expect(received(server)[1]).toMatchObject({ mechanism: "SCRAM-SHA-256", device: "A browser" });
    expect(JSON.stringify(received(server)).includes(password)).toBe(false);
    expect(
      received(server)
        .map((command) => decode(command.data))
        .join(),
    ).not.toContain(password);
  });

  it("with a token shows it, and says no more", async () => {
    const server = await serverWith(accountsAnswer(new Set(["mine"])));
    const page = await openPage(await bridgeTo({ port: server.port }));
    expect(await join(page, { token: "mine" })).toEqual({ ok: true, name: "anna", token: "mine" });
    expect(received(server)[1]).toEqual({ type: "authenticate", token: "mine", label: "2" });
  });

  it("to a new account registers it first", async () => {
    const server = await serverWith(accountsAnswer());
    const page = await openPage(await bridgeTo({ port: server.port }));
    const answer = await join(page, { password: "new password", register: true, invitation: "i" }, "bruno");
    expect(answer).toEqual({ ok: true, name: "bruno", token: "token 1" });
    const registered = { type: "register", name: "bruno", password: "new password", invitation: "i" };
    expect(received(server)[1]).toMatchObject({ ...registered, device: "A browser" });
    expect(received(server)[2]).toMatchObject({ type: "login", name: "bruno", invitation: "i" });
  });

  it("with a password of an administrator and one of their own changes it before it is let in", async () => {
    const server = await serverWith(accountsAnswer());
    const page = await openPage(await bridgeTo({ port: server.port }));
    expect(await join(page, { password, newPassword: "my own" })).toMatchObject({ ok: true });
    expect(received(server)[3]).toMatchObject({ type: "change-password", old: password, new: "my own" });
    expect(types(server)[4]).toBe("login");
  });

  it("shows the password of the chat when it logs in, with an account or without", async () => {
    const server = await serverWith(accountsAnswer());
    const bridge = await bridgeTo({ port: server.port });
    await join(await openPage(bridge), { chatPassword: "sesame" }, "bruno");
    expect(received(server)[1]).toMatchObject({ type: "login", name: "bruno", password: "sesame" });
    await join(await openPage(bridge), { chatPassword: "sesame", password });
    expect(received(server, 1)[3]).toMatchObject({ type: "login", name: "anna", password: "sesame" });
  });

  it.each<[string, JoinCredentials, string]>([
    ["no proof of a name that belongs to somebody", {}, "name-registered"],
    ["a wrong password", { password: "wrong" }, "wrong-password"],
    ["a token that is over", { token: "over" }, "token-invalid"],
  ])("with %s is told so, and the session ends", async (_, credentials, code) => {
    const server = await serverWith(accountsAnswer());
    const page = await openPage(await bridgeTo({ port: server.port }));
    expect(await join(page, credentials)).toMatchObject({ ok: false, code });
    expect(page.connection).toMatchObject({ phase: "idle", refusal: { code } });
    expect(server.connections).toHaveLength(1);
    // Another attempt starts from nothing.
    expect(await join(page, { password })).toMatchObject({ ok: true, token: "token 1" });
  });

  it("too often is told for how long", async () => {
    const answer = accountsAnswer();
    const tooMany = refusal("too-many-attempts", { retryInMs: 7_000 });
    const server = await serverWith((command, c) => (command.type === "authenticate" ? tooMany : answer(command, c)));
    const page = await openPage(await bridgeTo({ port: server.port }));
    expect(await join(page, { password })).toMatchObject({ code: "too-many-attempts", retryInMs: 7_000 });
  });

  it.each<[string, (data: string) => string]>([
    ["takes any password", () => encode("v=AAAA")],
    ["says nothing of the password", () => ""],
  ])("finds a server out that %s", async (_, last) => {
    const answer = accountsAnswer();
    const server = await serverWith((command, connection) => {
      const answered = answer(command, connection);
      return answered?.name !== undefined && command.type === "authenticate"
        ? { ...answered, data: last(String(answered.data)) }
        : answered;
    });
    const page = await openPage(await bridgeTo({ port: server.port }));
    expect(await join(page, { password })).toMatchObject({ ok: false, code: "server-unproved" });
    expect(types(server)).not.toContain("login");
  });

  it.each(["an earlier Salotto server", "an old server"])("does not show a password to %s", async (kind) => {
    const salotto = kind === "an earlier Salotto server" ? await serverWith(friendlyAnswer()) : undefined;
    const old = salotto ? undefined : await startOldServer("ancestor");
    if (old) onTestFinished(() => old.close());
    const bridge = await bridgeTo({ port: (salotto ?? old)?.port ?? 0 });
    const page = await openPage(bridge);
    const all = { password, token: "t0ken", invitation: "invite" };
    expect(await join(page, all)).toMatchObject({ ok: true });
    const heard = salotto ? JSON.stringify(received(salotto)) : JSON.stringify(old?.connections);
    expect(heard).not.toContain(password);
    expect(heard).not.toContain("t0ken");
    const other = await openPage(bridge);
    expect(await join(other, { password, register: true }, "bruno")).toMatchObject({ ok: false, code: "no-accounts" });
  });

  it.each<[string, object]>([
    ["a password that is not a text", { password: 7 }],
    ["a password that never ends", { password: "x".repeat(10_000) }],
    ["a token that never ends", { token: "x".repeat(10_000) }],
    ["a wish that is no wish", { register: "yes" }],
  ])("with %s is told that it is invalid", async (_, credentials) => {
    const page = await openPage(await bridgeTo({ port: 9 }));
    expect(await join(page, credentials as JoinCredentials)).toMatchObject({ ok: false, code: "invalid" });
  });
});

describe("a lost connection", () => {
  it("is restored with the token, and nobody is asked again", async () => {
    const server = await serverWith(accountsAnswer());
    const page = await openPage(await bridgeTo({ port: server.port }));
    await join(page, { password });
    server.connections[0]?.cut();
    await until(
      () => server.connections[1] && page.connection?.phase === "online" && types(server, 1).includes("login"),
    );
    expect(received(server, 1)[1]).toMatchObject({ type: "authenticate", token: "token 1" });
    expect(page.connections.filter(({ phase }) => phase === "idle")).toHaveLength(1);
  });

  it("ends the session when the login was ended meanwhile", async () => {
    const tokens = new Set<unknown>();
    const server = await serverWith(accountsAnswer(tokens));
    const page = await openPage(await bridgeTo({ port: server.port }));
    await join(page, { password });
    tokens.clear();
    server.connections[0]?.cut();
    await until(() => page.connection?.phase === "idle" && server.connections.length === 2);
    expect(page.connection).toMatchObject({ phase: "idle", refusal: { code: "token-invalid" } });
    expect(server.connections).toHaveLength(2);
  });

  it("and a login that is ended elsewhere at this moment, end in the same way", async () => {
    const server = await serverWith(accountsAnswer());
    const page = await openPage(await bridgeTo({ port: server.port }));
    await join(page, { password });
    server.connections[0]?.send({ type: "bye", code: "signed-out", message: "signed out elsewhere" });
    server.connections[0]?.end();
    await until(() => page.connection?.phase === "idle");
    expect(page.connection).toMatchObject({ refusal: { code: "token-invalid", message: "signed out elsewhere" } });
  });
});

describe("the end of a login", () => {
  it("comes with quitting, but not with closing the window or the bridge", async () => {
    const server = await serverWith(accountsAnswer());
    const bridge = await bridgeTo({ port: server.port, limits: { pageGraceMs: 10 } });
    const page = await openPage(bridge);
    await join(page, { password });
    await page.quit();
    expect(types(server).slice(-2)).toEqual(["sign-out", "quit"]);
    const closed = await openPage(bridge);
    await join(closed, { password });
    closed.socket.disconnect();
    await until(() => types(server, 1).at(-1) === "quit");
    const open = await openPage(bridge);
    await join(open, { password });
    await bridge.close();
    expect(types(server, 2).at(-1)).toBe("quit");
    expect([...types(server, 1), ...types(server, 2)]).not.toContain("sign-out");
  });

  it("is not asked for by somebody without an account", async () => {
    const server = await serverWith(accountsAnswer());
    const page = await openPage(await bridgeTo({ port: server.port }));
    await join(page, {}, "bruno");
    await page.quit();
    expect(types(server)).toEqual(["hello", "login", "quit"]);
  });
});

describe("the account commands of a page", () => {
  it("are passed on, and what follows from them is kept for reconnections", async () => {
    const server = await serverWith(accountsAnswer());
    const page = await openPage(await bridgeTo({ port: server.port }));
    await join(page, {}, "bruno");
    const ask = (command: object): Promise<CommandAnswer<PageCommandType>> =>
      page.socket.emitWithAck("ask", command as never);
    expect(await ask({ type: "register", password: "new password" })).toMatchObject({ ok: true, token: "token 1" });
    expect(received(server).at(-1)).toMatchObject({ type: "register", password: "new password", device: "A browser" });
    server.connections[0]?.cut();
    await until(() => types(server, 1).includes("login"));
    expect(received(server, 1)[1]).toMatchObject({ type: "authenticate", token: "token 1" });
    await until(() => page.connection?.phase === "online");
    for (const command of [{ type: "sessions" }, { type: "change-password", old: "a", new: "b" }]) {
      expect(await ask(command)).toMatchObject({ ok: true });
      expect(received(server, 1).at(-1)).toMatchObject(command);
    }
    expect(await ask({ type: "authenticate", token: "x" })).toMatchObject({ ok: false, code: "invalid" });
    expect(await ask({ type: "unregister", password: "b" })).toMatchObject({ ok: true });
    server.connections[1]?.cut();
    await until(() => types(server, 2).includes("login"));
    expect(types(server, 2)).not.toContain("authenticate");
  });
});

describe("what is secret", () => {
  it("is in no log, in no answer but the token's, and in nothing that a page can look at", async () => {
    const lines: string[] = [];
    const logger = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
    const server = await serverWith(accountsAnswer(new Set(["t0ken"])));
    const bridge = await bridgeTo({ port: server.port, logger });
    const page = await openPage(bridge);
    const secrets = ["wr0ng", password, "ses4me", "inv1te", "0ld", "n3w", "t0ken", "token 1"];
    const told: unknown[] = [await join(page, { password: "wr0ng" })];
    await join(page, { password, chatPassword: "ses4me", invitation: "inv1te" });
    const ask = (command: object) => page.socket.emitWithAck("ask", command as never);
    told.push(await ask({ type: "change-password", old: "0ld", new: "n3w" }), await ask({ type: "sessions" }));
    told.push(await ask({ type: "unregister", password: "0ld" }), await page.post("/login typ3d"));
    told.push(await page.socket.emitWithAck("inspect"));
    const other = await openPage(bridge);
    await join(other, { token: "t0ken" });
    await ask({ type: "register", password: 7, old: "0ld" });
    await page.quit();
    told.push(page.snapshots, page.connections, page.numbered, await other.socket.emitWithAck("inspect"));
    await bridge.close();
    expect(lines.length).toBeGreaterThan(3);
    expect(JSON.stringify(told)).toContain("/login •••");
    const said = `${lines.join("")}\n${JSON.stringify(told)}`;
    expect(said).toContain("•••");
    for (const secret of secrets) expect(said).not.toContain(secret);
  });
});
