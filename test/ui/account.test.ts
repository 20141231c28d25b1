/** Joining with an account: what the page shows to prove it, what it keeps, and what it is told when it is refused. */
import { describe, expect, it } from "vitest";
import type { JoinAnswer, Snapshot } from "../../protocol/bridge-events.ts";
import { memoryStorage, openStore } from "./memory-bridge-client.ts";

const info = { kind: "salotto", description: "test", lacks: [] } as const;
const at = (server: string, more: Partial<Snapshot> = {}): Snapshot => ({
  ...{ epoch: "e1", server, connection: { phase: "idle" }, events: [] },
  ...more,
});

/** A page at the join form. */
function arrive(browser = memoryStorage(), server = "h:1", window = memoryStorage()) {
  const opened = openStore({ browser, window });
  opened.client.bridge.snapshot(at(server));
  const kept = () => [...opened.browser.items, ...opened.window.items].map((item) => item.join("=")).join("\n");
  return { ...opened, kept };
}

/** The same with anna in the chat, who has a token. */
async function loggedIn(browser = memoryStorage()) {
  const page = arrive(browser);
  page.store.join("anna", { password: "correct horse" });
  await page.client.joins.at(-1)?.answer({ ok: true, name: "anna", token: "t1" });
  page.client.bridge.name("anna", true);
  page.client.bridge.connection({ phase: "online", upstream: info });
  return page;
}

describe("joining with an account", () => {
  it("shows the password once and keeps the token instead, which the next page shows by itself", async () => {
    const { client, browser, kept } = await loggedIn();
    expect(client.joins[0]?.request).toEqual({ name: "anna", password: "correct horse" });
    expect(kept()).toContain("t1");
    expect(kept()).not.toContain("correct horse");
    const next = arrive(browser);
    next.store.join("anna");
    expect(next.client.joins[0]?.request).toEqual({ name: "anna", token: "t1" });
  });

  it("shows a token only to the server and under the name that it is for, however that is written", async () => {
    const { browser } = await loggedIn();
    const elsewhere = arrive(browser, "h:2");
    elsewhere.store.join("anna");
    expect(elsewhere.client.joins[0]?.request).toEqual({ name: "anna" });
    const other = arrive(browser);
    other.store.join("bruno");
    expect(other.client.joins[0]?.request).toEqual({ name: "bruno" });
    const same = arrive(browser);
    same.store.join("ANNA");
    expect(same.client.joins[0]?.request).toEqual({ name: "ANNA", token: "t1" });
  });

  it("shows a password rather than the token, when one is typed", async () => {
    const { browser } = await loggedIn();
    const next = arrive(browser);
    next.store.join("anna", { password: "another", chatPassword: "open", invitation: "i", clearIsMeant: true });
    const typed = { password: "another", chatPassword: "open", invitation: "i", clearIsMeant: true };
    expect(next.client.joins[0]?.request).toEqual({ name: "anna", ...typed });
  });

  it("shows what was typed again when the bridge was away, until the server has judged it", async () => {
    const { client, store } = arrive();
    store.join("anna", { password: "correct horse" });
    await client.joins[0]?.answer(undefined);
    client.bridge.lost();
    client.bridge.snapshot(at("h:1", { epoch: "e2" }));
    expect(client.joins[1]?.request).toEqual({ name: "anna", password: "correct horse" });
    await client.joins[1]?.answer({ ok: false, code: "wrong-password", message: "no" });
    store.join("anna");
    expect(client.joins[2]?.request).toEqual({ name: "anna" });
  });

  it("needs no password when the bridge has restarted", async () => {
    const { client } = await loggedIn();
    client.bridge.lost();
    client.bridge.snapshot(at("h:1", { epoch: "e2" }));
    expect(client.joins.at(-1)?.request).toEqual({ name: "anna", token: "t1" });
  });

  it.each([
    "name-registered",
    "wrong-password",
    "password-required",
    "account-required",
    "invitation-required",
    "token-invalid",
    "clear-password",
    "no-accounts",
  ] as const)("that is refused as %s tells the form so", async (code) => {
    const { client, store } = arrive();
    store.join("anna", { password: "x" });
    await client.joins[0]?.answer({ ok: false, code, message: "no" });
    expect(store.state).toMatchObject({ joinState: "out", connection: { phase: "idle", refusal: { code } } });
  });

  it("that was tried too often tells the form for how long", async () => {
    const { client, store } = arrive();
    store.join("anna", { password: "x" });
    const refused: JoinAnswer = { ok: false, code: "too-many-attempts", message: "no", retryInMs: 9_000 };
    await client.joins[0]?.answer(refused);
    expect(store.state.connection).toMatchObject({ refusal: { code: "too-many-attempts", retryInMs: 9_000 } });
  });
});

