/** Who is taken out or kept out of rooms and of the chat, and how long it holds. */
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { ask } from "../support/rights-walk.ts";
import { startTestServer, type TestServer } from "../support/test-server.ts";
import { connect as arrive } from "./accounts/rig.ts";
import { admin, post, roomOfTwo, told } from "./moderation-rig.ts";

describe("somebody who is taken out", () => {
  test("hears by whom and why, as do the others, and may come back", async () => {
    const server = await startTestServer();
    const { anna, bruno } = await roomOfTwo(server);
    await ask(anna, { type: "kick", room: "dev", name: "bruno", reason: "too\u001b[2J\nloud" });
    const event = { room: "dev", name: "bruno", reason: "kicked", by: "anna", why: "too loud" };
    expect(await told(bruno, "member-left")).toMatchObject([event]);
    expect(await ask(bruno, post("dev", "hm"))).toMatchObject({ code: "not-in-room" });
    expect(await ask(bruno, { type: "join", room: "dev" })).toMatchObject({ type: "ok" });
  });

  test("of the lobby is out of the chat", async () => {
    const server = await startTestServer({ admins: ["root"] });
    const root = await admin(server);
    const bruno = await server.joinJson("bruno");
    const carla = await server.join("carla");
    expect(await ask(root, { type: "kick", name: "bruno", reason: "spam" })).toMatchObject({ type: "ok" });
    await bruno.until('"type":"bye","code":"kicked"');
    await carla.until("* bruno left, taken out by root: spam (2 here)");
    await ask(root, { type: "kick", name: "carla" });
    await carla.until("A moderator has taken you out of the chat.");
  });
});

describe("a ban of a person", () => {
  test("follows them to other names on their connection, and when they come back under the old one", async () => {
    const server = await startTestServer();
    const { anna, bruno } = await roomOfTwo(server);
    await ask(await server.joinJson("dora"), post("lobby", "I was here"));
    expect(await ask(anna, { type: "ban", room: "dev", name: "bruno" })).toMatchObject({ type: "ok" });
    expect(await told(bruno, "member-left")).toMatchObject([{ reason: "banned", by: "anna" }]);
    for (const name of ["bert", "bruno"]) {
      await ask(bruno, { type: "rename", name });
      expect(await ask(bruno, { type: "join", room: "dev" })).toMatchObject({ code: "banned" });
    }
    bruno.close();
    const again = await server.joinJson("Bruno");
    expect(await ask(again, { type: "join", room: "dev" })).toMatchObject({ code: "banned" });
    expect(await ask(again, { type: "history", room: "dev" })).toMatchObject({ code: "banned" });
  });

  test("ends when it says so, by the server's clock", async () => {
    let now = new Date("2026-11-21T10:00:00.000Z");
    const server = await startTestServer({ now: () => now });
    const { anna, bruno } = await roomOfTwo(server);
    const until = "2026-11-21T10:10:00.000Z";
    expect(await ask(anna, { type: "ban", room: "dev", name: "bruno", until: "2026-11-21T09:00:00Z" })).toMatchObject({
      code: "invalid",
      field: "until",
    });
    await ask(anna, { type: "ban", room: "dev", name: "bruno", until, reason: "calm down" });
    const refused = await ask(bruno, { type: "join", room: "dev" });
    expect(refused).toMatchObject({ code: "banned", message: `you are banned from there until ${until}: calm down` });
    now = new Date("2026-11-21T10:10:00.000Z");
    expect(await ask(bruno, { type: "join", room: "dev" })).toMatchObject({ type: "ok" });
    expect(await ask(anna, { type: "bans", room: "dev" })).toMatchObject({ bans: [] });
  });

  test("can be lifted", async () => {
    const server = await startTestServer();
    const { anna, bruno } = await roomOfTwo(server);
    const { id } = await ask(anna, { type: "ban", room: "dev", name: "bruno" });
    expect(await ask(anna, { type: "bans", room: "dev" })).toMatchObject({ bans: [{ id, name: "bruno", by: "anna" }] });
    expect(await ask(anna, { type: "unban", room: "dev", id })).toMatchObject({ type: "ok" });
    expect(await ask(anna, { type: "unban", room: "dev", id })).toMatchObject({ code: "no-such-rule" });
    expect(await ask(bruno, { type: "join", room: "dev" })).toMatchObject({ type: "ok" });
  });
});

