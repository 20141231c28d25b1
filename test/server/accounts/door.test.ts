/** Chats that do not let everybody in: with a password of their own, for registered people only, or both. */
import { describe, expect, test } from "vitest";
import { defaultConfig } from "../../../server/config.ts";
import type { ServerLimits } from "../../../server/limits.ts";
import { startTestServer } from "../../support/test-server.ts";
import { connect, password, type Told } from "./rig.ts";

const chat = "open sesame";

describe("a chat with a password", () => {
  test("says so, and lets in whoever knows it, once for each connection", async () => {
    const server = await startTestServer({ password: chat });
    const anna = await connect(server);
    expect(await anna.ask("hello", { version: 1 })).toMatchObject({ door: ["password"] });
    expect(await anna.ask("login", { name: "anna" })).toMatchObject({ code: "password-required" });
    expect(await anna.ask("login", { name: "anna", password: "close sesame" })).toMatchObject({
      code: "password-invalid",
    });
    expect(await anna.ask("who")).toMatchObject({ code: "not-logged-in" });
    // The password was right, though the name is not.
    expect(await anna.ask("login", { name: "server", password: chat })).toMatchObject({ code: "name-invalid" });
    await anna.get("login", { name: "anna" });
  });

  test("does not tell who is here before that, and lets nobody register", async () => {
    const server = await startTestServer({ password: chat });
    const anna = await connect(server);
    await anna.get("login", { name: "anna", password: chat });
    const stranger = await connect(server);
    expect(await stranger.ask("login", { name: "anna" })).toMatchObject({ code: "password-required" });
    expect(await stranger.ask("register", { name: "bruno", password })).toMatchObject({ code: "password-required" });
  });

  test("lets in by an account or a token who was let in before", async () => {
    const server = await startTestServer({ password: chat });
    const anna = await connect(server);
    const { token } = await anna.get("login", { name: "anna", password: chat, device: "laptop" });
    const again = await connect(server);
    await again.get("authenticate", { token });
    await again.get("login", { name: "anna" });
    await again.get("register", { password });
    const later = await connect(server);
    await later.get("authenticate", { name: "anna", password });
    await later.get("login", { name: "anna" });
  });

  test("slows down who guesses, and not for long", async () => {
    let now = new Date("2026-11-21T10:00:00Z");
    const server = await startTestServer({ password: chat, now: () => now });
    const guesser = await connect(server);
    const codes = [];
    for (let times = 0; times < 10; times++)
      codes.push((await guesser.ask("login", { name: "anna", password: `guess ${times}` })).code);
    expect(codes.filter((code) => code === "too-many-attempts")).toHaveLength(4);
    expect(await guesser.ask("login", { name: "anna", password: chat })).toMatchObject({ retryInMs: 1_000 });
    now = new Date("2026-11-21T10:00:01Z");
    await guesser.get("login", { name: "anna", password: chat });
  });

  test("follows other limits on guesses while it runs", async () => {
    let now = new Date("2026-11-21T10:00:00Z");
    const server = await startTestServer({ password: chat, now: () => now });
    const guesser = await connect(server);
    const guess = async () => (await guesser.ask("login", { name: "anna", password: "close sesame" })) as Told;
    await guess();
    const put = (changed: Partial<ServerLimits>) =>
      server.reconfigure({ limits: { ...defaultConfig.limits, ...changed }, exempt: [] });
    put({ attemptsAtAccount: { free: 1, waitMsMax: 60_000 } });
    expect(await guess()).toMatchObject({ code: "password-invalid" });
    expect(await guess()).toMatchObject({ code: "too-many-attempts", retryInMs: 1_000 });
    now = new Date("2026-11-21T10:00:01Z");
    await guess();
    put({ attemptsAtAccount: { free: 1, waitMsMax: 3_000 } });
    now = new Date("2026-11-21T10:00:03Z");
    await guess();
    // Otherwise it would be 4 s.
    expect(await guess()).toMatchObject({ code: "too-many-attempts", retryInMs: 3_000 });
    put({ attemptsForgottenMs: 3_000 });
    now = new Date("2026-11-21T10:00:06Z");
    for (let times = 0; times < 5; times++) expect(await guess()).toMatchObject({ code: "password-invalid" });
  });

  test("asks for it at a terminal after the name, also when both arrive at once", async () => {
    const server = await startTestServer({ password: chat });
    const nc = await server.connect();
    nc.send(`anna\nclose sesame\n${chat}\n${chat}\nciao\n`);
    await nc.until("That is not the password of this chat.");
    await nc.until("Welcome, anna!");
    // It is not said by mistake either.
    await nc.until("Not said");
    expect(nc.text).not.toContain("sesame");
  });

  test.each(["anna", "anna\n"])("asks old clients that send %j, whose next message is the answer", async (name) => {
    const server = await startTestServer({ password: chat, limits: { chunkSilenceMs: 5, greetingDelayMs: 1 } });
    const old = await server.connect();
    await old.until("Type your name");
    old.send(name);
    await old.until("This chat has a password.");
    old.send(name.replace("anna", chat));
    await old.until("Welcome, anna!");
    expect(old.text).not.toContain(chat);
  });
});

describe("a chat for registered people", () => {
  test("lets in nobody else, and a stranger after registering", async () => {
    const server = await startTestServer({ registeredOnly: true });
    const anna = await connect(server);
    expect(await anna.ask("hello", { version: 1 })).toMatchObject({ door: ["account"] });
    expect(await anna.ask("login", { name: "anna" })).toMatchObject({ code: "account-required" });
    await anna.get("register", { name: "anna", password });
    expect(await anna.ask("login", { name: "zoe" })).toMatchObject({ code: "account-required" });
    await anna.get("login", { name: "anna" });
    // Another name is the same person's.
    await anna.get("rename", { name: "annina" });
    expect(await anna.get("who")).toMatchObject({ members: [{ name: "annina", registered: true }] });
  });

  test("registers a stranger at a terminal step by step", async () => {
    const server = await startTestServer({ registeredOnly: true });
    const nc = await server.connect();
    nc.send(`anna\nshort\n${password}\n/who\n`);
    await nc.until("Only registered names are let in here.");
    await nc.until("at least 8 characters");
    await nc.until("anna is yours from now on.");
    await nc.until("Welcome, anna!");
    expect(nc.text).not.toContain(password);
    const again = await server.connect();
    again.send(`anna\n${password}\n`);
    await again.until("Welcome, anna!");
  });

  test("ends the connection of whoever unregisters", async () => {
    const server = await startTestServer({ registeredOnly: true });
    const anna = await connect(server);
    await anna.get("register", { name: "anna", password });
    await anna.get("login", { name: "anna" });
    await anna.get("unregister", { password });
    await anna.client.until('"code":"signed-out"');
  });
});

test("a chat that asks for both asks for the name, its own password and that of the account", async () => {
  const server = await startTestServer({ registeredOnly: true, password: chat });
  const anna = await connect(server);
  expect(await anna.ask("hello", { version: 1 })).toMatchObject({ door: ["password", "account"] });
  expect(await anna.ask("login", { name: "anna", password: chat })).toMatchObject({ code: "account-required" });
  await anna.get("register", { name: "anna", password });
  await anna.get("login", { name: "anna" });
  const nc = await server.connect();
  nc.send(`bruno\n${chat}\n${password}\n`);
  await nc.until("Welcome, bruno!");
});

test("an open chat says nothing about a door", async () => {
  const server = await startTestServer();
  expect(await (await connect(server)).ask("hello", { version: 1 })).not.toHaveProperty("door");
});