describe("the token is forgotten", () => {
  it("when the person quits", async () => {
    const { store, kept } = await loggedIn();
    store.quit();
    expect(kept()).not.toContain("t1");
  });

  it("when the server no longer takes it, at joining or after a lost connection", async () => {
    const { browser, client, kept } = await loggedIn();
    client.bridge.connection({ phase: "idle", refusal: { code: "token-invalid", message: "signed out" } });
    expect(kept()).not.toContain("t1");
    await loggedIn(browser);
    const next = arrive(browser);
    next.store.join("anna");
    await next.client.joins[0]?.answer({ ok: false, code: "token-invalid", message: "signed out" });
    expect(next.kept()).not.toContain("t1");
  });

  it("when the person signs out here, but not when they do elsewhere", async () => {
    const { store, client, kept } = await loggedIn();
    const elsewhere = store.account.signOut("s2");
    expect(client.asks[0]?.request).toEqual({ type: "sign-out", id: "s2" });
    await client.asks[0]?.answer({ ok: true });
    await elsewhere;
    expect(kept()).toContain("t1");
    void store.account.signOut();
    expect(client.asks[1]?.request).toEqual({ type: "sign-out" });
    await client.asks[1]?.answer({ ok: true });
    expect(kept()).not.toContain("t1");
  });

  it("with the account, but not when the server keeps the account", async () => {
    const { store, client, kept } = await loggedIn();
    void store.account.unregister("wrong");
    await client.asks[0]?.answer({ ok: false, code: "wrong-password", message: "no" });
    expect(kept()).toContain("t1");
    void store.account.unregister("correct horse", { clearIsMeant: true });
    expect(client.asks[1]?.request).toEqual({ type: "unregister", password: "correct horse", clearIsMeant: true });
    await client.asks[1]?.answer({ ok: true });
    expect(kept()).not.toContain("t1");
  });

  it("not when somebody gives up joining before the server has answered", async () => {
    const { browser } = await loggedIn();
    const next = arrive(browser);
    next.store.join("anna");
    next.store.quit();
    expect(next.kept()).toContain("t1");
  });
});

describe("an account", () => {
  it("is made for the present name, and its token kept", async () => {
    const { store, client, kept } = arrive();
    store.join("anna");
    await client.joins[0]?.answer({ ok: true, name: "anna" });
    client.bridge.name("anna", true);
    client.bridge.connection({ phase: "online", upstream: info });
    const registering = store.account.register("correct horse", { invitation: "i" });
    expect(client.asks[0]?.request).toEqual({ type: "register", password: "correct horse", invitation: "i" });
    await client.asks[0]?.answer({ ok: true, name: "anna", token: "t2" });
    expect(await registering).toMatchObject({ ok: true });
    expect(kept()).toContain("t2");
    expect(kept()).not.toContain("correct horse");
  });

  it("is that of a person, so the token goes with them to another name, and not with the name", async () => {
    const { store, client, browser } = await loggedIn();
    const renaming = store.rename("annetta");
    await client.asks[0]?.answer({ ok: true, name: "annetta", same: true });
    await renaming;
    client.bridge.name("annetta", true);
    const next = arrive(browser);
    next.store.join("annetta");
    expect(next.client.joins[0]?.request).toMatchObject({ token: "t1" });
    next.store.join("anna");
    expect(next.client.joins[1]?.request).not.toHaveProperty("token");
  });

  it("gets another password, and lists where it is used", async () => {
    const { store, client } = await loggedIn();
    void store.account.changePassword("correct horse", "battery staple");
    expect(client.asks[0]?.request).toEqual({ type: "change-password", old: "correct horse", new: "battery staple" });
    const listing = store.account.listSessions();
    const time = "2026-01-01T00:00:00.000Z";
    const sessions = [{ id: "s1", device: "Firefox on Linux", made: time, seen: time, current: true }];
    await client.asks[1]?.answer({ ok: true, sessions });
    expect(await listing).toEqual({ ok: true, sessions });
  });
});
