/** Accounts from the page's wire to a real server and back. */
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { bridgeLimits } from "../../bridge/limits.ts";
import { scramIterationsMin } from "../../bridge/upstream/scram-client.ts";
import type { JoinAnswer, JoinCredentials } from "../../protocol/bridge-events.ts";
import { startInvitedServer } from "../support/invited-server.ts";
import { startProxy } from "../support/proxy.ts";
import { startTestServer } from "../support/test-server.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

/** A server greets whoever says nothing a moment later. */
const limits = { greetingMs: bridgeLimits.greetingMs };
const password = "correct horse, with a ﬁne battery";

const enter = (page: TestPage, credentials: JoinCredentials = {}): Promise<JoinAnswer> =>
  page.socket.emitWithAck("join", { name: "anna", ...credentials });
const tokenOf = (answer: JoinAnswer) => (answer.ok ? answer.token : undefined);

it("a person registers, returns with the token, with the password, and is signed out from elsewhere", async () => {
  // Fewer iterations than that, and the bridge does not prove the password.
  const server = await startTestServer({ limits: { scramIterations: scramIterationsMin } });
  const proxy = await startProxy(server.port);
  const bridge = await bridgeTo({ port: proxy.port, limits });
  const anna = await openPage(bridge);
  const registered = await enter(anna, { password, register: true });
  expect(registered).toMatchObject({ ok: true, name: "anna", token: expect.any(String) });
  // A lost connection is restored without the password.
  proxy.cut();
  await until(() => anna.connection?.phase === "waiting");
  proxy.mend();
  await until(() => anna.connection?.phase === "online");
  // Whoever has neither stays outside, and so does a wrong password.
  const stranger = await openPage(await bridgeTo({ port: server.port, limits }));
  expect(await enter(stranger)).toMatchObject({ ok: false, code: "name-registered" });
  expect(await enter(stranger, { password: "incorrect horse" })).toMatchObject({ ok: false, code: "wrong-password" });

  const phone = await openPage(await bridgeTo({ port: server.port, limits }), { browser: randomUUID() });
  const second = await enter(phone, { password });
  expect(tokenOf(second)).not.toBe(tokenOf(registered));
  const listed = await phone.ask({ type: "sessions" });
  const own = listed.ok ? listed.sessions.filter(({ current }) => current) : [];
  expect(own).toHaveLength(1);
  expect(own[0]?.device).toBe("A browser");
  const other = listed.ok ? listed.sessions.find(({ current }) => !current) : undefined;
  expect(await phone.ask({ type: "sign-out", id: other?.id })).toMatchObject({ ok: true });
  const again = await openPage(await bridgeTo({ port: server.port, limits }));
  const { token = "" } = registered.ok ? registered : {};
  expect(await enter(again, { token })).toMatchObject({ ok: false, code: "token-invalid" });
  // Quitting ends the login of this browser as well.
  await phone.quit();
  expect(await enter(again, { token: tokenOf(second) ?? "" })).toMatchObject({ ok: false, code: "token-invalid" });
});

it("a guest comes in by an invitation once, and comes back without it", async () => {
  const server = await startInvitedServer();
  const code = await server.invite();
  const proxy = await startProxy(server.port);
  const bridge = await bridgeTo({ port: proxy.port, limits });
  const stranger = await openPage(bridge);
  expect(await enter(stranger)).toMatchObject({ ok: false, code: "invitation-required" });
  const anna = await openPage(bridge);
  const answer = await enter(anna, { invitation: code });
  expect(answer).toMatchObject({ ok: true, token: expect.any(String) });
  expect(await enter(stranger, { invitation: code })).toMatchObject({ ok: false, code: "invitation-invalid" });
  proxy.cut();
  await until(() => anna.connection?.phase === "waiting");
  proxy.mend();
  await until(() => anna.connection?.phase === "online");
  // The same from a bridge that knows nothing but the browser's token.
  const later = await openPage(await bridgeTo({ port: server.port, limits }), { browser: randomUUID() });
  expect(await enter(later, { token: tokenOf(answer) ?? "" })).toMatchObject({ ok: true });
});

it("a page hears that somebody has registered", async () => {
  const server = await startTestServer();
  const page = await openPage(await bridgeTo({ port: server.port, limits }));
  await enter(page);
  const bruno = await server.joinJson("bruno");
  bruno.sendJson({ type: "register", password });
  await until(() => page.numbered.some(({ event }) => event.type === "member-registered" && event.name === "bruno"));
});
