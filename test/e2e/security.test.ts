/** A page from somewhere else, in the same browser, tries to get at the chat through the bridge. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

/** Serves one empty page on a separate origin. */
async function openEvilSite(): Promise<string> {
  const site = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<!doctype html><title>evil</title>");
  }).listen(0, "127.0.0.1");
  await once(site, "listening");
  onTestFinished(() => {
    site.closeAllConnections();
    site.close();
  });
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
}

test("a foreign page gets no WebSocket, no polling and no frame of the bridge", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const { page } = await Window.open(await openEvilSite());

  const webSocket = await page.evaluate(
    (port) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://localhost:${port}/socket.io/?EIO=4&transport=websocket`);
        socket.onopen = () => resolve("open");
        socket.onerror = () => resolve("refused");
      }),
    bridge.port,
  );
  expect(webSocket).toBe("refused");

  const polling = await page.evaluate(
    (url) =>
      fetch(`${url}/socket.io/?EIO=4&transport=polling`).then(
        (response) => response.status,
        () => "refused",
      ),
    bridge.origin,
  );
  expect(polling).toBe("refused");

  await page.setContent(`<iframe src="${bridge.url}"></iframe>`);
  const frame = page.frames().find((each) => each !== page.mainFrame());
  await frame?.waitForLoadState();
  expect(await frame?.getByRole("textbox").count()).toBe(0);
});

test("a name that resolves to this computer is not the bridge's: DNS rebinding gets nothing", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  // Chromium resolves every name below localhost to loopback, just as a rebound name would be.
  const window = await Window.open(`http://evil.localhost:${bridge.port}/`);
  expect(await window.page.getByRole("textbox").count()).toBe(0);
  expect(await window.page.textContent("body")).toContain("localhost");
});

test("the same page on the bridge's own origin works, so the refusals above are about the origin", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna");
  await anna.send("ciao");
  await anna.sees("ciao");
});
