/** Accounts from the page's wire to a real server and back. */
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { bridgeLimits } from "../../bridge/limits.ts";
import { scramIterationsMin } from "../../bridge/upstream/scram-client.ts";
import type { JoinAnswer, JoinCredentials } from "../../protocol/bridge-events.ts";
import { startProxy } from "../support/proxy.ts";
import { startTestServer } from "../support/test-server.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

/** A server greets whoever says nothing a moment later. */
const limits = { greetingMs: bridgeLimits.greetingMs };
const password = "correct horse, with a ﬁne battery";

const join = (page: TestPage, credentials: JoinCredentials = {}): Promise<JoinAnswer> =>
  page.socket.emitWithAck("join", { name: "anna", ...credentials });
const tokenOf = (answer: JoinAnswer) => (answer.ok ? answer.token : undefined);

it("a person registers, returns with the token, with the password, and is signed out from elsewhere", async () => {
  // Fewer iterations than that, and the bridge does not prove the password.
  const server = await startTestServer({ limits: { scramIterations: scramIterationsMin } });
  const proxy = await startProxy(server.port);
  const bridge = await bridgeTo({ port: proxy.port, limits });
  const anna = await openPage(bridge);
  const registered = await join(anna, { password, register: true });
  expect(registered).toMatchObject({ ok: true, name: "anna", token: expect.any(String) });
  // A lost connection is restored without the password.
  proxy.cut();
  await until(() => anna.connection?.phase === "waiting");
  proxy.mend();
  await until(() => anna.connection?.phase === "online");
  // Whoever has neither stays outside, and so does a wrong password.
  const stranger = await openPage(await bridgeTo({ port: server.port, limits }));
  expect(await join(stranger)).toMatchObject({ ok: false, code: "name-registered" });
  expect(await join(stranger, { password: "incorrect horse" })).toMatchObject({ ok: false, code: "wrong-password" });

  const phone = await openPage(await bridgeTo({ port: server.port, limits }), { browser: randomUUID() });
  const second = await join(phone, { password });
  expect(tokenOf(second)).not.toBe(tokenOf(registered));
  const listed = await phone.ask({ type: "sessions" });
  const own = listed.ok ? listed.sessions.filter(({ current }) => current) : [];
  expect(own).toHaveLength(1);
  expect(own[0]?.device).toBe("A browser");
  const other = listed.ok ? listed.sessions.find(({ current }) => !current) : undefined;
  expect(await phone.ask({ type: "sign-out", id: other?.id })).toMatchObject({ ok: true });
  const again = await openPage(await bridgeTo({ port: server.port, limits }));
  const { token = "" } = registered.ok ? registered : {};
  expect(await join(again, { token })).toMatchObject({ ok: false, code: "token-invalid" });
  // Quitting ends the login of this browser as well.
  await phone.quit();
  expect(await join(again, { token: tokenOf(second) ?? "" })).toMatchObject({ ok: false, code: "token-invalid" });
});
