/** A server's messages are replaced while a page has the former ones: none is mistaken for another, none is lost. */
import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import type { Program } from "../support/program.ts";
import { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";
import { dataDirectory, kill, linkOf, startBridge, startServer } from "./programs.ts";

const wide = { viewport: { width: 1_200, height: 700 }, serviceWorkers: "allow" } as const;

const line = /messages were replaced/;

/** The messages in the log, and the lines about replaced and missing ones. */
const shown = (window: Window) => window.texts(/^(?:former|new|typed) \d$|messages were replaced|are missing/);

/** Removes all data, and posts as somebody else before anyone returns. */
async function replace(data: string, port: number, ...texts: string[]): Promise<Program> {
  await rm(data, { recursive: true, force: true });
  const elsewhere = await startServer(data);
  const client = await WireClient.connect(elsewhere.port);
  client.sendJson({ type: "login", name: "bot" });
  for (const text of texts) client.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text });
  client.sendJson({ type: "ping", label: "said" });
  await client.until('"label":"said"');
  client.close();
  await kill(elsewhere.server);
  return (await startServer(data, port)).server;
}

/** Each server takes a while to start. */
const timeout = 60_000;

test("a page that is open, and one that is loaded since, show the former messages above the new ones", {
  timeout,
}, async () => {
  const data = await dataDirectory();
  const first = await startServer(data);
  const { port } = first;
  const { url } = await openBridge(port);
  const anna = await Window.join(url, "anna");
  for (const text of ["former 1", "former 2"]) await anna.send(text);
  await expect.poll(() => shown(anna)).toEqual(["former 1", "former 2"]);
  await kill(first.server);
  await anna.says(/is not responding/);
  await anna.send("typed 1");
  // More than before, so that the numbers do not show that they are others.
  const second = await replace(data, port, "new 1", "new 2", "new 3");
  const all = ["former 1", "former 2", expect.stringMatching(line), "new 1", "new 2", "new 3", "typed 1"];
  await expect.poll(() => shown(anna), { timeout: 20_000 }).toEqual(all);
  await anna.act("typed 1", "Edit");
  await anna.page.keyboard.press("Escape");
  const former = anna.page.getByRole("article").filter({ hasText: "former 2" });
  await former.hover();
  expect(await former.getByRole("button").count()).toBe(0);

  await anna.page.reload();
  await expect.poll(() => shown(anna)).toEqual(all);
  await kill(second);
  await replace(data, port, "new 9");
  await expect.poll(() => shown(anna), { timeout: 20_000 }).toEqual([...all, expect.stringMatching(line), "new 9"]);
});

test("a page that knew them without the bridge says what was typed, in the messages that are there now", {
  timeout,
}, async () => {
  const data = await dataDirectory();
  const { server, port } = await startServer(data);
  const webPort = await freePort();
  const bridge = await startBridge(port, webPort);
  const anna = await Window.join(linkOf(bridge), "anna", wide);
  for (const text of ["former 1", "former 2", "former 3"]) await anna.send(text);
  await expect.poll(() => shown(anna)).toEqual(["former 1", "former 2", "former 3"]);
  await anna.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await kill(bridge);
  await anna.says(/bridge is not responding/);
  await kill(server);
  await replace(data, port, "new 1", "new 2", "new 3", "new 4");
  await anna.page.reload();
  await anna.says(/bridge is not responding/);
  await expect.poll(() => shown(anna)).toEqual(["former 1", "former 2", "former 3"]);
  await anna.send("typed 1");
  await startBridge(port, webPort);
  const news = ["new 1", "new 2", "new 3", "new 4", "typed 1"];
  const all = ["former 1", "former 2", "former 3", expect.stringMatching(line), ...news];
  await expect.poll(() => shown(anna), { timeout: 20_000 }).toEqual(all);
  expect(await anna.log.getByText("Waits to be sent").count()).toBe(0);
});
