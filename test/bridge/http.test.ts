/**
 * The bridge's web port as seen by browsers, and by other web sites' pages in them. Who gets in is shown in door.test.ts;
 * these bridges are for everybody on this computer.
 */
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Bridge } from "../../bridge/bridge.ts";
import { startBridge } from "../../bridge/bridge.ts";
import { bridgeTo, openPage, silentLog, until } from "./page.ts";

/** No test here talks to a chat server. */
const port = 9;
const open = { port, anyUser: true };

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** With `fetch`, a test could not choose Host and Origin. */
function get(bridge: Bridge, path: string, headers: Record<string, string> = {}, host = "127.0.0.1"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host, port: bridge.port, path, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on("error", reject);
    request.end();
  });
}

/** Opens a WebSocket by hand; returns the status line of the answer. */
function upgrade(bridge: Bridge, path: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(bridge.port, "127.0.0.1");
    let answer = "";
    const lines = [
      `GET ${path} HTTP/1.1`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      if (!answer.includes("\r\n")) return;
      socket.destroy();
      resolve(answer.slice(0, answer.indexOf("\r\n")));
    });
    socket.on("error", reject);
  });
}

function builtPage(): string {
  const dir = mkdtempSync(join(tmpdir(), "salotto-ui-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  mkdirSync(join(dir, "assets"));
  writeFileSync(join(dir, "index.html"), "<!doctype html><title>Salotto</title>");
  writeFileSync(join(dir, "assets", "main-C0FFEE.js"), "export {};");
  writeFileSync(join(dir, "assets", "large-C0FFEE.js"), "// ciao\n".repeat(1_000));
  return dir;
}

const polling = "/socket.io/?EIO=4&transport=polling";
const websocket = "/socket.io/?EIO=4&transport=websocket";

describe("a request from elsewhere", () => {
  const foreign: [string, (bridge: Bridge) => Record<string, string>, number][] = [
    ["another site's origin", (b) => ({ Host: `localhost:${b.port}`, Origin: "https://evil.example" }), 403],
    ["an origin of null", (b) => ({ Host: `localhost:${b.port}`, Origin: "null" }), 403],
    ["another port's origin", (b) => ({ Host: `localhost:${b.port}`, Origin: `http://localhost:${b.port + 1}` }), 403],
    ["a host name made to point here", (b) => ({ Host: `evil.example:${b.port}` }), 421],
    ["a host on another port", (b) => ({ Host: `localhost:${b.port + 1}` }), 421],
    ["a load from another site", (b) => ({ Host: `localhost:${b.port}`, "Sec-Fetch-Site": "cross-site" }), 403],
  ];

  it.each(foreign)("with %s gets neither the page nor socket.io", async (_, headersFor, status) => {
    const bridge = await bridgeTo({ ...open, uiDir: builtPage() });
    for (const path of ["/", "/assets/main-C0FFEE.js", polling, "/socket.io/?EIO=4&transport=polling&sid=x"]) {
      const answer = await get(bridge, path, headersFor(bridge));
      expect(answer).toMatchObject({ status, body: expect.stringMatching(/^[^\n]+\n$/) });
      expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  it.each(foreign)("with %s opens no WebSocket", async (_, headersFor, status) => {
    const bridge = await bridgeTo({ ...open });
    expect(await upgrade(bridge, websocket, headersFor(bridge))).toContain(` ${status} `);
    // Not even a page that knew a connection's id could get hold of it.
    expect(await upgrade(bridge, `${websocket}&sid=x`, headersFor(bridge))).toContain(` ${status} `);
  });

  it("that is gone before it is refused harms nobody", async () => {
    const bridge = await bridgeTo({ ...open });
    for (let times = 0; times < 20; times++) {
      const socket = connect(bridge.port, "127.0.0.1");
      const lines = ["GET / HTTP/1.1", "Host: evil.example", "Connection: Upgrade", "Upgrade: websocket"];
      socket.write(`${lines.join("\r\n")}\r\n\r\n`, () => socket.resetAndDestroy());
      await once(socket, "close");
    }
    expect(await upgrade(bridge, websocket, { Host: `localhost:${bridge.port}` })).toContain(" 101 ");
  });
});

describe("a request from here", () => {
  it("opens a WebSocket with our origin, and without one", async () => {
    const bridge = await bridgeTo({ ...open });
    const Host = `localhost:${bridge.port}`;
    expect(await upgrade(bridge, websocket, { Host, Origin: `http://${Host}` })).toContain(" 101 ");
    expect(await upgrade(bridge, websocket, { Host })).toContain(" 101 ");
  });

  it("opens a polling connection with our origin, and without one", async () => {
    const bridge = await bridgeTo({ ...open });
    const Host = `localhost:${bridge.port}`;
    expect(await get(bridge, polling, { Host, Origin: `http://${Host}` })).toMatchObject({ status: 200 });
    expect(await get(bridge, polling, { Host })).toMatchObject({ status: 200 });
  });

  it("is answered on ::1 too, where there is one, because browsers may take localhost for it", async ({ skip }) => {
    const probe = createServer().listen(0, "::1");
    const error = await new Promise((resolve) =>
      probe.once("listening", () => resolve(undefined)).once("error", resolve),
    );
    if (error) skip("this computer has no IPv6");
    probe.close();
    const bridge = await bridgeTo({ ...open, uiDir: builtPage() });
    expect(await get(bridge, "/", { Host: `[::1]:${bridge.port}` }, "::1")).toMatchObject({ status: 200 });
    expect(await get(bridge, "/", { Host: "evil.example" }, "::1")).toMatchObject({ status: 421 });
  });
});

describe("the page", () => {
  it("comes with headers that let it load from here only and be framed by nobody", async () => {
    const bridge = await bridgeTo({ ...open, uiDir: builtPage() });
    for (const path of ["/", polling, "/nothing"]) {
      const { headers } = await get(bridge, path);
      expect(headers["content-security-policy"]?.toString().split(";")).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        `connect-src 'self' ws://127.0.0.1:${bridge.port}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers).not.toHaveProperty("strict-transport-security");
      expect(headers).not.toHaveProperty("x-powered-by");
    }
  });

  it("is asked for anew each time, and its hashed files never", async () => {
    const bridge = await bridgeTo({ ...open, uiDir: builtPage() });
    expect((await get(bridge, "/")).headers["cache-control"]).toBe("no-cache");
    const asset = await get(bridge, "/assets/main-C0FFEE.js");
    expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  it.each(["br", "gzip"])("comes compressed to who understands %s", async (encoding) => {
    const bridge = await bridgeTo({ ...open, uiDir: builtPage() });
    const path = "/assets/large-C0FFEE.js";
    const answer = await get(bridge, path, { "Accept-Encoding": encoding });
    expect(answer.headers).toMatchObject({ "content-encoding": encoding, vary: "Accept-Encoding" });
    expect(answer.body.length).toBeLessThan(1_000);
    expect((await get(bridge, path)).body).toBe("// ciao\n".repeat(1_000));
  });

  it("says how to build it when it is not built", async () => {
    const bridge = await bridgeTo({ ...open, uiDir: join(tmpdir(), "salotto-no-such-directory") });
    expect(await get(bridge, "/")).toMatchObject({ status: 503, body: expect.stringContaining("npm run build") });
  });

  it("is all there is: other paths, and paths out of it, are not found", async () => {
    const bridge = await bridgeTo({ ...open, uiDir: builtPage() });
    for (const path of ["/nothing", "/../package.json", "/%2e%2e/package.json", "/socket.io/socket.io.js"]) {
      expect((await get(bridge, path)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe("the web port", () => {
  it("moves to the next free one when it is taken", async () => {
    const first = await bridgeTo({ ...open });
    const second = await bridgeTo({ ...open, webPort: first.port });
    expect(second.port).toBeGreaterThan(first.port);
    expect(second.origin).toBe(`http://localhost:${second.port}`);
  });

  it("moves on when somebody has it on ::1 only, because half of the browsers would end there", async ({ skip }) => {
    const other = createServer().listen(0, "::1");
    const error = await new Promise((resolve) =>
      other.once("listening", () => resolve(undefined)).once("error", resolve),
    );
    if (error) skip("this computer has no IPv6");
    onTestFinished(() => void other.close());
    const taken = (other.address() as AddressInfo).port;
    expect((await bridgeTo({ ...open, webPort: taken })).port).not.toBe(taken);
  });

  it("that cannot be had is an answer, not a crash", async () => {
    const first = await bridgeTo({ ...open, webPort: 65_535 });
    expect(first.port).toBe(65_535);
    const second = await startBridge({ host: "127.0.0.1", port, webPort: 65_535, logger: silentLog });
    expect(second).toMatchObject({ ok: false, message: expect.stringContaining("65535") });
  });

  it("is closed, with all that is open on it, when the bridge ends", async () => {
    const bridge = await bridgeTo({ ...open });
    const page = await openPage(bridge);
    await bridge.close();
    await until(() => page.socket.disconnected);
    await expect(get(bridge, "/")).rejects.toThrow("ECONNREFUSED");
  });
});
