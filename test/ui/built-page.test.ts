import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContextOptions, chromium } from "playwright";
import { Server as SocketServer } from "socket.io";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BridgeToPage, PageToBridge } from "../../protocol/bridge-events.ts";
import { emptyAnswers } from "../doubles/empty-answers.ts";
import { findChromium } from "../support/chromium.ts";
import { joined, message, numbered, online, onlineLegacy, snapshot } from "./story.ts";

/** What the page loads at once, compressed; what it loads on demand does not count. */
const gzipBytesMax = 110 * 1024;

/** As strict as the bridge's: the page may load only its own files, and talk only to its origin. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'";
const contentTypes: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".png": "image/png",
};

let dir: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "salotto-page-"));
  // A separate process, because the environment of this one says that it is a test, and Lit would come in its slow
  // form.
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const command = [join(root, "node_modules/vite/bin/vite.js"), "build", "--outDir", dir, "--logLevel", "warn"];
  await promisify(execFile)(process.execPath, command, { cwd: root, env: { ...process.env, NODE_ENV: "production" } });
  server = createServer(async (request, response) => {
    const path = request.url === "/" ? "/index.html" : (request.url ?? "");
    const file = await readFile(join(dir, path)).catch(() => undefined);
    const contentType = contentTypes[extname(path)] ?? "text/plain";
    response.writeHead(file ? 200 : 404, { "content-type": contentType, "content-security-policy": policy });
    response.end(file);
  });
  serveBridge(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  browser = await chromium.launch(await findChromium());
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(dir, { recursive: true, force: true });
});

/**
 * A bridge that lets everyone in, with some messages already there: bruno on a current server, everyone else on an old
 * one.
 */
function serveBridge(http: Server): void {
  const io = new SocketServer<PageToBridge, BridgeToPage>(http);
  io.on("connection", (socket) => {
    socket.emit("snapshot", { epoch: "epoch-1", server: "127.0.0.1:8080", connection: { phase: "idle" }, events: [] });
    socket.on("join", ({ name }, answer) => {
      const events = numbered(1, joined(0, name, "carla"), message(1, { text: "see https://example.org/" }));
      socket.emit(
        "snapshot",
        snapshot({ epoch: "epoch-2", name, connection: name === "bruno" ? online : onlineLegacy, events }),
      );
      answer({ ok: true, name });
    });
    socket.on("post", (_, answer) => answer({ ok: false, code: "busy", message: "busy" }));
    socket.on("ask", (command, answer) => {
      const { type } = command;
      const found = { found: [message(1)], more: false };
      answer({ ok: true, ...(type === "search" ? found : emptyAnswers[type]({ ...command })) });
    });
    socket.on("quit", (answer) => answer());
  });
}

test("the built page obeys a strict policy and loads nothing from elsewhere, in every part of it", async () => {
  const { page, origin, requested, complaints } = await enter("anna");
  await page.getByText("Old server: what it cannot do").click();
  await page.getByRole("textbox", { name: "Message" }).fill("two\nlines");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("button", { name: "Retry" }).waitFor();
  await page.getByRole("button", { name: "Show people (2 here)" }).click();
  await page.getByRole("list", { name: "People" }).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("list", { name: "People" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Quit" }).click();
  await page.getByText("You left the chat. See you soon!").waitFor();

  expect(complaints).toEqual([]);
  expect(requested.filter((url) => !url.startsWith(origin) && !url.startsWith("data:"))).toEqual([]);
});

test("what is loaded when it is needed obeys the policy too, and comes from the same place", async () => {
  const { page, origin, requested, complaints } = await enter("bruno");
  const before = requested.length;
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("searchbox").fill("see");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Search results" }).getByRole("button").click();
  await page.getByRole("list", { name: "Search results" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Go to…" }).click();
  await page.getByRole("combobox", { name: "Room or person" }).press("Escape");
  for (const overlay of ["Settings", "Keyboard shortcuts"]) {
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("menuitem", { name: overlay }).click();
    await page.getByRole("dialog", { name: overlay }).getByRole("button", { name: "Close" }).click();
  }
  await page.getByRole("article").tap();
  await page.getByRole("button", { name: "React" }).click();
  await page.getByRole("button", { name: "😂" }).click();
  await page.getByRole("button", { name: "React" }).click();
  await page.getByRole("button", { name: "More emoji" }).click();
  await page.getByRole("tab", { name: "Food and drink" }).click();
  await page.getByRole("button", { name: "pizza", exact: true }).click();
  await page.getByRole("dialog", { name: "Choose an emoji" }).waitFor({ state: "detached" });
  await page.getByRole("textbox", { name: "Message" }).pressSequentially("done :tada");
  await page.getByRole("option", { name: /:tada:/ }).tap();
  expect(requested.length).toBeGreaterThan(before);
  expect(complaints).toEqual([]);
  expect(requested.filter((url) => !url.startsWith(origin) && !url.startsWith("data:"))).toEqual([]);
});

test("a reader's language comes with the page", async () => {
  const page = await browser.newPage({ locale: "it-IT" });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await page.getByRole("textbox", { name: "Nome" }).waitFor();
});

/** Joins through the form, on a phone. */
async function enter(name: string, options: BrowserContextOptions = {}) {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = await browser.newPage({ viewport: { width: 360, height: 740 }, hasTouch: true, ...options });
  const requested: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && complaints.push(line.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(origin);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Join" }).click();
  await page.getByRole("log", { name: "Messages" }).getByRole("link").waitFor();
  return { page, origin, requested, complaints };
}

test("a chosen theme is there before the page's own code", async () => {
  // Even then, the worker would have the page's own code.
  const { page } = await enter("anna", { serviceWorkers: "block" });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("radio", { name: "Large", exact: true }).check();
  const dark = await paper();
  const looks = () => page.evaluate(() => document.documentElement.dataset.looks);
  const chosen = await looks();
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.reload();
  expect(await paper()).toBe(dark);
  expect(dark).not.toBe(light);
  expect(await looks()).toBe(chosen);
});

test("the built page stays within its budget", async () => {
  const index = await readFile(join(dir, "index.html"), "utf8");
  const names = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, name = ""]) => name);
  const files = await Promise.all(names.map((name) => readFile(join(dir, name))));
  const gzipBytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0);
  expect(gzipBytes).toBeGreaterThan(10_000);
  expect(gzipBytes).toBeLessThanOrEqual(gzipBytesMax);
});
