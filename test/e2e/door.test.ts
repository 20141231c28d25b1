/** The link that lets a browser in, as people meet it: opened, lost, kept over restarts, followed from elsewhere. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { Program } from "../support/program.ts";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";
import { kill, linkOf, startBridge } from "./programs.ts";

/** A port without a chat server: the join form needs none. */
const nobody = 9;
const name = ({ page }: Window) => page.getByRole("textbox", { name: "Name" });

test("the link opens the page under its own address, and nothing of it stays in the window", async () => {
  const bridge = await openBridge(nobody);
  const window = await Window.open("about:blank");
  await window.page.goto(bridge.url);
  await name(window).waitFor();
  expect(window.page.url()).toBe(`${bridge.origin}/`);
  // Before it comes only the page that the window had first.
  expect(await window.page.evaluate(() => history.length)).toBe(2);
  const token = new URL(bridge.url).searchParams.get("token") ?? "";
  const kept = await window.page.evaluate(
    () => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie,
  );
  expect(kept).not.toContain(token);
  expect(kept).not.toContain("owner");
  expect(window.requests.filter((url) => url.includes(token))).toEqual([bridge.url]);
  expect(window.complaints).toEqual([]);
});

test("without the link there is a page that says how to get in, and the link then opens it", async () => {
  const bridge = await openBridge(nobody);
  const window = await Window.open(bridge.origin);
  expect(await window.page.title()).toBe("This page opens with its link");
  expect(await window.page.textContent("body")).toContain("the link that it printed");
  expect(await name(window).count()).toBe(0);
  await window.page.goto(bridge.url);
  await name(window).waitFor();
});

test("a restarted bridge needs no new link, in an open page, a new tab, or an installed page", async () => {
  const { port } = await startTestServer();
  const webPort = await freePort();
  const bridge = await startBridge(port, webPort);
  const anna = await Window.join(linkOf(bridge), "anna", { serviceWorkers: "allow" });
  await anna.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await anna.page.reload();
  await anna.says("Online");
  await kill(bridge);
  await anna.says(/bridge is not responding/);
  expect(linkOf(await startBridge(port, webPort))).not.toBe(linkOf(bridge));
  await anna.says("Online");
  await anna.page.reload();
  await anna.says("Online");
  const tab = await anna.openTab(`http://localhost:${webPort}/`);
  await name(tab).waitFor();
  // A link of an earlier start, from the browser's history.
  const old = await anna.openTab(linkOf(bridge));
  await name(old).waitFor();
});

test("an installed page whose pass is gone says that it needs the link, and not that the bridge is away", async () => {
  const bridge = await openBridge(nobody);
  const window = await Window.open(bridge.url, { serviceWorkers: "allow" });
  await name(window).waitFor();
  await window.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await window.page.reload();
  await name(window).waitFor();
  await window.page.context().clearCookies();
  await window.page.reload();
  await window.page.getByText("This page opens with its link").waitFor();
  await window.page.goto(bridge.url);
  await name(window).waitFor();
});

test.each(["allow", "block"] as const)(
  "whoever follows a link from another site comes in with their pass, workers: %s",
  async (serviceWorkers) => {
    const bridge = await openBridge(nobody);
    const link = "#lobby/x";
    const site = createServer((_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(`<!doctype html><title>x</title><a href="${bridge.origin}/${link}">to the chat</a>`);
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void site.close());
    const window = await Window.open(bridge.url, { serviceWorkers });
    await name(window).waitFor();
    if (serviceWorkers === "allow") await window.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await window.page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await window.page.getByRole("link").click();
    await name(window).waitFor();
    const stranger = await Window.open(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await stranger.page.getByRole("link").click();
    await stranger.page.getByText("This page opens with its link").waitFor();
  },
);

test("an open page whose pass is over says so when it has to come in again", async () => {
  const first = await openBridge(nobody);
  const window = await Window.open(first.url);
  await name(window).waitFor();
  await window.page.context().clearCookies();
  await first.close();
  await openBridge(nobody, { webPort: first.port });
  await window.page.getByText("This page opens with its link").waitFor();
});

test("two bridges on one computer do not take each other's place in the browser", async () => {
  const first = await openBridge(nobody);
  const second = await openBridge(nobody);
  const window = await Window.open(first.url);
  await name(window).waitFor();
  const tab = await window.openTab(second.origin);
  await tab.page.getByText("This page opens with its link").waitFor();
  await tab.page.goto(second.url);
  await name(tab).waitFor();
  for (const { page } of [window, tab]) await page.reload();
  await name(window).waitFor();
  await name(tab).waitFor();
});

test.skipIf(process.platform !== "linux")(
  "the browser is started without the link where others could read it",
  async () => {
    const directory = mkdtempSync(join(tmpdir(), "salotto-browser-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const [browser, started] = [join(directory, "browser"), join(directory, "started")];
    writeFileSync(browser, `#!/bin/sh\necho "$@" > ${started}.new && mv ${started}.new ${started}\n`);
    chmodSync(browser, 0o755);
    const env = { ...process.env, BROWSER: browser, PATH: "/usr/bin:/bin", XDG_CURRENT_DESKTOP: "", DISPLAY: "" };
    const bridge = new Program("bridge/main.ts", ["--port", "9", "--web-port", "0", "--open"], env);
    await bridge.until(/token=/);
    const argument = await expect
      .poll(() => readFileSync(started, "utf8").trim())
      .toBeTruthy()
      .then(() => readFileSync(started, "utf8").trim());
    expect(argument).not.toContain("token");
    const file = argument.replace(/^file:\/\//, "");
    expect(statSync(file).mode & 0o077).toBe(0);
    const window = await Window.open(`file://${file}`);
    await name(window).waitFor();
    bridge.process.kill("SIGINT");
    await bridge.exit;
    expect(() => statSync(file)).toThrow();
  },
);
