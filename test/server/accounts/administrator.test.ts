/** What whoever runs the server does about accounts, at the command line, while it runs and while it does not. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { Program } from "../../support/program.ts";
import { startTestServer } from "../../support/test-server.ts";
import { connect, join, password, register } from "./rig.ts";

function folder(): string {
  const data = mkdtempSync(joinPath(tmpdir(), "salotto-admin-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

async function account(data: string, ...args: string[]): Promise<{ exit: unknown; output: string }> {
  const program = new Program("scripts/account.ts", ["--data", data, ...args]);
  return { exit: await program.exit, output: program.output };
}

const givenPassword = (output: string) => /^Password: (\S+)$/m.exec(output)?.[1] ?? "";

test("a password is given anew while the server runs: sessions end, and it is good for a new one only", async () => {
  const data = folder();
  const server = await startTestServer({ data });
  const anna = await register(server, "anna", { device: "laptop" });
  expect(statSync(joinPath(data, "control.sock")).mode & 0o077).toBe(0);
  expect((await account(data, "list")).output).toMatch(/^anna {2}active, 1 session,/);
  expect(await account(data, "reset", "nobody")).toMatchObject({ exit: 2, output: "error: nobody has no account\n" });
  const given = givenPassword((await account(data, "reset", "anna")).output);
  await anna.client.until('"code":"signed-out"');
  const again = await connect(server);
  expect(await again.ask("authenticate", { token: anna.token })).toMatchObject({ code: "token-invalid" });
  expect(await again.ask("authenticate", { name: "anna", password })).toMatchObject({ code: "wrong-password" });
  expect(await again.get("authenticate", { name: "anna", password: given, device: "new" })).toEqual({
    type: "ok",
    name: "anna",
    mustChange: true,
  });
  expect(await again.ask("login", { name: "anna" })).toMatchObject({ code: "password-expired" });
  await again.get("change-password", { old: given, new: "battery staple" });
  await again.get("login", { name: "anna" });
  const nc = await server.connect();
  const next = givenPassword((await account(data, "reset", "anna")).output);
  nc.send(`anna\n${next}\ncorrect staple\n`);
  await nc.until("was given by the administrator");
  await nc.until("Welcome, anna!");
});

test("an account is ended while the server runs, and its person is nobody's", async () => {
  const data = folder();
  const server = await startTestServer({ data });
  const anna = await register(server, "anna");
  await anna.get("post", { room: "lobby", id: crypto.randomUUID(), text: "mine" });
  expect(await account(data, "remove", "anna")).toMatchObject({ exit: 0 });
  await anna.client.until('"code":"signed-out"');
  const other = await join(server, "anna");
  const { messages } = (await other.get("history", { room: "lobby" })) as { messages: object[] };
  expect(messages[0]).not.toHaveProperty("own");
  for (const act of ["reset", "remove"]) expect((await account(data, act, "anna (1)")).output).toContain("no account");
});

test("a password that could not be stored is not given, and the one before stays good", async () => {
  const data = folder();
  const server = await startTestServer({ data, limits: { databaseBusyMs: 50 } });
  await register(server, "anna");
  const other = new DatabaseSync(joinPath(data, "salotto.db"));
  other.exec("BEGIN IMMEDIATE");
  expect((await account(data, "reset", "anna")).output).toContain("could not be stored");
  other.exec("ROLLBACK");
  other.close();
  await (await connect(server)).get("authenticate", { name: "anna", password });
});

test("a password given while the server is stopped makes it forget nobody, however many people it knows", async () => {
  const data = folder();
  const limits = { peopleMax: 20_000 };
  const server = await startTestServer({ data, limits });
  await register(server, "anna");
  await server.close();
  const database = new DatabaseSync(joinPath(data, "salotto.db"));
  const count = () => database.prepare("SELECT count(*) AS count FROM people").get()?.count;
  database.exec(`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10100)
    INSERT INTO people (id, name, seen, took_part) SELECT 'person ' || n, 'person' || n, '2026-11-21', 1 FROM numbers`);
  const before = count();
  await account(data, "reset", "anna");
  expect(count()).toBe(before);
  database.close();
});

test("the same works on the database of a server that does not run", async () => {
  const data = folder();
  const server = await startTestServer({ data });
  const anna = await register(server, "anna");
  await anna.get("quit");
  await server.close();
  const given = givenPassword((await account(data, "reset", "anna")).output);
  expect((await account(data, "list")).output).toMatch(/^anna {2}reset, 0 sessions/);
  const later = await startTestServer({ data });
  const again = await connect(later);
  expect(await again.get("authenticate", { name: "anna", password: given })).toMatchObject({ mustChange: true });
  expect(await account(folder(), "list")).toMatchObject({ exit: 2 });
});

const inviting = (output: string) => /^Invitation: (\S+)\n.*revoke (\S+)$/m.exec(output)?.slice(1) ?? [];

test("people are invited while the server runs and while it does not, and the code is printed once", async () => {
  const data = folder();
  const server = await startTestServer({ data, invitedOnly: true });
  const made = await account(data, "invite");
  expect(made).toMatchObject({ exit: 0 });
  expect(made.output).toContain("It lets in one person until ");
  const [code = "", id = ""] = inviting(made.output);
  const listed = await account(data, "invitations");
  expect(listed.output).toMatch(new RegExp(`^${id} {2}by server, for one person, until `));
  expect(listed.output).not.toContain(code);
  await join(server, "anna", { invitation: code });
  expect(await account(data, "invitations")).toMatchObject({ exit: 0, output: "There are no invitations.\n" });
  await server.close();

  const [later = "", laterId = ""] = inviting((await account(data, "invite", "--uses", "5", "--days", "7")).output);
  const [gone = "", goneId = ""] = inviting((await account(data, "invite")).output);
  expect(await account(data, "revoke", goneId)).toMatchObject({
    exit: 0,
    output: "The invitation lets nobody in any more.\n",
  });
  expect(await account(data, "revoke", goneId)).toMatchObject({ exit: 2 });
  const again = await startTestServer({ data, invitedOnly: true, admins: ["bruno"] });
  const bruno = await connect(again);
  expect(await bruno.ask("login", { name: "bruno", invitation: gone })).toMatchObject({ code: "invitation-invalid" });
  await bruno.get("register", { name: "bruno", password, invitation: later });
  await bruno.get("login", { name: "bruno" });
  expect(await bruno.get("invitations")).toMatchObject({ invitations: [{ id: laterId, by: "server", uses: 4 }] });
  expect(await bruno.get("audit")).toMatchObject({
    acts: [
      { verb: "drop-invitation", by: "server", what: goneId },
      { verb: "make-invitation", by: "server", what: `${goneId}, 1` },
      { verb: "make-invitation", by: "server", what: `${laterId}, 5` },
      { verb: "make-invitation", by: "server", what: `${id}, 1` },
    ],
  });
});

test("an invitation is printed as a link to the page and for a camera, with its code where no server is told it", async () => {
  const data = folder();
  await (await startTestServer({ data })).close();
  const { output } = await account(data, "invite", "--link", "https://chat.example:3000/?x=1");
  const [code] = inviting(output);
  expect(output).toContain(`\nLink: https://chat.example:3000/?x=1#invitation=${code}\n`);
  expect(output.match(/[▀▄█]/g)?.length).toBeGreaterThan(100);
});

test.each([
  [["invite", "--uses", "0"], "whole number from 1 to 1000"],
  [["invite", "--uses", "1e2"], "whole number from 1 to 1000"],
  [["invite", "--days", "366"], "whole number from 1 to 365"],
  [["invite", "--link", "chat.example"], "the address of a page"],
  [["invite", "--link", "javascript:alert(1)"], "the address of a page"],
])("%j is refused before anything is made", async (args, message) => {
  const told = await account(folder(), ...args);
  expect(told.exit).toBe(2);
  expect(told.output).toContain(message);
});
