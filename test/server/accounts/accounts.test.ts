/** Accounts in the json dialect: who gets in, as whom, and who does not. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { barrier, startTestServer } from "../../support/test-server.ts";
import { type Asking, connect, join, password, register } from "./rig.ts";

describe("a registered name", () => {
  test("lets in nobody who does not prove it, and its owner by name and password", async () => {
    const server = await startTestServer();
    const anna = await register(server, "anna");
    await anna.get("quit");
    const stranger = await connect(server);
    for (const name of ["anna", "ANNA", "ａｎｎａ"])
      expect(await stranger.ask("login", { name })).toMatchObject({ code: "name-registered" });
    expect(await stranger.ask("authenticate", { name: "anna", password: "wrong horse" })).toMatchObject({
      code: "wrong-password",
    });
    expect(await stranger.ask("login", { name: "anna" })).toMatchObject({ code: "name-registered" });
    expect(await stranger.get("authenticate", { name: "Anna", password })).toMatchObject({ name: "anna" });
    expect(await stranger.get("login", { name: "anna" })).toMatchObject({ name: "anna" });
  });

  test("is refused with its lookalikes, plain ones too, while its owner is away", async () => {
    const server = await startTestServer();
    const anna = await register(server, "annal");
    await anna.get("quit");
    const stranger = await connect(server);
    for (const name of ["anna1", "ɑnnal", "annaI"])
      expect(await stranger.ask("login", { name }), name).toMatchObject({ code: "name-taken" });
    const bruno = await join(server, "bruno");
    expect(await bruno.ask("rename", { name: "annal" })).toMatchObject({ code: "name-registered" });
    expect(await bruno.ask("rename", { name: "anna1" })).toMatchObject({ code: "name-taken" });
  });

  test("is refused with its lookalikes also to whoever had one of them before", async () => {
    const server = await startTestServer();
    const speak = (guest: Asking) => guest.get("post", { room: "lobby", id: crypto.randomUUID(), text: "hello" });
    const leave = async (guest: Asking) => {
      await guest.get("quit");
      await guest.client.ended();
    };
    const one = await connect(server);
    const { token: mallorys } = await one.get("login", { name: "annaI", device: "laptop" });
    await speak(one);
    await one.get("rename", { name: "mallory" });
    await speak(one);
    await leave(one);
    const other = await connect(server);
    const { token } = await other.get("login", { name: "anna1", device: "laptop" });
    await speak(other);
    await leave(other);
    const early = await connect(server);
    await early.get("authenticate", { token });
    await (await connect(server)).get("register", { name: "annal", password });
    expect(await early.ask("login", { name: "anna1" })).toMatchObject({ code: "name-taken" });
    const late = await connect(server);
    expect(await late.ask("authenticate", { token })).toMatchObject({ code: "token-invalid" });
    // Another name of the same person is theirs, but not the one that looks like annal.
    await late.get("authenticate", { token: mallorys });
    await late.get("login", { name: "mallory" });
    expect(await late.ask("rename", { name: "annaI" })).toMatchObject({ code: "name-taken" });
    await late.get("register", { password });
    expect(await late.ask("rename", { name: "annaI" })).toMatchObject({ code: "name-taken" });
    await late.get("rename", { name: "bruno" });
    await late.get("rename", { name: "mallory" });
  });

  test("is proved after login, too, and the member becomes its person", async () => {
    const server = await startTestServer();
    const anna = await register(server, "anna");
    await anna.get("post", { room: "lobby", id: crypto.randomUUID(), text: "mine" });
    await anna.get("quit");
    const bruno = await join(server, "bruno");
    await bruno.get("authenticate", { name: "anna", password });
    await bruno.get("ping");
    expect(bruno.events().at(-1)).toMatchObject({
      type: "member-renamed",
      from: "bruno",
      to: "anna",
      registered: true,
    });
    const { messages } = await bruno.get("history", { room: "lobby" });
    expect(messages).toMatchObject([{ text: "mine", own: true }]);
    expect(await bruno.get("who")).toMatchObject({ members: [{ name: "anna", registered: true }] });
  });

  test("can be registered at the door, under which one then comes in", async () => {
    const server = await startTestServer();
    const anna = await connect(server);
    expect(await anna.ask("register", { password })).toMatchObject({ code: "invalid", field: "name" });
    expect(await anna.get("register", { name: "anna", password })).toMatchObject({ name: "anna" });
    await anna.get("login", { name: "anna" });
    expect(await anna.ask("register", { password })).toMatchObject({ code: "registered" });
  });

  test("stays its owner's after any renaming", async () => {
    const server = await startTestServer({ limits: { namesPerPersonMax: 2 } });
    const anna = await register(server, "anna");
    for (const name of ["one", "two", "three"]) {
      await anna.get("rename", { name });
      await anna.get("post", { room: "lobby", id: crypto.randomUUID(), text: name });
    }
    await anna.get("quit");
    const stranger = await connect(server);
    for (const name of ["anna", "three"])
      expect(await stranger.ask("login", { name })).toMatchObject({ code: "name-registered" });
    await stranger.get("login", { name: "one" });
  });

  test("is its owner's after a restart, with the sessions; after unregistering it is free", async () => {
    const data = mkdtempSync(joinPath(tmpdir(), "salotto-accounts-"));
    onTestFinished(() => rmSync(data, { recursive: true }));
    const before = await startTestServer({ data });
    const { token } = await register(before, "anna", { device: "laptop" });
    await before.close();
    const server = await startTestServer({ data });
    const anna = await connect(server);
    expect(await anna.ask("login", { name: "anna" })).toMatchObject({ code: "name-registered" });
    await anna.get("authenticate", { token });
    await anna.get("login", { name: "anna" });
    expect(await anna.ask("unregister", { password: "wrong horse" })).toMatchObject({ code: "wrong-password" });
    await anna.get("unregister", { password });
    await anna.get("quit");
    await server.close();
    const later = await startTestServer({ data });
    await join(later, "anna");
    expect(await (await connect(later)).ask("authenticate", { token })).toMatchObject({ code: "token-invalid" });
  });
});

describe("whoever proves an account that is here on another connection", () => {
  test("takes over at once, and the other connection is told and ended", async () => {
    const server = await startTestServer();
    const { client: lost, token } = await register(server, "anna", { device: "laptop" });
    const bruno = await join(server, "bruno");
    const anna = await connect(server);
    await anna.get("authenticate", { token });
    await anna.get("login", { name: "anna" });
    await lost.until('"bye","code":"replaced"');
    await lost.ended();
    await barrier(bruno.client);
    expect(await bruno.get("who")).toMatchObject({ members: [{ name: "bruno" }, { name: "anna" }] });
  });

  test("does not stop a server that stops when it is empty", async () => {
    let emptied = 0;
    const server = await startTestServer({ events: { emptied: () => emptied++ } });
    const { token } = await register(server, "anna", { device: "laptop" });
    const anna = await connect(server);
    await anna.get("authenticate", { token });
    await anna.get("login", { name: "anna" });
    expect(emptied).toBe(0);
    await anna.get("quit");
    await anna.client.ended();
    expect(emptied).toBe(1);
  });

  test("takes over under whatever name the other one has", async () => {
    const server = await startTestServer();
    const other = await register(server, "anna", { device: "laptop" });
    await other.get("rename", { name: "annina" });
    const anna = await connect(server);
    await anna.get("authenticate", { name: "annina", password });
    await anna.get("login", { name: "anna" });
    await other.client.until('"code":"replaced"');
  });
});

describe("answers", () => {
  test("come in order: a ping is answered after what takes long", async () => {
    const server = await startTestServer();
    const client = await server.connect();
    client.sendJson({ type: "register", name: "anna", password, label: "1" });
    client.sendJson({ type: "ping", label: "2" });
    client.sendJson({ type: "authenticate", name: "anna", password: "wrong horse", label: "3" });
    client.sendJson({ type: "login", name: "anna", label: "4" });
    client.sendJson({ type: "ping", label: "5" });
    const told = await client.until('"label":"5"');
    expect([...told.matchAll(/"label":"(\d)"/g)].map(([, label]) => label)).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("are the same for a wrong password and for an unknown name", async () => {
    const server = await startTestServer();
    await register(server, "anna");
    const stranger = await connect(server);
    const answers = [];
    for (const name of ["anna", "nobody", "not a name: at all", "x".repeat(300), ""])
      answers.push(await stranger.ask("authenticate", { name, password: "wrong horse" }));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ code: "wrong-password" });
  });

  test.each([
    ["short", "at least"],
    [`${"x".repeat(256)}\n`, "at most"],
    [" correct horse", "white space"],
    ["correct\nhorse", "control"],
    ["correct\u200bhorse", "invisible"],
  ])("say why %j cannot be a password", async (typed, why) => {
    const server = await startTestServer();
    const anna = await join(server, "anna");
    const answer = await anna.ask("register", { password: typed });
    expect(String(answer.message)).toContain(why);
    expect(JSON.stringify(answer)).not.toContain(JSON.stringify(typed));
    expect(await anna.ask("sessions")).toMatchObject({ code: "not-registered" });
  });

  test.each<[string, object?]>([["sessions"], ["sign-out"], ["change-password", { old: password, new: password }]])(
    "ask for an account before %s",
    async (type, fields = {}) => {
      const server = await startTestServer();
      expect(await (await connect(server)).ask(type, fields)).toMatchObject({ code: "account-required" });
      expect(await (await join(server, "anna")).ask(type, fields)).toMatchObject({ code: "not-registered" });
    },
  );
});

describe("a password", () => {
  test("is changed by whoever gives the old one; other sessions and connections end", async () => {
    const server = await startTestServer();
    const anna = await register(server, "anna", { device: "laptop" });
    const other = await connect(server);
    const { token } = await other.get("authenticate", { name: "anna", password, device: "phone" });
    const fresh = { old: password, new: "battery staple" };
    expect(await anna.ask("change-password", { ...fresh, old: "wrong horse" })).toMatchObject({
      code: "wrong-password",
    });
    expect(await anna.ask("change-password", { ...fresh, new: "short" })).toMatchObject({
      code: "password-invalid",
      field: "new",
    });
    await anna.get("change-password", fresh);
    await other.client.until('"code":"signed-out"');
    const late = await connect(server);
    expect(await late.ask("authenticate", { token })).toMatchObject({ code: "token-invalid" });
    expect(await late.ask("authenticate", { name: "anna", password })).toMatchObject({ code: "wrong-password" });
    await late.get("authenticate", { name: "anna", password: "battery staple" });
    await late.get("authenticate", { token: anna.token });
  });

  test("ends also what somebody can do who has become another person since", async () => {
    const server = await startTestServer();
    await register(server, "mallory");
    const anna = await register(server, "anna");
    const { msgid } = await anna.get("post", { room: "lobby", id: crypto.randomUUID(), text: "mine" });
    const thief = await connect(server);
    await thief.get("authenticate", { name: "anna", password });
    await thief.get("login", { name: "anna" });
    await thief.get("authenticate", { name: "mallory", password });
    const again = await connect(server);
    await again.get("authenticate", { name: "anna", password });
    await again.get("change-password", { old: password, new: "battery staple" });
    const change = { room: "lobby", id: crypto.randomUUID(), msgid };
    expect(await thief.ask("delete", change)).toMatchObject({ code: "not-yours" });
  });

  test("is the same one in any form of its characters", async () => {
    const server = await startTestServer();
    await register(server, "anna", { password: "caffè ﬁno ２" });
    const late = await connect(server);
    await late.get("authenticate", { name: "anna", password: "caffe\u0300 fino 2" });
  });
});

describe("sessions", () => {
  test("are listed with the present one, and end one by one, with their connections", async () => {
    const server = await startTestServer();
    const anna = await register(server, "anna", { device: "laptop" });
    const phone = await connect(server);
    const { token } = await phone.get("authenticate", { name: "anna", password, device: "phone" });
    const { sessions } = (await anna.get("sessions")) as { sessions: { id: string; device: string }[] };
    expect(sessions).toMatchObject([{ device: "phone" }, { device: "laptop", current: true }]);
    expect(JSON.stringify(sessions)).not.toContain(String(token).split(".")[1]);
    expect(await anna.ask("sign-out", { id: "nonsense" })).toMatchObject({ code: "invalid", field: "id" });
    await anna.get("sign-out", { id: sessions[0]?.id });
    await phone.client.until('"code":"signed-out"');
    expect(await (await connect(server)).ask("authenticate", { token })).toMatchObject({ code: "token-invalid" });
    await anna.get("sign-out");
    await anna.client.until('"code":"signed-out"');
    expect(await (await connect(server)).ask("authenticate", { token: anna.token })).toMatchObject({
      code: "token-invalid",
    });
  });

  test("of somebody else cannot be ended", async () => {
    const server = await startTestServer();
    const anna = await register(server, "anna", { device: "laptop" });
    const bruno = await register(server, "bruno", { device: "laptop" });
    const { sessions } = (await anna.get("sessions")) as { sessions: { id: string }[] };
    expect(await bruno.ask("sign-out", { id: sessions[0]?.id })).toMatchObject({ code: "invalid" });
    await anna.get("sessions");
  });

  test("are bounded: the one that was used longest ago ends", async () => {
    const server = await startTestServer({ limits: { sessionsPerPersonMax: 2 } });
    const { token } = await register(server, "anna", { device: "first" });
    for (const device of ["second", "third"])
      await (await connect(server)).get("authenticate", { name: "anna", password, device });
    expect(await (await connect(server)).ask("authenticate", { token })).toMatchObject({ code: "token-invalid" });
  });

  test.each(["", ".", "a.b", "x".repeat(128), "00000000-0000-4000-8000-000000000000."])(
    "are not continued with %j",
    async (token) => {
      const server = await startTestServer();
      await register(server, "anna", { device: "laptop" });
      expect(await (await connect(server)).ask("authenticate", { token })).toMatchObject({ code: "token-invalid" });
    },
  );

  test("are not continued with another secret", async () => {
    const server = await startTestServer();
    const { token } = await register(server, "anna", { device: "laptop" });
    const forged = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
    expect(await (await connect(server)).ask("authenticate", { token: forged })).toMatchObject({
      code: "token-invalid",
    });
  });
});

test("only so many can register, and a source only so many at a time", async () => {
  const server = await startTestServer({
    limits: { accountsMax: 2, newAccountsOfSource: { atOnce: 3, perHour: 1 } },
  });
  await register(server, "anna");
  await register(server, "bruno");
  const carla = await join(server, "carla");
  expect(await carla.ask("register", { password })).toMatchObject({ code: "too-many-accounts" });
  const few = await startTestServer({ limits: { newAccountsOfSource: { atOnce: 1, perHour: 1 } } });
  await register(few, "anna");
  const dora = await join(few, "dora");
  expect(await dora.ask("register", { password })).toMatchObject({ code: "too-many-attempts", retryInMs: 60_000 });
});

test("somebody new is known although accounts take all the room for people", async () => {
  const server = await startTestServer({ limits: { peopleMax: 2 } });
  for (const name of ["anna", "bruno", "carla"]) await (await connect(server)).get("register", { name, password });
  const guest = await join(server, "dario");
  expect(await (await connect(server)).ask("login", { name: "dario" })).toMatchObject({ code: "name-taken" });
  expect(await guest.get("who")).toMatchObject({ members: [{ name: "dario" }] });
  await guest.get("register", { password });
  await guest.get("quit");
  await guest.client.ended();
  expect(await (await connect(server)).ask("login", { name: "dario" })).toMatchObject({ code: "name-registered" });
});
