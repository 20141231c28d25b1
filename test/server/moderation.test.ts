/** What those with rights do in rooms and in the chat, and what is left of it after a restart. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ask } from "../support/rights-walk.ts";
import { barrier, startTestServer } from "../support/test-server.ts";
import { admin, password, post, roomOfTwo, told } from "./moderation-rig.ts";

test("a muted person says nothing there, under no name, until the end of it, and is told what they may do", async () => {
  let now = new Date("2026-11-21T10:00:00.000Z");
  const server = await startTestServer({ now: () => now });
  const { anna, bruno } = await roomOfTwo(server);
  const until = "2026-11-21T10:01:00.000Z";
  await ask(anna, { type: "mute", room: "dev", name: "bruno", until });
  expect(await told(bruno, "may")).toMatchObject([{ room: "dev", may: [], mutedUntil: until }]);
  await barrier(anna);
  await ask(bruno, { type: "rename", name: "bert" });
  for (const command of [
    post("dev", "x"),
    { type: "typing", room: "dev" },
    { type: "topic", room: "dev", topic: "x" },
  ]) {
    expect(await ask(bruno, command)).toMatchObject({ code: "muted" });
  }
  expect(await told(anna, "typing")).toEqual([]);
  expect(await ask(bruno, post("lobby", "here I may"))).toMatchObject({ type: "ok" });
  now = new Date(until);
  expect(await ask(bruno, post("dev", "thank you"))).toMatchObject({ type: "ok" });
});

test("in slow mode a person waits between two messages, also on another connection, but a repeated one is no other", async () => {
  let now = new Date("2026-11-21T10:00:00.000Z");
  const server = await startTestServer({ now: () => now });
  const { anna, bruno } = await roomOfTwo(server);
  await ask(anna, { type: "room-settings", room: "dev", slowSeconds: 30 });
  const first = post("dev", "one");
  const { msgid } = await ask(bruno, first);
  expect(await ask(bruno, first)).toMatchObject({ type: "ok", msgid });
  expect(await ask(bruno, post("dev", "two"))).toMatchObject({ code: "slow-mode", retryInMs: 30_000 });
  bruno.close();
  const again = await server.joinJson("bruno");
  await ask(again, { type: "join", room: "dev" });
  now = new Date("2026-11-21T10:00:10.000Z");
  expect(await ask(again, post("dev", "two"))).toMatchObject({ code: "slow-mode", retryInMs: 20_000 });
  for (const text of ["a", "b"]) expect(await ask(anna, post("dev", text))).toMatchObject({ type: "ok" });
  now = new Date("2026-11-21T10:00:30.000Z");
  expect(await ask(again, post("dev", "two"))).toMatchObject({ type: "ok" });
});

test("what is said in a closed room is found nowhere from outside, nor is a hidden room", async () => {
  const server = await startTestServer();
  const { anna, bruno } = await roomOfTwo(server);
  const { msgid } = await ask(bruno, post("dev", "secret plans"));
  await ask(anna, { type: "topic", room: "dev", topic: "plans" });
  const carla = await server.joinJson("carla");
  expect(await ask(carla, { type: "search", query: "secret" })).toMatchObject({ found: [{ msgid }] });
  await ask(anna, { type: "room-settings", room: "dev", membersHistory: true });
  for (const query of ["secret", "secret in:dev", "from:bruno"]) {
    expect(await ask(carla, { type: "search", query })).toMatchObject({ found: [] });
  }
  await ask(anna, { type: "room-settings", room: "dev", membersHistory: false, invitedOnly: true });
  expect(await ask(carla, { type: "search", query: "secret" })).toMatchObject({ found: [] });
  const dev = { room: "dev", topic: "", count: 2, invitedOnly: true };
  expect((await ask(carla, { type: "rooms" })).rooms).toContainEqual(dev);
  expect((await ask(bruno, { type: "rooms" })).rooms).toContainEqual({ ...dev, topic: "plans" });
  await ask(anna, { type: "room-settings", room: "dev", hidden: true });
  expect(JSON.stringify(await ask(carla, { type: "rooms" }))).not.toContain("dev");
  await ask(anna, { type: "invite", room: "dev", name: "carla" });
  expect(await told(carla, "invited")).toMatchObject([{ room: "dev", from: "anna" }]);
  expect(await ask(carla, { type: "join", room: "dev" })).toMatchObject({ type: "ok" });
  expect(await ask(carla, { type: "search", query: "secret" })).toMatchObject({ found: [{ msgid }] });
  // Whoever is taken out needs another invitation.
  await ask(anna, { type: "kick", room: "dev", name: "carla" });
  expect(await ask(carla, { type: "join", room: "dev" })).toMatchObject({ code: "not-invited" });
});

test("a moderator who deletes a message is named, live and later", async () => {
  const server = await startTestServer();
  const { anna, bruno } = await roomOfTwo(server);
  const { msgid } = await ask(bruno, post("dev", "rude"));
  await barrier(bruno);
  await ask(anna, { type: "delete", room: "dev", id: crypto.randomUUID(), msgid });
  expect(await told(bruno, "delete")).toMatchObject([{ msgid, from: "anna", by: "anna" }]);
  const { messages } = await ask(bruno, { type: "history", room: "dev", changes: true });
  expect(messages).toMatchObject([
    { msgid, deleted: true, text: "" },
    { type: "delete", by: "anna" },
  ]);
  expect(await ask(bruno, { type: "audit", room: "dev" })).toMatchObject({
    acts: [{ by: "anna", verb: "delete", name: "bruno", what: msgid }],
  });
});

test("nobody acts on an equal or a higher, and the last owner stays one", async () => {
  const server = await startTestServer({ admins: ["root"] });
  const root = await admin(server);
  const { anna, bruno } = await roomOfTwo(server);
  await ask(root, { type: "join", room: "dev" });
  const carla = await server.joinJson("carla");
  await ask(carla, { type: "join", room: "dev" });
  for (const name of ["bruno", "carla"]) await ask(anna, { type: "role", room: "dev", name, role: "moderator" });
  for (const name of ["anna", "root", "carla", "bruno"]) {
    for (const type of ["kick", "ban", "mute"]) {
      expect(await ask(bruno, { type, room: "dev", name }), `${type} ${name}`).toMatchObject({ code: "not-allowed" });
    }
  }
  expect(await ask(anna, { type: "kick", room: "dev", name: "root" })).toMatchObject({ code: "not-allowed" });
  expect(await ask(anna, { type: "role", room: "dev", name: "anna", role: "none" })).toMatchObject({
    code: "last-owner",
  });
  await ask(anna, { type: "role", room: "dev", name: "bruno", role: "owner" });
  expect(await ask(anna, { type: "role", room: "dev", name: "anna", role: "none" })).toMatchObject({ type: "ok" });
  expect(await ask(anna, { type: "kick", room: "dev", name: "carla" })).toMatchObject({ code: "not-allowed" });
  expect(await ask(root, { type: "role", room: "lobby", name: "bruno", role: "owner" })).toMatchObject({
    code: "not-allowed",
  });
  expect(await ask(root, { type: "room-settings", room: "lobby", hidden: true })).toMatchObject({ code: "invalid" });
});

test("a role without an account ends with its connection, and nobody inherits it with the name", async () => {
  const server = await startTestServer();
  const { anna, bruno } = await roomOfTwo(server);
  await ask(anna, post("dev", "mine"));
  anna.close();
  await bruno.until('"member-left","room":"lobby","name":"anna"');
  const other = await server.joinJson("anna");
  await ask(other, { type: "join", room: "dev" });
  expect(await ask(other, { type: "kick", room: "dev", name: "bruno" })).toMatchObject({ code: "not-allowed" });
});

test("a blocked person says, changes and does nothing in private, and is told so; nor does whoever blocks", async () => {
  const server = await startTestServer();
  const { anna, bruno } = await roomOfTwo(server);
  const { msgid } = await ask(bruno, post("@anna", "hello"));
  await barrier(anna);
  expect(await ask(anna, { type: "block", name: "bruno" })).toMatchObject({ type: "ok", name: "bruno" });
  const id = crypto.randomUUID();
  for (const command of [
    post("@anna", "hello?"),
    { type: "edit", room: "@anna", id, msgid, text: "HELLO" },
    { type: "react", room: "@anna", id, msgid, emoji: "👍" },
    { type: "typing", room: "@anna" },
  ]) {
    expect(await ask(bruno, command)).toMatchObject({ code: "blocked" });
  }
  await ask(bruno, { type: "rename", name: "bert" });
  expect(await ask(bruno, post("@anna", "it's me"))).toMatchObject({ code: "blocked" });
  expect(await ask(bruno, { type: "read", room: "@anna", seq: 1 })).toMatchObject({ type: "ok" });
  const heard = await barrier(anna);
  expect(heard).not.toMatch(/"room":"@/);
  expect(await ask(anna, post("@bert", "no"))).toMatchObject({ code: "blocking" });
  expect(await ask(anna, { type: "blocked" })).toMatchObject({ names: ["bert"] });
  await ask(anna, { type: "unblock", name: "bert" });
  expect(await ask(bruno, post("@anna", "thanks"))).toMatchObject({ type: "ok" });
});

test("a report shows moderators the message as it is, and the audit log what became of it", async () => {
  const server = await startTestServer({ admins: ["root"] });
  const root = await admin(server);
  const { anna, bruno } = await roomOfTwo(server);
  const { msgid } = await ask(bruno, post("dev", "rude"));
  const carla = await server.joinJson("carla");
  await barrier(anna);
  const { id } = await ask(carla, { type: "report", room: "dev", msgid, reason: "rude" });
  expect(await ask(carla, { type: "report", room: "dev", msgid })).toMatchObject({ id });
  expect(await told(anna, "reported")).toMatchObject([{ id, room: "dev", msgid, by: "carla", reason: "rude" }]);
  expect(await ask(anna, { type: "reports", room: "dev" })).toMatchObject({
    reports: [{ id, from: "bruno", text: "rude" }],
  });
  await ask(bruno, { type: "delete", room: "dev", id: crypto.randomUUID(), msgid });
  expect(await ask(anna, { type: "reports", room: "dev" })).toMatchObject({
    reports: [{ id, text: "", deleted: true }],
  });
  expect(await ask(bruno, { type: "settle-report", id })).toMatchObject({ code: "not-allowed" });
  expect(await ask(anna, { type: "settle-report", id })).toMatchObject({ type: "ok" });
  expect(await ask(anna, { type: "reports", room: "dev" })).toMatchObject({ reports: [] });
  // What was said in private is for the administrators.
  const { msgid: secret } = await ask(bruno, post("@carla", "psst"));
  await ask(carla, { type: "report", room: "@bruno", msgid: secret });
  expect(await ask(anna, { type: "report", room: "@bruno", msgid: secret })).toMatchObject({ code: "no-such-message" });
  expect(await ask(root, { type: "reports" })).toMatchObject({ reports: [{ text: "psst", private: true }] });
});

test("a removed room is gone with everything that was said in it", async () => {
  const server = await startTestServer();
  const { anna, bruno } = await roomOfTwo(server);
  const { msgid } = await ask(bruno, post("dev", "secret plans"));
  expect(await ask(anna, { type: "remove-room", room: "dev" })).toMatchObject({ type: "ok" });
  expect(await told(bruno, "room-removed")).toMatchObject([{ room: "dev", from: "anna" }]);
  expect(await ask(bruno, { type: "search", query: "secret" })).toMatchObject({ found: [] });
  expect(await ask(bruno, { type: "history", room: "dev" })).toMatchObject({ code: "no-such-room" });
  await ask(bruno, { type: "join", room: "dev" });
  expect(await ask(bruno, { type: "history", room: "dev" })).toMatchObject({ messages: [] });
  expect(await ask(bruno, { type: "history", room: "dev", around: msgid })).toMatchObject({ code: "no-such-message" });
  expect(await ask(bruno, post("dev", "new"))).toMatchObject({ seq: 2 });
  expect(await ask(bruno, { type: "audit", room: "dev" })).toMatchObject({ acts: [] });
});

test("everything that belongs to an account is there after a restart", async () => {
  const data = mkdtempSync(join(tmpdir(), "salotto-rights-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const before = await startTestServer({ data });
  const anna = await before.joinJson("anna");
  await ask(anna, { type: "register", password });
  await ask(anna, { type: "join", room: "dev" });
  await ask(anna, { type: "join", room: "empty" });
  await ask(anna, post("dev", "mine"));
  for (const name of ["bruno", "carla", "dora"]) {
    const client = await before.joinJson(name);
    await ask(client, post("lobby", "here"));
    await ask(client, { type: "register", password });
  }
  await ask(anna, { type: "ban", room: "dev", name: "bruno", reason: "spam" });
  await ask(anna, { type: "room-settings", room: "dev", invitedOnly: true, slowSeconds: 5 });
  await ask(anna, { type: "invite", room: "dev", name: "carla" });
  await ask(anna, { type: "role", room: "dev", name: "dora", role: "moderator" });
  await ask(anna, { type: "mute", room: "lobby", name: "carla" }).then((answer) =>
    expect(answer.code).toBe("not-allowed"),
  );
  await ask(anna, { type: "block", name: "bruno" });
  await before.close();

  const after = await startTestServer({ data });
  const back = async (name: string) => {
    const client = await after.connect();
    client.sendJson({ type: "authenticate", name, password });
    client.sendJson({ type: "login", name });
    await client.until('"type":"joined"');
    await client.line();
    return client;
  };
  const [anna2, bruno2, carla2, dora2] = await Promise.all(["anna", "bruno", "carla", "dora"].map(back));
  if (!anna2 || !bruno2 || !carla2 || !dora2) throw new Error("nobody");
  expect(await ask(bruno2, { type: "join", room: "dev" })).toMatchObject({ code: "banned" });
  expect(await ask(await after.joinJson("emil"), { type: "join", room: "dev" })).toMatchObject({ code: "not-invited" });
  expect(await ask(carla2, { type: "join", room: "dev" })).toMatchObject({ type: "ok" });
  await dora2.until("").then(() => ask(dora2, { type: "join", room: "dev" }));
  expect(await told(dora2, "joined")).toMatchObject([
    { room: "dev", role: "moderator", settings: { invitedOnly: true, slowSeconds: 5 } },
  ]);
  expect(await ask(anna2, { type: "bans", room: "dev" })).toMatchObject({ bans: [{ name: "bruno", reason: "spam" }] });
  expect(await ask(anna2, { type: "blocked" })).toMatchObject({ names: ["bruno"] });
  const { acts } = await ask(anna2, { type: "audit", room: "dev" });
  expect((acts as { verb: string }[]).map(({ verb }) => verb)).toEqual(["role", "invite", "room-settings", "ban"]);
  // A room that nobody needed was forgotten, and its owner with it.
  await ask(bruno2, { type: "join", room: "empty" });
  expect(await ask(bruno2, { type: "who", room: "empty" })).toMatchObject({
    members: [{ name: "bruno", role: "owner" }],
  });
});

test("who registers keeps what they were given on their connection", async () => {
  const server = await startTestServer();
  const { anna, bruno } = await roomOfTwo(server);
  await ask(anna, post("dev", "mine"));
  await ask(anna, { type: "register", password });
  anna.close();
  await bruno.until('"member-left","room":"lobby","name":"anna"');
  const again = await server.connect();
  again.sendJson({ type: "authenticate", name: "anna", password });
  again.sendJson({ type: "login", name: "anna" });
  await again.until('"type":"joined"');
  await again.line();
  expect(await ask(again, { type: "kick", room: "dev", name: "bruno" })).toMatchObject({ type: "ok" });
});

test("lists have an end, and what is over makes place", async () => {
  let now = new Date("2026-11-21T10:00:00.000Z");
  const server = await startTestServer({
    now: () => now,
    limits: { rulesOfKindMax: 2, actsMax: 3, blocksOfPersonMax: 1 },
  });
  const { anna } = await roomOfTwo(server);
  const ban = (pattern: string) => ask(anna, { type: "ban", room: "dev", pattern, until: "2026-11-21T11:00:00Z" });
  expect(await ban("one*")).toMatchObject({ type: "ok" });
  expect(await ban("two*")).toMatchObject({ type: "ok" });
  expect(await ban("three*")).toMatchObject({ code: "too-many-rules" });
  now = new Date("2026-11-21T11:00:00.000Z");
  expect(await ask(anna, { type: "ban", room: "dev", pattern: "three*" })).toMatchObject({ type: "ok" });
  await ask(anna, { type: "ban", room: "dev", pattern: "four*" });
  const { acts } = await ask(anna, { type: "audit", room: "dev" });
  expect(acts).toMatchObject([{ what: "four*" }, { what: "three*" }, { what: "two*" }]);
  await server.joinJson("carla");
  expect(await ask(anna, { type: "block", name: "bruno" })).toMatchObject({ type: "ok" });
  expect(await ask(anna, { type: "block", name: "carla" })).toMatchObject({ code: "too-many-rules" });
});