test("a ban of a pattern keeps names out that look like it, at the door and when somebody takes one", async () => {
  const server = await startTestServer({ admins: ["root"] });
  const root = await admin(server);
  expect(await ask(root, { type: "ban", pattern: "*" })).toMatchObject({ code: "invalid", field: "pattern" });
  expect(await ask(root, { type: "ban", pattern: "sp?m*" })).toMatchObject({ type: "ok" });
  const bot = await server.connect();
  bot.sendJson({ type: "login", name: "SPÄM bot" });
  await bot.line();
  expect(await bot.json()).toMatchObject({ type: "error", code: "banned" });
  const bruno = await server.joinJson("bruno");
  expect(await ask(bruno, { type: "rename", name: "spam" })).toMatchObject({ code: "banned" });
  // Who has only asked for such a name goes on as before.
  expect(await ask(bruno, { type: "rename", name: "brunetto" })).toMatchObject({ type: "ok" });
  await ask(bruno, { type: "join", room: "dev" });
  const carla = await server.joinJson("carla");
  await ask(carla, { type: "join", room: "dev" });
  await ask(bruno, { type: "ban", room: "dev", pattern: "evil*" });
  await ask(carla, { type: "rename", name: "evil carla" });
  expect(await told(carla, "member-left")).toMatchObject([{ room: "dev", reason: "banned" }]);
});

test("a ban of addresses keeps out who comes from there, and not those with a role", async () => {
  const server = await startTestServer({ admins: ["root"] });
  const root = await admin(server);
  const from = (localAddress: string) => server.connect({ open: (options) => connect({ ...options, localAddress }) });
  const bruno = await from("127.0.0.9");
  bruno.sendJson({ type: "login", name: "bruno" });
  await bruno.until('"type":"joined"');
  expect(await ask(root, { type: "ban", address: "127.0.0.0/8" })).toMatchObject({ code: "invalid", field: "address" });
  expect(await ask(root, { type: "ban", address: "127.0.0.300" })).toMatchObject({ code: "invalid", field: "address" });
  expect(await ask(root, { type: "ban", address: "127.0.0.8/30" })).toMatchObject({ type: "ok" });
  await bruno.until('"code":"banned"');
  const again = await from("127.0.0.10");
  again.sendJson({ type: "login", name: "somebody" });
  await again.line();
  expect(await again.json()).toMatchObject({ code: "banned" });
  const other = await from("127.0.0.13");
  other.sendJson({ type: "login", name: "other" });
  await other.until('"type":"joined"');
});

test("a ban with its source keeps everybody out who comes from there, unless that would be whoever bans", async () => {
  const server = await startTestServer();
  const { anna } = await roomOfTwo(server);
  const banned = { type: "ban", room: "dev", name: "bruno", source: true };
  expect(await ask(anna, banned)).toMatchObject({ code: "invalid", field: "source" });
  const from = (name: string) =>
    server.connect({ open: (options) => connect({ ...options, localAddress: "127.0.0.9" }) }).then(async (client) => {
      client.sendJson({ type: "login", name });
      await client.until('"type":"joined"');
      await client.line();
      return client;
    });
  await from("carla");
  expect(await ask(anna, { ...banned, name: "carla" })).toMatchObject({ type: "ok" });
  expect(await ask(await from("somebody new"), { type: "join", room: "dev" })).toMatchObject({ code: "banned" });
  expect(JSON.stringify(await ask(anna, { type: "bans", room: "dev" }))).not.toContain("127.0.0.9");
});

describe("somebody who is kept out of a room under a name", () => {
  const account = { name: "bruno", password: "correct horse battery" };

  /** Bruno comes again, as the owner of that name. */
  async function isKeptOut(server: TestServer, prove: "authenticate" | "register"): Promise<void> {
    const late = await arrive(server);
    await late.get(prove, account);
    await late.get("login", { name: "bruno" });
    expect(await late.ask("join", { room: "dev" })).toMatchObject({ code: "banned" });
  }

  test("stays out when they register it, although it is not theirs to claim", async () => {
    const server = await startTestServer();
    const { anna, bruno } = await roomOfTwo(server);
    await ask(bruno, post("lobby", "hello"));
    await ask(bruno, { type: "quit" });
    await bruno.ended();
    const again = await server.joinJson("bruno");
    await ask(anna, { type: "ban", room: "dev", name: "bruno" });
    expect(await ask(again, { type: "register", ...account })).toMatchObject({ type: "ok" });
    await isKeptOut(server, "authenticate");
  });

  test("stays out when they register it at the door", async () => {
    const server = await startTestServer();
    const { anna, bruno } = await roomOfTwo(server);
    await ask(anna, { type: "ban", room: "dev", name: "bruno" });
    await ask(bruno, { type: "quit" });
    await bruno.ended();
    await isKeptOut(server, "register");
  });

  test("stays out when they end their account and register it again", async () => {
    const server = await startTestServer();
    const { anna, bruno } = await roomOfTwo(server);
    await ask(bruno, { type: "register", ...account });
    await ask(anna, { type: "ban", room: "dev", name: "bruno" });
    await ask(bruno, { type: "unregister", password: account.password });
    expect(await ask(bruno, { type: "register", ...account })).toMatchObject({ type: "ok" });
    await isKeptOut(server, "authenticate");
  });
});
