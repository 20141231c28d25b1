/** The recorded traffic between bridge and chat server, for finding faults. */
import { describe, expect, it } from "vitest";
import { bridgeLimits } from "../../bridge/limits.ts";
import { WireLog } from "../../bridge/wire-log.ts";
import { secretFields } from "../../protocol/account-commands.ts";
import { freePort } from "../support/free-port.ts";
import { startTestServer } from "../support/test-server.ts";
import { bridgeTo, openPage } from "./page.ts";

const at = "2026-11-21T10:00:00.000Z";

function log(limits = { wireBytesMax: 1_000, wireLinesMax: 3, wireLineCharsMax: 10 }) {
  const wire = new WireLog(limits, () => new Date(at));
  const shown = () => wire.lines.map(({ way, text }) => `${way} ${text}`);
  return { wire, shown };
}

describe("the lines on the wire", () => {
  it("are shown as they were, whatever the pieces in which they came", () => {
    const { wire, shown } = log();
    wire.sent("one\n");
    for (const piece of ["tw", "o\nthr", "ee", "\n"]) wire.received(Buffer.from(piece));
    expect(shown()).toEqual(["out one", "in two", "in three"]);
    expect(wire.lines[0]).toEqual({ way: "out", at, text: "one" });
  });

  it("are so many, each so long, and no more, however long they are without an end", () => {
    const { wire, shown } = log();
    wire.sent("1\n2\n3\n4\n");
    expect(shown()).toEqual(["out 2", "out 3", "out 4"]);
    for (let i = 0; i < 9; i++) wire.received(Buffer.from("x".repeat(100)));
    wire.received(Buffer.from("\n"));
    expect(shown()).toEqual(["out 3", "out 4", `in ${"x".repeat(10)}`]);
  });

  it("are the last ones: what came before so many bytes is forgotten", () => {
    const { wire, shown } = log();
    wire.sent("forgotten\n");
    for (let i = 0; i < 10; i++) wire.received(Buffer.from(`${i}${"x".repeat(98)}\n`));
    wire.received(Buffer.from("y\n"));
    wire.sent("z\n");
    expect(shown()).toEqual(["in 9xxxxxxxxx", "in y", "out z"]);
    const wide = log({ wireBytesMax: 1_000, wireLinesMax: 100, wireLineCharsMax: 100 });
    wide.wire.sent("forgotten\n");
    // Whatever the beginning was, the rest could be a secret.
    wide.wire.received(Buffer.from("x".repeat(5_000)));
    wide.wire.received(Buffer.from("x\nlast\n"));
    expect(wide.shown()).toEqual(["in last"]);
  });

  it("keep a character whole that came in two pieces", () => {
    const { wire, shown } = log();
    const [first, ...rest] = Buffer.from("è\n");
    wire.received(Uint8Array.of(first ?? 0));
    wire.received(Uint8Array.from(rest));
    expect(shown()).toEqual(["in è"]);
  });

  it("of a server that ends no line are shown when somebody looks", () => {
    const { wire, shown } = log();
    wire.received(Buffer.from("Benvenuto!"));
    expect(shown()).toEqual(["in Benvenuto!"]);
    expect(shown()).toEqual(["in Benvenuto!"]);
  });
});

describe("a secret on the wire is not shown,", () => {
  const wide = () => log({ wireBytesMax: 10_000, wireLinesMax: 100, wireLineCharsMax: 1_000 });
  const secret = 'qu"zz\\yörd';
  const json = (command: object) => `${JSON.stringify(command)}\n`;

  it.each<[string, string]>([
    ["a password", json({ type: "register", password: secret, label: "1" })],
    ["two passwords", json({ type: "change-password", old: secret, new: secret })],
    ["a token", json({ type: "authenticate", token: secret })],
    ["a proof", json({ type: "authenticate", mechanism: "SCRAM-SHA-256", data: secret })],
    ["an invitation", json({ type: "login", name: "anna", invitation: secret })],
    ["a password with spaces around it", `{"type":"login", "password" : "${JSON.stringify(secret).slice(1)}}\n`],
    ["a password typed at an old server", `/login ${secret}`],
    ["a name and a password typed there", `/REGISTER  ${secret} ${secret}\n`],
    ["the echo of it", `anna: /login ${secret}\n`],
    ["a post by mistake", json({ type: "post", room: "lobby", text: `/login ${secret}` })],
  ])("%s, sent or heard, in one piece or many, whole or not", (_, line) => {
    for (const end of [line.length, line.lastIndexOf("ö") + 2]) {
      const { wire, shown } = wide();
      wire.sent(line.slice(0, end));
      for (const byte of Buffer.from(line.slice(0, end))) wire.received(Uint8Array.of(byte));
      expect(shown()).toHaveLength(2);
      for (const text of shown()) expect(text).not.toMatch(/zz|yö/);
      for (const text of shown()) expect(text).toContain("•••");
    }
  });

  it("and neither is what is left of it when its beginning is forgotten", () => {
    const { wire, shown } = log({ wireBytesMax: 100, wireLinesMax: 100, wireLineCharsMax: 1_000 });
    const line = json({ type: "ok", token: "T".repeat(60), name: "anna" });
    for (const byte of Buffer.from(line)) wire.received(Uint8Array.of(byte));
    for (let n = 0; n < 100; n++) {
      wire.received(Buffer.from("."));
      expect(shown().join()).not.toContain("T");
    }
    wire.received(Buffer.from("\nnext\n"));
    expect(shown()).toContain("in next");
  });

  it.each(secretFields)("whatever the protocol calls secret: %s", (name) => {
    const { wire, shown } = wide();
    wire.sent(json({ type: "x", [name]: secret }));
    expect(shown()).toEqual([`out {"type":"x","${name}":"•••"}`]);
  });

  it("but everything else is", () => {
    const { wire, shown } = wide();
    const line = json({ type: "post", text: 'a "password": "x" and /logins', id: "new", label: "token" });
    wire.sent(line);
    expect(shown()).toEqual([`out ${line.trimEnd()}`]);
    wire.sent(json({ type: "authenticate", token: "a", label: "7" }));
    expect(shown()[1]).toBe('out {"type":"authenticate","token":"•••","label":"7"}');
  });
});

describe("a page that looks", () => {
  it("is shown them, and how long the server takes to answer", async () => {
    const server = await startTestServer();
    const limits = { greetingMs: bridgeLimits.greetingMs };
    const page = await openPage(await bridgeTo({ port: server.port, limits }));
    await page.join("anna");
    const { serverMs, lines } = await page.socket.emitWithAck("inspect");
    expect(serverMs).toBeGreaterThan(0);
    const texts = lines.map(({ way, text }) => `${way} ${text}`);
    expect(texts[0]).toMatch(/^in Welcome to Salotto \(salotto\/1\)/);
    expect(texts[1]).toMatch(/^out \{"type":"hello"/);
    expect(texts.join("\n")).toContain('out {"type":"login","name":"anna"');
  });

  it("is told nothing of a server that is not there", async () => {
    const page = await openPage(await bridgeTo({ port: await freePort() }));
    expect(await page.socket.emitWithAck("inspect")).toEqual({ lines: [] });
  });
});
