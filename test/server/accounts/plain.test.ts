/** Accounts at a terminal and for old clients: what is asked, and that no password is ever shown or said. */
import { describe, expect, test } from "vitest";
import { startTestServer } from "../../support/test-server.ts";
import { connect, join, password, register } from "./rig.ts";

const asked = "belongs to somebody";

describe("a registered name at the prompt", () => {
  test("takes what follows as its password, also when all of it arrives at once", async () => {
    const server = await startTestServer();
    await register(server, "anna");
    const nc = await server.connect();
    nc.send(`anna\nwrong horse\n${password}\nciao\n/who\n`);
    await nc.until("Welcome, anna!");
    await nc.until("1 here: anna\n");
    await nc.until("1 here: anna\n");
    expect(nc.text).not.toContain("horse");
    const bruno = await join(server, "bruno");
    expect((await bruno.get("history", { room: "lobby" })).messages).toMatchObject([{ text: "ciao", from: "anna" }]);
  });

  test("asks an old client without framing, whose next chunk is the answer", async () => {
    const server = await startTestServer({ limits: { chunkSilenceMs: 5, greetingDelayMs: 1 } });
    await register(server, "anna");
    const old = await server.connect();
    await old.until("Type your name");
    old.send("anna");
    await old.until(asked);
    old.send("wrong horse");
    await old.until("Type it again");
    old.send(password);
    await old.until("Welcome, anna!");
    expect(old.text).not.toContain("horse");
  });

  test("asks a telnet that sends each key", async () => {
    const server = await startTestServer();
    await register(server, "anna");
    const telnet = await server.connect();
    for (const byte of Buffer.from(`anna\r\n${password}\r\n`)) telnet.send(Uint8Array.of(byte));
    await telnet.until("Welcome, anna!");
    expect(telnet.text).not.toContain(password);
  });

  test("is refused for a while after many wrong answers, and the question stays open", async () => {
    const server = await startTestServer({ limits: { attemptsAtAccount: { free: 1, waitMsMax: 60_000 } } });
    await register(server, "anna");
    const nc = await server.connect();
    nc.send("anna\nwrong horse 1\nwrong horse 2\nwrong horse 3\n/nick bruno\n");
    await nc.until("Too many attempts. Try again in 1 s.");
    await nc.until("Welcome, bruno!");
    expect(nc.text).not.toContain("horse");
  });

  test("lets somebody leave instead of answering", async () => {
    const server = await startTestServer();
    await register(server, "anna");
    const nc = await server.connect();
    nc.send("anna\n{quit}\n");
    await nc.until("Bye!");
    await nc.ended();
  });
});

test.each(["hello/login correct horse", "/login correct horse", "hello/register correct horse"])(
  "%j from an old client, which may be two messages, is not said",
  async (text) => {
    const server = await startTestServer({ limits: { chunkSilenceMs: 5, greetingDelayMs: 1 } });
    const bruno = await join(server, "bruno");
    const old = await server.connect();
    await old.until("Type your name");
    old.send("anna");
    await old.until("Welcome, anna!");
    old.send(text);
    await old.until(text.startsWith("/login") ? "not registered" : "Not said");
    expect((await bruno.get("history", { room: "lobby" })).messages).toEqual([]);
  },
);

test("a name that looks like a password is not taken", async () => {
  const server = await startTestServer();
  const bruno = await join(server, "bruno");
  const nc = await server.connect();
  nc.send("login secret\n");
  await nc.until("looks like a password");
  expect(await bruno.get("who")).toMatchObject({ members: [{ name: "bruno" }] });
  nc.send("anna\n");
  await nc.until("Welcome, anna!");
  for (const typed of ["/nick login secret", "/nick /login secret"]) {
    nc.send(`${typed}\n`);
    await nc.until("looks like a password");
  }
  expect(await bruno.get("who")).toMatchObject({ members: [{ name: "bruno" }, { name: "anna" }] });
});

test("whoever looks like a newly registered name is told why, and renamed after a while", async () => {
  let now = new Date("2026-11-21T10:00:00Z");
  const server = await startTestServer({ now: () => now, limits: { maintenanceMs: 5 } });
  const guest = await connect(server);
  const { token } = await guest.get("login", { name: "annal", device: "laptop" });
  await guest.get("quit");
  await guest.client.ended();
  const nc = await server.join("anna1");
  // Who continues a guest's session is let in beside somebody who looks like them.
  const annal = await connect(server);
  await annal.get("authenticate", { token });
  await annal.get("login", { name: "annal" });
  await annal.get("register", { password });
  await nc.until("Your name looks like annal, which belongs to somebody now.");
  await nc.until("in 30 seconds you get a new one.");
  now = new Date("2026-11-21T10:00:29Z");
  nc.send("/who\n");
  await nc.until("2 here: anna1, annal");
  now = new Date("2026-11-21T10:00:30Z");
  await nc.until("anna1 is now guest-1");
  nc.send("/nick anna1\n");
  await nc.until("anna1 looks like annal, who is here.");
});

test("no password is in anything that others or the log are told", async () => {
  const lines: string[] = [];
  const { pino } = await import("pino");
  const logger = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const server = await startTestServer({ logger });
  const bruno = await join(server, "bruno");
  const nc = await server.join("anna");
  nc.send(`/register ${password}\nlogin ${password}\n/Login ${password}\n.login ${password}\n`);
  const anna = await connect(server);
  await nc.until("is yours from now on");
  await anna.ask("authenticate", { name: "anna", password: "wrong horse" });
  const { token } = await anna.get("authenticate", { name: "anna", password, device: "laptop" });
  await bruno.get("ping");
  const told = [nc.text, bruno.client.text, lines.join("")].join("\n");
  expect(told).not.toContain(password);
  expect(told).not.toContain("wrong horse");
  expect(told).not.toContain(String(token));
  expect(lines.join("")).toContain('"person":"anna"');
});
