/** The page beyond loopback: by invitation, over TLS, under this computer's names only, with limits for each address. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io } from "socket.io-client";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { Bridge } from "../../bridge/bridge.ts";
import { type BridgeOptions, bridgeCommand, webOf } from "../../bridge/config.ts";
import { invitationLines } from "../../bridge/invitation.ts";
import { reachableAddresses, webHost, webNames } from "../../bridge/web-names.ts";
import { makeCertificate, writeCertificate } from "../support/tls.ts";
import { bridgeTo, openPage } from "./page.ts";

const directory = mkdtempSync(join(tmpdir(), "salotto-web-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const made = await makeCertificate();
const webTls = { kind: "files", ...writeCertificate(made, directory) } as const;
/** Of this computer, but not loopback: as if it came from another one. */
const [lan] = reachableAddresses().filter((address) => !address.includes(":"));
const nobody = 9;

async function get(bridge: Bridge, path: string, headers: Record<string, string> = {}, host = "127.0.0.1") {
  const options = {
    host,
    port: bridge.port,
    path,
    headers,
    agent: false,
    ca: made.certificate,
    checkServerIdentity: () => undefined,
  };
  const asked = request(options).end();
  const [response] = await once(asked, "response");
  response.resume();
  return { status: response.statusCode as number, headers: response.headers as IncomingHttpHeaders };
}

const parse = (argv: string) =>
  bridgeCommand().parse(argv.split(" ").filter(Boolean), { from: "user" }).opts<BridgeOptions>();

