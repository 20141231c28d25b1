/** Who gets in at the bridge's web port: by the link, by a pass, or not at all. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { io } from "socket.io-client";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Bridge } from "../../bridge/bridge.ts";
import { type Knock, PageDoor } from "../../bridge/door/door.ts";
import { newKey } from "../../bridge/door/key-file.ts";
import { bridgeLimits } from "../../bridge/limits.ts";
import { passFor } from "../support/browser-pass.ts";
import { bridgeTo, openPage } from "./page.ts";

/** No test here talks to a chat server. */
const port = 9;
const polling = "/socket.io/?EIO=4&transport=polling";

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

async function get(
  bridge: Bridge,
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  const asked = httpRequest({ host: "127.0.0.1", port: bridge.port, path, headers, method, agent: false }).end();
  const [response] = await once(asked, "response");
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

/** @returns the error with which a WebSocket is refused; undefined when it opens */
function socketError(bridge: Bridge, headers: Record<string, string> = {}, query = ""): Promise<string | undefined> {
  const page = io(`${bridge.origin}/${query}`, {
    ...{ transports: ["websocket"], reconnection: false, forceNew: true, extraHeaders: headers },
    auth: { session: crypto.randomUUID(), browser: crypto.randomUUID(), after: 0 },
  });
  onTestFinished(() => void page.disconnect());
  return new Promise((resolve) => {
    page.once("snapshot", () => resolve(undefined));
    page.once("connect_error", ({ message }) => resolve(message));
  });
}

const tokenOf = (bridge: Bridge) => new URL(bridge.url).searchParams.get("token") ?? "";
const html = { Accept: "text/html,*/*" };

describe("without the link, the bridge", () => {
  it("gives no page, no polling and no WebSocket, and says how to get in", async () => {
    const bridge = await bridgeTo({ port });
    for (const path of ["/", polling, "/nothing", `${polling}&sid=x`, "/socket.io/x.js?EIO=4&transport=polling"]) {
      const answer = await get(bridge, path);
      expect({ path, status: answer.status }).toEqual({ path, status: 401 });
      expect(answer.body).toContain("the link that it printed");
      expect(answer.headers).toMatchObject({ "cache-control": "no-store", "www-authenticate": expect.any(String) });
    }
    expect(await socketError(bridge)).toBe("websocket error");
  });

  it.each([
    ["a path that leads out of it again", "/socket.io/../x.js?EIO=4&transport=polling"],
    ["dots in other writing", "/socket.io/%2e%2e/x.js?EIO=4&transport=polling"],
    ["a file's name after it", "/socket.io/assets/x.js?EIO=4&transport=polling"],
    ["a file's name in the query", "/socket.io/?EIO=4&transport=polling&x=/assets/x.js"],
    ["another host in the path", "http://localhost/socket.io/?EIO=4&transport=polling"],
  ])("is not fooled by %s", async (_, path) => {
    const bridge = await bridgeTo({ port });
    expect((await get(bridge, path)).status).toBe(401);
  });

  it.each([
    ["en-GB,en;q=0.9", "This page opens with its link", "en"],
    ["it-IT,it;q=0.9", "Questa pagina si apre con il suo link", "it"],
  ])("tells a browser in its language, %s", async (language, words, lang) => {
    const bridge = await bridgeTo({ port });
    const { body, headers } = await get(bridge, "/", { ...html, "Accept-Language": language });
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(body).toContain(words);
    expect(body).toContain(`<html lang="${lang}">`);
  });

  it("still gives what is the same everywhere: the page's files, which browsers may ask for without cookies", async () => {
    const bridge = await bridgeTo({ port });
    for (const path of ["/manifest.webmanifest", "/icon-192.png", "/worker.js"]) {
      expect({ path, status: (await get(bridge, path)).status }).toEqual({ path, status: 200 });
    }
  });
});

describe("the link", () => {
  it("is exchanged for a pass, under the page's own address", async () => {
    const bridge = await bridgeTo({ port });
    const answer = await get(bridge, `/?token=${tokenOf(bridge)}`, html);
    expect(answer).toMatchObject({ status: 303, headers: { location: "/", "cache-control": "no-store" }, body: "" });
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(new RegExp(`^salotto-${bridge.port}=owner\\..*; HttpOnly; SameSite=Strict$`)),
    ]);
    const cookie = await passFor(bridge.url);
    expect((await get(bridge, "/", { cookie })).body).toContain("<salotto-app>");
    expect((await get(bridge, polling, { cookie })).status).toBe(200);
    expect(await socketError(bridge, { cookie })).toBeUndefined();
  });

  it("is another one at each start, and needed once: a pass outlives the bridge", async () => {
    const keyDirectory = mkdtempSync(join(tmpdir(), "salotto-key-"));
    onTestFinished(() => rmSync(keyDirectory, { recursive: true }));
    const first = await bridgeTo({ port, keyDirectory });
    const cookie = await passFor(first.url);
    await first.close();
    const second = await bridgeTo({ port, keyDirectory, webPort: first.port });
    expect(second.url).not.toBe(first.url);
    expect((await get(second, "/", { cookie })).status).toBe(200);
    expect(await socketError(second, { cookie })).toBeUndefined();
    expect((await get(second, `/?token=${tokenOf(first)}`)).status).toBe(401);
    // The browser's history leads here with the old token.
    const stale = await get(second, `/?token=${tokenOf(first)}`, { cookie });
    expect(stale).toMatchObject({ status: 303, headers: { location: "/" } });
    expect(stale.headers).not.toHaveProperty("set-cookie");
    await second.close();
    // Another person's bridge on the same port, or a bridge without a place for its key.
    const third = await bridgeTo({ port, webPort: first.port });
    expect((await get(third, "/", { cookie })).status).toBe(401);
  });

  it("counts for programs as it is, without a pass", async () => {
    const bridge = await bridgeTo({ port });
    expect(await socketError(bridge, {}, `?token=${tokenOf(bridge)}`)).toBeUndefined();
    expect((await get(bridge, `${polling}&token=${tokenOf(bridge)}`)).status).toBe(200);
    expect(await socketError(bridge, {}, `?token=${tokenOf(bridge)}x`)).toBe("websocket error");
  });

  it("is not written to the log, right or wrong", async () => {
    const lines: string[] = [];
    const logger = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
    const bridge = await bridgeTo({ port, logger });
    await get(bridge, bridge.url.slice(bridge.origin.length));
    await get(bridge, "/?token=guessed", { cookie: `salotto-${bridge.port}=forged` });
    await openPage(bridge);
    await bridge.close();
    const logged = lines.join("");
    expect(logged).toContain("refused somebody without the link");
    expect(logged).toContain("a page connected");
    for (const secret of [tokenOf(bridge), "guessed", "forged"]) expect(logged).not.toContain(secret);
  });

  it("that is wrong too often is told to wait, and the right one is let in meanwhile", async () => {
    const bridge = await bridgeTo({ port, limits: { wrongTokensMax: 3 } });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await get(bridge, `/?token=${n}`)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const { headers, body } = await get(bridge, "/?token=");
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(body).toContain("Too many wrong links");
    expect((await get(bridge, `/?token=${tokenOf(bridge)}`)).status).toBe(303);
    expect((await get(bridge, "/")).status).toBe(401);
  });

  it("is not needed when the bridge is for every user of the computer", async () => {
    const bridge = await bridgeTo({ port, anyUser: true });
    expect(bridge.url).toBe(bridge.origin);
    expect((await get(bridge, "/")).body).toContain("<salotto-app>");
    expect(await socketError(bridge)).toBeUndefined();
    expect((await get(bridge, "/", { host: "evil.example" })).status).toBe(421);
  });
});

