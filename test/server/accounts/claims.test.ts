/** What was said before a name was registered: who may claim it, and who may not. */
import { describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../support/test-server.ts";
import { type Asking, connect, join, password } from "./rig.ts";

const say = (asking: Asking, text: string, room = "lobby") =>
  asking.get("post", { room, id: crypto.randomUUID(), text });

async function ownTexts(asking: Asking): Promise<unknown[]> {
  const { messages } = (await asking.get("history", { room: "lobby" })) as { messages: { own?: true; text: string }[] };
  return messages.filter(({ own }) => own).map(({ text }) => text);
}

/** What somebody reads of their private conversation with bruno. */
async function withBruno(asking: Asking): Promise<unknown[]> {
  const { messages } = (await asking.get("history", { room: "@bruno" })) as { messages: { text: string }[] };
  return messages.map(({ text }) => text);
}

/** Anna has talked to bruno, and said something. */
async function annaWas(server: TestServer, device?: string): Promise<{ bruno: Asking; token: unknown }> {
  const bruno = await join(server, "bruno");
  const anna = await connect(server);
  const { token } = await anna.get("login", { name: "anna", ...(device ? { device } : {}) });
  await say(anna, "mine");
  await say(anna, "psst", "@bruno");
  await anna.get("quit");
  await anna.client.ended();
  return { bruno, token };
}

describe("the connection that said it", () => {
  test("keeps everything by registering", async () => {
    const server = await startTestServer();
    await join(server, "bruno");
    const anna = await join(server, "anna");
    await say(anna, "mine");
    await say(anna, "psst", "@bruno");
    await anna.get("register", { password });
    expect(await ownTexts(anna)).toEqual(["mine"]);
    expect(await withBruno(anna)).toEqual(["psst"]);
  });

  test("is the same one after reconnecting with a guest's token", async () => {
    const server = await startTestServer();
    const { token } = await annaWas(server, "laptop");
    const again = await connect(server);
    expect(await again.get("authenticate", { token })).toMatchObject({ name: "anna" });
    await again.get("login", { name: "anna" });
    await again.get("register", { password });
    expect(await ownTexts(again)).toEqual(["mine"]);
    expect(await withBruno(again)).toEqual(["psst"]);
  });

  test("takes over from its lost connection with that token", async () => {
    const server = await startTestServer();
    const lost = await connect(server);
    const { token } = await lost.get("login", { name: "anna", device: "laptop" });
    const again = await connect(server);
    expect(await again.ask("login", { name: "anna" })).toMatchObject({ code: "name-taken" });
    await again.get("authenticate", { token });
    await again.get("login", { name: "anna" });
    await lost.client.until('"code":"replaced"');
  });
});

describe("another connection", () => {
  test("gets the name by registering, but nothing that was said or received before", async () => {
    const server = await startTestServer();
    const { bruno } = await annaWas(server);
    const thief = await join(server, "anna");
    await thief.get("register", { password });
    expect(await ownTexts(thief)).toEqual([]);
    expect(await withBruno(thief)).toEqual([]);
    expect(await thief.get("conversations")).toMatchObject({ conversations: [] });
    const { messages } = (await bruno.get("history", { room: "lobby" })) as { messages: { msgid: string }[] };
    const change = { room: "lobby", id: crypto.randomUUID(), msgid: messages[0]?.msgid };
    expect(await thief.ask("delete", change)).toMatchObject({ code: "not-yours" });
    // Bruno keeps what he has, under the name of whom he had it with.
    await bruno.get("ping");
    expect(bruno.events().filter(({ type }) => type === "member-renamed")).toMatchObject([
      { from: "anna", to: "anna (1)", same: true },
      { from: "anna (1)", to: "anna" },
    ]);
    expect(await bruno.get("history", { room: "@anna (1)" })).toMatchObject({ messages: [{ text: "psst" }] });
    expect(await bruno.get("history", { room: "@anna" })).toMatchObject({ messages: [] });
    const late = await connect(server);
    expect(await late.ask("login", { name: "anna (1)" })).toMatchObject({ code: "name-registered" });
    expect(await late.ask("authenticate", { name: "anna (1)", password: "" })).toMatchObject({
      code: "wrong-password",
    });
  });

  test("gets nothing at the door either", async () => {
    const server = await startTestServer();
    const { bruno } = await annaWas(server);
    const thief = await connect(server);
    await thief.get("register", { name: "anna", password });
    await thief.get("login", { name: "anna" });
    expect(await ownTexts(thief)).toEqual([]);
    expect(await withBruno(thief)).toEqual([]);
    expect(await bruno.get("history", { room: "@anna (1)" })).toMatchObject({ messages: [{ text: "psst" }] });
  });

  test("ends the right of the first one to claim, and its token, by coming under the name", async () => {
    const server = await startTestServer();
    const { token } = await annaWas(server, "laptop");
    const other = await join(server, "anna");
    await say(other, "also mine");
    await other.get("quit");
    await other.client.ended();
    const again = await connect(server);
    expect(await again.ask("authenticate", { token })).toMatchObject({ code: "token-invalid" });
    await again.get("login", { name: "anna" });
    await again.get("register", { password });
    expect(await ownTexts(again)).toEqual([]);
  });

  test("ends it also when the token was shown before, but not used to come in", async () => {
    const server = await startTestServer();
    const { token } = await annaWas(server, "laptop");
    const again = await connect(server);
    await again.get("authenticate", { token });
    const other = await join(server, "anna");
    expect(await again.ask("login", { name: "anna" })).toMatchObject({ code: "name-taken" });
    await other.get("quit");
    await other.client.ended();
    await again.get("login", { name: "anna" });
    await again.get("register", { password });
    expect(await ownTexts(again)).toEqual([]);
  });

  test("by a renaming, does so as well", async () => {
    const server = await startTestServer();
    const { token } = await annaWas(server, "laptop");
    const other = await join(server, "carla");
    await other.get("rename", { name: "anna" });
    await other.get("register", { password });
    expect(await ownTexts(other)).toEqual([]);
    expect(await withBruno(other)).toEqual([]);
    expect(await (await connect(server)).ask("authenticate", { token })).toMatchObject({ code: "token-invalid" });
  });

  test("gets no token for somebody who has said something before", async () => {
    const server = await startTestServer();
    await annaWas(server);
    const other = await connect(server);
    expect(await other.get("login", { name: "anna", device: "phone" })).not.toHaveProperty("token");
  });
});

test("a name under which nothing was ever said or received is anybody's to register", async () => {
  const server = await startTestServer();
  const first = await join(server, "anna");
  await first.get("quit");
  await first.client.ended();
  const second = await join(server, "anna");
  await say(second, "mine");
  await second.get("register", { password });
  expect(await ownTexts(second)).toEqual(["mine"]);
});

test("whoever unregisters goes on as somebody new, and nobody reads what they had", async () => {
  const server = await startTestServer();
  await join(server, "bruno");
  const anna = await join(server, "anna");
  await say(anna, "psst", "@bruno");
  await anna.get("register", { password });
  await anna.get("unregister", { password });
  expect(await withBruno(anna)).toEqual([]);
  await anna.get("quit");
  await anna.client.ended();
  const other = await join(server, "anna");
  expect(await withBruno(other)).toEqual([]);
  expect(await other.ask("sessions")).toMatchObject({ code: "not-registered" });
});
