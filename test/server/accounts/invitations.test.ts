/** Chats of invited people: who needs an invitation, what one is good for, and who makes them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startTestServer, type TestServer, type TestServerOptions } from "../../support/test-server.ts";
import { type Asking, connect, join, password, type Told } from "./rig.ts";

const form = /^[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}$/;

const wrong = "aaaaa-bbbbb-ccccc-ddddd";

interface InvitedChat {
  server: TestServer;
  /** An administrator. */
  anna: Asking;
  invite(fields?: object): Promise<{ id: string; invitation: string; uses: number; until: string }>;
}

/** A chat of invited people with an administrator in it. */
async function open(options: TestServerOptions = {}): Promise<InvitedChat> {
  const data = options.data ?? folder();
  // The account is made while the chat is open.
  const before = await startTestServer({ data });
  await (await connect(before)).get("register", { name: "anna", password });
  await before.close();
  const server = await startTestServer({ admins: ["anna"], invitedOnly: true, ...options, data });
  const anna = await connect(server);
  await anna.get("authenticate", { name: "anna", password });
  await anna.get("login", { name: "anna" });
  const invite = async (fields: object = {}) => (await anna.get("make-invitation", fields)) as never;
  return { server, anna, invite };
}

function folder(): string {
  const data = mkdtempSync(joinPath(tmpdir(), "salotto-invited-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

const listed = async (anna: Asking) => (await anna.get("invitations")).invitations as Told[];

describe("a chat of invited people", () => {
  test("says so, lets in nobody without an invitation, and whoever has an account by that alone", async () => {
    const { server, invite } = await open();
    const bruno = await connect(server);
    expect(await bruno.ask("hello", { version: 1 })).toMatchObject({ door: ["invitation"] });
    expect(await bruno.ask("login", { name: "bruno" })).toMatchObject({ code: "invitation-required" });
    expect(await bruno.ask("register", { name: "bruno", password })).toMatchObject({ code: "invitation-required" });
    expect(await bruno.ask("login", { name: "bruno", invitation: wrong })).toMatchObject({
      code: "invitation-invalid",
    });
    expect(await bruno.ask("who")).toMatchObject({ code: "not-logged-in" });
    const { invitation } = await invite();
    await bruno.get("login", { name: "bruno", invitation });
    const again = await connect(server);
    await again.get("authenticate", { name: "anna", password });
    await again.get("login", { name: "anna" });
  });

  test("has codes that are easy to type", async () => {
    const { server, anna, invite } = await open();
    const { id, invitation } = await invite({ uses: 3 });
    expect(invitation).toMatch(form);
    expect(id).toMatch(/^[a-km-np-z2-9]{6}$/);
    const typed = [` ${invitation.toUpperCase()} `, invitation.replaceAll("-", ""), invitation.replaceAll("i", "l")];
    for (const [index, each] of typed.entries()) await join(server, `guest ${index}`, { invitation: each });
    expect(await listed(anna)).toEqual([]);
  });

  test("lets in as many as an invitation says, and each only once they come in", async () => {
    const { server, anna, invite } = await open();
    const { id, invitation } = await invite({ uses: 2 });
    const bruno = await connect(server);
    // The invitation was right, though the name is not, and need not be shown again.
    expect(await bruno.ask("login", { name: "server", invitation })).toMatchObject({ code: "name-invalid" });
    expect(await listed(anna)).toMatchObject([{ id, uses: 2 }]);
    await bruno.get("login", { name: "bruno" });
    expect(await listed(anna)).toMatchObject([{ id, uses: 1 }]);
    const carla = await connect(server);
    await carla.get("register", { name: "carla", password, invitation });
    // Who has registered has an account, and uses nothing more.
    await carla.get("login", { name: "carla", invitation });
    expect(await listed(anna)).toEqual([]);
    const dario = await connect(server);
    expect(await dario.ask("login", { name: "dario", invitation })).toMatchObject({ code: "invitation-invalid" });
  });

  test("lets in one of two who show the last use at once, whether they log in or register", async () => {
    const { server, invite } = await open();
    for (const ask of [
      (each: Asking, name: string, invitation: string) => each.ask("login", { name, invitation }),
      (each: Asking, name: string, invitation: string) => each.ask("register", { name, password, invitation }),
    ]) {
      const { invitation } = await invite();
      const [one, other] = [await connect(server), await connect(server)];
      const name = ask.toString().includes("register") ? "r" : "l";
      const answers = await Promise.all([ask(one, `${name}1`, invitation), ask(other, `${name}2`, invitation)]);
      expect(answers.map(({ type }) => type).sort()).toEqual(["error", "ok"]);
      expect(answers.find(({ type }) => type === "error")).toMatchObject({ code: "invitation-invalid" });
    }
  });

  test("knows guests again by their token, and by nothing else", async () => {
    const { server, invite } = await open();
    const { invitation } = await invite();
    const bruno = await connect(server);
    const { token } = await bruno.get("login", { name: "bruno", invitation, device: "phone" });
    await bruno.get("quit");
    const stranger = await connect(server);
    expect(await stranger.ask("login", { name: "bruno" })).toMatchObject({ code: "invitation-required" });
    await stranger.get("authenticate", { token });
    await stranger.get("login", { name: "bruno" });
  });

  test("ends an invitation at its time, and one that was dropped at once, also where it was shown before", async () => {
    let now = new Date("2026-11-21T10:00:00Z");
    const { server, anna, invite } = await open({ now: () => now });
    const week = await invite();
    expect(week).toMatchObject({ uses: 1, until: "2026-11-28T10:00:00.000Z" });
    const day = await invite({ uses: 5, days: 1 });
    const [early, late] = [await connect(server), await connect(server)];
    for (const each of [early, late])
      await each.ask("login", { name: "server", invitation: each === early ? week.invitation : day.invitation });
    await anna.get("drop-invitation", { id: week.id });
    expect(await early.ask("login", { name: "early" })).toMatchObject({ code: "invitation-invalid" });
    expect(await early.ask("login", { name: "early" })).toMatchObject({ code: "invitation-required" });
    now = new Date("2026-11-22T10:00:00Z");
    expect(await listed(anna)).toEqual([]);
    expect(await late.ask("login", { name: "late" })).toMatchObject({ code: "invitation-invalid" });
    expect(await anna.ask("drop-invitation", { id: day.id })).toMatchObject({ code: "no-such-rule" });
  });

  test("slows down who guesses, and not for long", async () => {
    let now = new Date("2026-11-21T10:00:00Z");
    const { server, invite } = await open({ now: () => now });
    const { invitation } = await invite();
    const guesser = await connect(server);
    const codes = [];
    for (let times = 0; times < 10; times++)
      codes.push((await guesser.ask("login", { name: "eve", invitation: `${wrong}${times}` })).code);
    expect(codes.filter((code) => code === "too-many-attempts")).toHaveLength(4);
    expect(await guesser.ask("login", { name: "eve", invitation })).toMatchObject({ retryInMs: 1_000 });
    now = new Date("2026-11-21T10:00:01Z");
    await guesser.get("login", { name: "eve", invitation });
  });

  test("asks for the password first, then for the invitation, then for an account", async () => {
    const { server, invite } = await open({ password: "open sesame", registeredOnly: true });
    const { invitation } = await invite({ uses: 2 });
    const bruno = await connect(server);
    expect(await bruno.ask("hello", { version: 1 })).toMatchObject({ door: ["password", "invitation", "account"] });
    const login = (fields: object) => bruno.ask("login", { name: "bruno", ...fields });
    expect(await login({ invitation })).toMatchObject({ code: "password-required" });
    expect(await login({ password: "open sesame" })).toMatchObject({ code: "invitation-required" });
    expect(await login({ invitation })).toMatchObject({ code: "account-required" });
    await bruno.get("register", { name: "bruno", password });
    expect(await login({})).toMatchObject({ type: "ok" });
    const nc = await server.connect();
    nc.send(`carla\nopen sesame\n${invitation}\n${password}\n`);
    await nc.until("This chat has a password.");
    await nc.until("This chat is for invited people.");
    await nc.until("Only registered names are let in here.");
    await nc.until("Welcome, carla!");
    expect(nc.text).not.toContain(invitation);
  });
});

describe("at a terminal", () => {
  test("asks for the invitation after the name, and says neither it nor a wrong one", async () => {
    const { server, anna, invite } = await open();
    const { invitation } = await invite();
    const nc = await server.connect();
    nc.send(`carla\n${wrong}\nnot a code\n${invitation}\n${invitation.toUpperCase()}\nnot a code\n/who\n`);
    await nc.until("This chat is for invited people.");
    await nc.until("That invitation does not count");
    await nc.until("That invitation does not count");
    await nc.until("Welcome, carla!");
    await nc.until("Not said");
    await nc.until("Not said");
    await nc.until("2 here: anna, carla");
    await anna.get("who");
    const heard = JSON.stringify([nc.text, anna.events()]).toLowerCase();
    for (const secret of [invitation, wrong, "not a code"]) expect(heard).not.toContain(secret);
  });

  test("does not take a code for a name, and lets go of the question for another name or none", async () => {
    const { server, invite } = await open();
    const { invitation } = await invite();
    const nc = await server.connect();
    nc.send(`${invitation}\ncarla\n/nick dario\n${invitation}\n`);
    await nc.until("That looks like a password");
    await nc.until("Welcome, dario!");
  });

  test("administrators make, list and take back invitations, and others read none of that in /help", async () => {
    const { server } = await open();
    const nc = await server.connect();
    nc.send(`anna\n${password}\n/invitation 3 2\n`);
    const told = await nc.until("shown only now: ");
    const [, id = ""] = /Invitation (\w{6}) lets in 3 people until /.exec(told) ?? [];
    const code = (await nc.line()) ?? "";
    expect(code).toMatch(form);
    nc.send("/invitation 0\n/invitation 1 2 3\n/invitation x\n/invitations\n");
    for (let times = 0; times < 3; times++) await nc.until("Usage: /invitation [people] [days]");
    await nc.until(`${id} by anna, for 3 people, until `);
    const carla = await server.connect();
    carla.send(`carla\n${code}\n/help\n/invitation\n/invitations\n/revoke ${id}\n`);
    const help = await carla.until("/quit");
    expect(help).not.toContain("/invitation");
    for (let times = 0; times < 3; times++) await carla.until("You may not do that here.");
    nc.send(`/revoke ${id}\n/revoke ${id}\n/invitations\n/help\n`);
    await nc.until(`The invitation ${id} lets nobody in any more.`);
    await nc.until("There is nothing like that to lift or settle.");
    await nc.until("Nothing there.");
    await nc.until("/revoke <id>");
  });
});

describe("invitations", () => {
  test("are listed without their code, with who made them, and stand in the audit log of administrators", async () => {
    const { anna, invite, server } = await open({ now: () => new Date("2026-11-21T10:00:00Z") });
    const { id, invitation } = await invite({ uses: 5, days: 1 });
    const until = "2026-11-22T10:00:00.000Z";
    expect(await listed(anna)).toEqual([{ id, by: "anna", uses: 5, until, time: "2026-11-21T10:00:00.000Z" }]);
    await anna.get("drop-invitation", { id });
    const { acts } = (await anna.get("audit")) as { acts: Told[] };
    expect(acts).toMatchObject([
      { verb: "drop-invitation", by: "anna", what: id },
      { verb: "make-invitation", by: "anna", what: `${id}, 5`, until },
    ]);
    expect(JSON.stringify(acts)).not.toContain(invitation);
    const bruno = await join(server, "bruno", { invitation: (await invite()).invitation });
    expect(await bruno.get("audit")).toMatchObject({ acts: [] });
    expect(await bruno.ask("make-invitation")).toMatchObject({ code: "not-allowed" });
  });

  test("are bounded, in all and for each administrator, and those that are over make room", async () => {
    let now = new Date("2026-11-21T10:00:00Z");
    const limits = { invitationsMax: 3, invitationsOfMakerMax: 2 };
    const { anna, server, invite } = await open({ limits, admins: ["anna", "bruno"], now: () => now });
    await invite();
    const { invitation } = await invite({ days: 30 });
    expect(await anna.ask("make-invitation")).toMatchObject({ code: "too-many-rules" });
    const bruno = await connect(server);
    await bruno.get("register", { name: "bruno", password, invitation });
    await bruno.get("login", { name: "bruno" });
    await bruno.get("make-invitation");
    await bruno.get("make-invitation");
    expect(await anna.ask("make-invitation")).toMatchObject({ code: "too-many-rules" });
    now = new Date("2026-11-28T10:00:00Z");
    await invite();
    await invite();
  });

  test("are the same after a restart, and nothing on the disk tells a code", async () => {
    const data = folder();
    const { anna, server, invite } = await open({ data });
    const kept = await invite({ uses: 2 });
    const dropped = await invite();
    const used = await invite();
    await join(server, "bruno", { invitation: used.invitation });
    await join(server, "carla", { invitation: kept.invitation });
    await anna.get("drop-invitation", { id: dropped.id });
    const before = await listed(anna);
    await server.close();
    const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name, parentPath } of files) {
      const bytes = readFileSync(joinPath(parentPath, name));
      for (const { invitation } of [kept, dropped, used]) expect(bytes.includes(invitation)).toBe(false);
    }
    const later = await startTestServer({ data, admins: ["anna"], invitedOnly: true });
    const back = await connect(later);
    await back.get("authenticate", { name: "anna", password });
    await back.get("login", { name: "anna" });
    expect(await listed(back)).toEqual(before);
    for (const { invitation } of [dropped, used])
      expect(await (await connect(later)).ask("login", { name: "eve", invitation })).toMatchObject({
        code: "invitation-invalid",
      });
    await join(later, "dario", { invitation: kept.invitation });
    expect(await listed(back)).toEqual([]);
  });

  test("are not asked for in an open chat, and not used up there", async () => {
    const server = await startTestServer({ admins: ["anna"] });
    const anna = await join(server, "anna");
    await anna.get("register", { password });
    const { invitation } = await anna.get("make-invitation");
    await join(server, "bruno", { invitation });
    expect(await listed(anna)).toHaveLength(1);
  });
});