describe("the door", () => {
  let nowMs = 1_000_000;
  const door = new PageDoor({
    key: newKey(),
    isSecure: false,
    hasGuests: true,
    limits: bridgeLimits,
    now: () => nowMs,
  });
  const knock = (url: string, more: Partial<Knock> = {}) =>
    door.judge({ method: "GET", url, headers: {}, address: "127.0.0.1", port: 3_000, ...more });
  const given = () => {
    const entry = knock(`/?token=${door.token}`);
    const cookie = entry.kind === "page" ? entry.cookie : undefined;
    return cookie?.slice(0, cookie.indexOf(";")) ?? "";
  };

  it("renews a pass that is used, a day after it was given, and never one that is over", () => {
    const cookie = given();
    const { passMs, passRenewMs } = bridgeLimits;
    expect(knock("/", { headers: { cookie } })).not.toHaveProperty("cookie");
    nowMs += passRenewMs;
    expect(knock("/", { headers: { cookie } })).toMatchObject({ kind: "in", cookie: expect.any(String) });
    nowMs += passMs;
    expect(knock("/", { headers: { cookie } })).toEqual({ kind: "refused", status: 401 });
  });

  it("gives the page, but no more, to who follows a link from another site, which shows no strict cookie", () => {
    for (const site of ["cross-site", "same-site"]) {
      expect(knock("/", { headers: { "sec-fetch-site": site } })).toEqual({ kind: "in" });
      expect(knock(polling, { headers: { "sec-fetch-site": site } })).toMatchObject({ kind: "refused" });
    }
    expect(knock("/", { headers: { "sec-fetch-site": "same-origin" } })).toMatchObject({ kind: "refused" });
    expect(knock(`/?token=${door.token}`, { headers: { "sec-fetch-site": "cross-site" } })).toMatchObject({
      kind: "page",
    });
  });

  it("does not take a pass of another port", () => {
    expect(knock("/", { headers: { cookie: given() }, port: 3_001 })).toMatchObject({ kind: "refused" });
  });

  it("gives passes to readers only, and takes no token of another length", () => {
    expect(knock(`/?token=${door.token}`, { method: "POST" })).toEqual({ kind: "in", holder: "owner" });
    expect(knock("/", { method: "POST" })).toMatchObject({ kind: "refused" });
    expect(knock("/manifest.webmanifest", { method: "POST" })).toMatchObject({ kind: "refused" });
    expect(knock(`/?token=${"x".repeat(10_000)}`)).toMatchObject({ kind: "refused" });
    expect(knock("/?token=%")).toMatchObject({ kind: "refused" });
  });

  it("counts wrong tokens of so many addresses, each for itself and for a while", () => {
    const { wrongTokensMax, wrongTokensMs, wrongAddressesMax } = bridgeLimits;
    const guess = (address: string) => knock("/?token=x", { address });
    for (let n = 0; n < wrongTokensMax; n++) expect(guess("192.0.2.1")).toMatchObject({ status: 401 });
    expect(guess("192.0.2.1")).toMatchObject({ status: 429, retryInMs: wrongTokensMs });
    expect(guess("192.0.2.2")).toMatchObject({ status: 401 });
    for (let n = 0; n < wrongAddressesMax; n++) guess(`address ${n}`);
    expect(guess("192.0.2.1")).toMatchObject({ status: 401 });
    for (let n = 1; n < wrongTokensMax; n++) guess("192.0.2.1");
    expect(guess("192.0.2.1")).toMatchObject({ status: 429 });
    nowMs += wrongTokensMs;
    expect(guess("192.0.2.1")).toMatchObject({ status: 401 });
  });
});
