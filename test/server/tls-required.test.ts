/** Passwords and the wire that they come over: what is refused, what is only noticed, and where neither is needed. */
import { networkInterfaces } from "node:os";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { startInvitedServer } from "../support/invited-server.ts";
import { startTestServer, type TestServer, type TestServerOptions } from "../support/test-server.ts";
import { openTls } from "../support/tls.ts";
import { WireClient } from "../support/wire-client.ts";

const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const host = addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "";
const password = "correct horse battery";

const selfSigned = { port: 0, certificate: { kind: "self-signed" } } as const;

const start = (options: TestServerOptions = {}) => startTestServer({ host: "0.0.0.0", tls: selfSigned, ...options });

/** As from another computer. */
const fromOutside = (port: number, open?: typeof openTls) =>
  WireClient.connect(port, { host, ...(open ? { open } : {}) });

async function answerTo(client: WireClient, command: object): Promise<string> {
  client.sendJson({ ...command, label: "asked" });
  const before = await client.until('"label":"asked"');
  return before.slice(before.lastIndexOf("\n") + 1) + (await client.line());
}

describe.skipIf(host === "")("over a network", () => {
  const commands = [
    { type: "register", name: "anna", password },
    { type: "authenticate", name: "anna", password },
  ];

  test.each(commands)("$type is refused in clear, and works over TLS", async (command) => {
    const server = await start({ tlsRequired: true });
    const clear = await fromOutside(server.port);
    expect(await answerTo(clear, command)).toContain('"code":"tls-required"');
    const secure = await fromOutside(server.tls?.port ?? 0, openTls);
    expect(await answerTo(secure, command)).not.toContain("tls-required");
    clear.close();
    secure.close();
  });

  test("no token crosses it in clear, in either direction", async () => {
    const server = await start({ tlsRequired: true });
    const secure = await fromOutside(server.tls?.port ?? 0, openTls);
    const registered = await answerTo(secure, { type: "register", name: "anna", password, device: "laptop" });
    const { token } = JSON.parse(registered);
    expect(token).toEqual(expect.any(String));
    const clear = await fromOutside(server.port);
    expect(await answerTo(clear, { type: "authenticate", token })).toContain('"code":"tls-required"');
    expect(await answerTo(clear, { type: "login", name: "bruno", device: "laptop" })).toMatch(
      /^."type":"ok","label":"asked","name":"bruno".$/,
    );
    const again = await fromOutside(server.tls?.port ?? 0, openTls);
    expect(await answerTo(again, { type: "authenticate", token })).toContain('"name":"anna"');
    for (const client of [secure, clear, again]) client.close();
  });

  test("the chat's password is neither asked for nor taken in clear", async () => {
    const server = await start({ tlsRequired: true, password });
    const bot = await fromOutside(server.port);
    expect(await answerTo(bot, { type: "login", name: "bot", password })).toContain('"code":"tls-required"');
    const anna = await fromOutside(server.port);
    anna.send("anna\n");
    await anna.until("* Here, a password must not cross a network in clear. Connect with TLS");
    const carla = await fromOutside(server.tls?.port ?? 0, openTls);
    carla.send("carla\n");
    await carla.until("password");
    carla.send(`${password}\n`);
    await carla.until("1 here: carla");
    for (const client of [bot, anna, carla]) client.close();
  });

  test("the code of an invitation is taken over TLS only, and not asked for in clear", async () => {
    const server = await startInvitedServer({ host: "0.0.0.0", tls: selfSigned, tlsRequired: true });
    const login = { type: "login", name: "anna", invitation: await server.invite() };
    const clear = await fromOutside(server.port);
    expect(await answerTo(clear, login)).toContain('"code":"tls-required"');
    const nc = await fromOutside(server.port);
    nc.send("anna\n");
    await nc.until("a password must not cross a network in clear");
    const secure = await fromOutside(server.tls?.port ?? 0, openTls);
    expect(await answerTo(secure, login)).toContain('"type":"ok"');
    for (const client of [clear, nc, secure]) client.close();
  });

  test("at a terminal, a password is refused, and nobody is asked for one", async () => {
    const server = await start({ tlsRequired: true });
    const anna = await fromOutside(server.port);
    anna.send("anna\n");
    await anna.until("1 here: anna");
    for (const typed of [`/register ${password}`, "/password"]) {
      anna.send(`${typed}\n`);
      await anna.until("* Here, a password must not cross a network in clear.");
    }
    anna.close();
  });

  test("without the option it is taken, and the log warns", async () => {
    const lines: { level: number; msg: string }[] = [];
    const logger = pino({ level: "warn" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const server = await start({ logger });
    const secure = await fromOutside(server.tls?.port ?? 0, openTls);
    expect(await answerTo(secure, { type: "register", name: "bea", password })).toContain('"type":"ok"');
    expect(lines).toEqual([]);
    const clear = await fromOutside(server.port);
    expect(await answerTo(clear, { type: "register", name: "anna", password })).toContain('"type":"ok"');
    expect(lines.map(({ msg }) => msg)).toEqual(["a password crosses the network in clear; tls-required refuses that"]);
    expect(JSON.stringify(lines)).not.toContain(password);
    secure.close();
    clear.close();
  });
});

test("from the server's own computer, a password needs no TLS", async () => {
  const server: TestServer = await start({ tlsRequired: true });
  const anna = await server.connect();
  expect(await answerTo(anna, { type: "register", name: "anna", password })).toContain('"type":"ok"');
});