describe("a page that others can reach", () => {
  it("lets them in by the invitation, over TLS, as guests", async () => {
    const bridge = await bridgeTo({ port: nobody, web: { address: "0.0.0.0", publicName: "chat.example" }, webTls });
    const invitation = new URL(bridge.invitation ?? "");
    expect(invitation.origin).toBe(`https://chat.example:${bridge.port}`);
    const headers = { host: invitation.host };
    const { status, headers: answer } = await get(bridge, invitation.pathname + invitation.search, headers);
    expect(status).toBe(303);
    expect(answer["set-cookie"]?.[0]).toMatch(/^salotto-\d+=guest\..*; HttpOnly; SameSite=Strict; Secure$/);
    const cookie = answer["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const page = await get(bridge, "/", { ...headers, cookie });
    expect(page.status).toBe(200);
    expect(page.headers["content-security-policy"]).toContain(`connect-src 'self' wss://${invitation.host}`);
    expect((await get(bridge, "/", headers)).status).toBe(401);
    const owner = new URL(bridge.url);
    expect(owner.search).not.toBe(invitation.search);
    expect((await get(bridge, owner.pathname + owner.search, headers)).headers["set-cookie"]?.[0]).toContain("=owner.");
  });

  it("answers to this computer's names and addresses, and to no other", async () => {
    const bridge = await bridgeTo({ port: nobody, web: { address: "0.0.0.0", publicName: "chat.example" }, webTls });
    const names = webNames({ address: "0.0.0.0", publicName: "chat.example" });
    expect(names).toContain("chat.example");
    for (const name of ["localhost", "127.0.0.1", ...names]) {
      const host = `${name}:${bridge.port}`;
      expect({ name, status: (await get(bridge, "/", { host })).status }).toEqual({ name, status: 401 });
      expect((await get(bridge, "/", { host, origin: `https://${host}` })).status).toBe(401);
      expect((await get(bridge, "/", { host, origin: `http://${host}` })).status).toBe(403);
    }
    for (const host of [`evil.example:${bridge.port}`, `192.0.2.1:${bridge.port}`, "chat.example"]) {
      expect((await get(bridge, "/", { host })).status).toBe(421);
    }
  });

  it.skipIf(lan === undefined)("is not filled by one device: so many pages, and so many connections", async () => {
    const limits = { pagesOfAddressMax: 2, connectionsOfAddressMax: 6 };
    const bridge = await bridgeTo({ port: nobody, web: { address: "0.0.0.0" }, webTls, limits });
    const open = (host: string) => {
      const socket = io(`https://${host}:${bridge.port}/${new URL(bridge.invitation ?? "").search}`, {
        ...{ transports: ["websocket"], reconnection: false, forceNew: true, rejectUnauthorized: false },
        auth: { session: crypto.randomUUID(), browser: crypto.randomUUID(), after: 0 },
      });
      onTestFinished(() => void socket.disconnect());
      return new Promise<string>((resolve) => {
        socket.once("snapshot", () => resolve("in"));
        socket.once("connect_error", ({ message }) => resolve(message));
      });
    };
    expect([await open(lan ?? ""), await open(lan ?? "")]).toEqual(["in", "in"]);
    expect(await open(lan ?? "")).toMatch(/too many pages are open on this device/);
    for (let n = 0; n < 3; n++) await open(lan ?? "");
    await expect.poll(() => open(lan ?? "")).toMatch(/too many|websocket error/);
    for (let n = 0; n < 8; n++) expect(await open("localhost")).toBe("in");
  });

  it("tells its invitation to whoever started the bridge, and not to guests", async () => {
    const bridge = await bridgeTo({ port: nobody, web: { address: "0.0.0.0" } });
    const [owner, guest] = await Promise.all(
      [bridge.url, bridge.invitation ?? ""].map((link) => {
        const url = new URL(link);
        url.hostname = "localhost";
        return openPage({ url: url.href });
      }),
    );
    expect(owner?.snapshots[0]?.mayInvite).toBe(true);
    expect(await owner?.socket.emitWithAck("invitation")).toEqual({ kind: "link", link: bridge.invitation });
    expect(guest?.snapshots[0]?.mayInvite).toBeUndefined();
    expect(await guest?.socket.emitWithAck("invitation")).toEqual({ kind: "not-yours" });
  });

  it.each([
    [{ host: "127.0.0.1", port: 8080 }, "--listen 0.0.0.0 --web-self-signed"],
    [{ host: "chat.example", port: 8443, tls: {} }, "--host chat.example --tls --listen 0.0.0.0 --web-self-signed"],
    [{ host: "::1", port: 9 }, "--port 9 --listen 0.0.0.0 --web-self-signed"],
  ])("is started like this by whoever has one for this computer alone: %j", async (server, options) => {
    const bridge = await bridgeTo(server);
    const page = await openPage(bridge);
    expect(page.snapshots[0]?.mayInvite).toBe(true);
    const command = `npm run bridge -- ${options}`;
    expect(await page.socket.emitWithAck("invitation")).toEqual({ kind: "here-only", command });
  });

  it("is announced by a link and a code for cameras", () => {
    expect(invitationLines(undefined)).toEqual([]);
    const lines = invitationLines("https://chat.example:3000/?token=x");
    expect(lines[0]).toContain("https://chat.example:3000/?token=x");
    expect(lines.length).toBeGreaterThan(12);
    expect(lines.slice(2).join("")).toMatch(/^[█▀▄ ]+$/);
  });

  it("is found at its public name, or at an address of this computer", () => {
    expect(webHost({ address: "0.0.0.0", publicName: "chat.example" })).toBe("chat.example");
    expect(webHost({ address: "192.0.2.7" })).toBe("192.0.2.7");
    expect(webHost({ address: "2001:db8::1" })).toBe("[2001:db8::1]");
    if (lan !== undefined) expect(webHost({ address: "0.0.0.0" })).toBe(lan);
  });
});

describe("the options for a page that others can reach", () => {
  it.each<[string, RegExp]>([
    ["--listen 0.0.0.0", /--insecure/],
    ["--listen 0.0.0.0 --web-cert x", /belong together/],
    ["--listen 0.0.0.0 --web-key x", /belong together/],
    ["--listen 0.0.0.0 --web-cert x --web-key x --insecure", /only one of/],
    ["--listen 0.0.0.0 --web-self-signed --insecure", /only one of/],
    ["--listen 0.0.0.0 --web-self-signed --web-cert x --web-key x", /only one of/],
    ["--web-self-signed", /--listen/],
    ["--listen 0.0.0.0 --insecure --any-user", /--any-user/],
    ["--insecure", /--listen/],
    ["--public-name chat.example", /--listen/],
    ["--listen 127.0.0.1 --insecure", /--listen/],
  ])("are refused: %s", (argv, message) => {
    expect(() => webOf(parse(argv))).toThrow(message);
  });

  it("say where it is, and how it is protected", () => {
    expect(webOf(parse(""))).toEqual({});
    expect(webOf(parse("--listen ::1"))).toEqual({});
    expect(webOf(parse("--listen 0.0.0.0 --insecure"))).toEqual({ web: { address: "0.0.0.0" } });
    expect(webOf(parse(`--listen [::] --public-name a.b --web-cert a.pem --web-key b.pem`))).toEqual({
      web: { address: "::", publicName: "a.b" },
      webTls: {
        kind: "files",
        certificate: "a.pem",
        key: "b.pem",
        options: { certificate: "--web-cert", key: "--web-key" },
      },
    });
    expect(webOf(parse("--listen 0.0.0.0 --web-self-signed --public-name a.b"))).toEqual({
      web: { address: "0.0.0.0", publicName: "a.b" },
      webTls: { kind: "self-signed", file: expect.stringMatching(/[/\\]bridge[/\\]web-tls\.pem$/), names: ["a.b"] },
    });
  });

  it("take an address, not a name", () => {
    const command = bridgeCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    expect(() => command.parse(["--listen", "chat.example"], { from: "user" })).toThrow(/IP address/);
  });
});
