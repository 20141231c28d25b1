/** The page without its bridge: it opens, shows what was read, and keeps what is typed until it can be sent. */
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";
import { kill, linkOf, startBridge } from "./programs.ts";

/** A port without a chat server: the join form needs none. */
const nobody = 9;

const wide = { viewport: { width: 1_200, height: 700 }, serviceWorkers: "allow" } as const;

/** Waits until the browser can open the page by itself. */
async function isKept({ page }: Window): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
}

async function talker(port: number, name: string): Promise<WireClient> {
  const client = await WireClient.connect(port);
  onTestFinished(() => client.close());
  client.sendJson({ type: "login", name });
  await client.until('"type":"joined"');
  return client;
}

function say(client: WireClient, room: string, texts: readonly string[]): void {
  for (const text of texts) client.sendJson({ type: "post", room, id: crypto.randomUUID(), text });
}

const words = (room: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${room} ${from + index}`);

async function shows(window: Window, room: string, texts: readonly string[]): Promise<void> {
  await window.goTo(room);
  await expect.poll(() => window.texts(new RegExp(`^${room} \\d+$`))).toEqual(texts);
}

test("what was read is there while the bridge is away, in every window, and what is typed is said once", async () => {
  const { port } = await startTestServer();
  const webPort = await freePort();
  const url = `http://localhost:${webPort}`;
  const bridge = await startBridge(port, webPort);
  const anna = await Window.join(linkOf(bridge), "anna", wide);
  await anna.joinRoom("dev");
  const bruno = await talker(port, "bruno");
  bruno.sendJson({ type: "join", room: "dev" });
  say(bruno, "lobby", words("lobby", 1, 25));
  say(bruno, "dev", words("dev", 1, 25));
  await shows(anna, "lobby", words("lobby", 1, 25));
  await shows(anna, "dev", words("dev", 1, 25));
  await isKept(anna);
  await expect.poll(() => inDatabase(anna)).toMatch(/"lobby 25".*"dev 25"|"dev 25".*"lobby 25"/);

  await kill(bridge);
  await anna.says(/bridge is not responding/);
  await anna.page.reload();
  await anna.says(/bridge is not responding/);
  await shows(anna, "dev", words("dev", 1, 25));
  await shows(anna, "lobby", words("lobby", 1, 25));
  await anna.send("said in the dark");
  await anna.log.getByText("Waiting to be sent").waitFor();
  const second = await anna.openTab(url);
  await shows(second, "dev", words("dev", 1, 25));
  await shows(second, "lobby", words("lobby", 1, 25));
  // What loads late is there too.
  await second.page.getByRole("button", { name: "Menu" }).click();
  await second.page.getByRole("menuitem", { name: "Settings" }).click();
  await second.page.getByRole("dialog", { name: "Settings" }).getByRole("button", { name: "Close" }).click();

  say(bruno, "lobby", words("lobby", 26, 30));
  const nc = await WireClient.connect(port);
  onTestFinished(() => nc.close());
  nc.send("nc\n");
  await nc.until("lobby 30");
  await startBridge(port, webPort);
  await nc.until("anna: said in the dark");
  for (const window of [anna, second]) {
    await window.says("Online");
    await shows(window, "lobby", words("lobby", 1, 30));
    await window.sees("said in the dark");
    await expect.poll(() => window.log.getByText(/Waiting to be sent|are missing/).count()).toBe(0);
    await shows(window, "dev", words("dev", 1, 25));
  }
  nc.send("/who\n");
  await nc.until(" here: ");
  expect(nc.text.match(/said in the dark/g)).toHaveLength(1);
});

test("what is typed in a page that was opened and closed without the bridge is said once somebody is back", async () => {
  const { port } = await startTestServer();
  const webPort = await freePort();
  const url = `http://localhost:${webPort}`;
  const bridge = await startBridge(port, webPort);
  const listener = await WireClient.connect(port);
  onTestFinished(() => listener.close());
  listener.send("listener\n");
  const anna = await Window.join(linkOf(bridge), "anna", wide);
  await anna.send("before");
  // The page shows what it has yet to send; only the chat says when it was said.
  await listener.until("anna: before");
  await isKept(anna);
  await expect.poll(() => inDatabase(anna)).toContain('"before"');
  await anna.page.close();
  await kill(bridge);

  const dark = await anna.openTab(url);
  await dark.sees("before");
  await dark.send("in the dark");
  await dark.log.getByText("Waiting to be sent").waitFor();
  await dark.page.close();

  await startBridge(port, webPort);
  const back = await anna.openTab(url);
  // The bridge is running, so whoever opens the page gives their name.
  await back.enter("anna");
  await back.sees("in the dark");
  await listener.until("anna: in the dark");
  const archivist = await talker(port, "archivist");
  await archivist.line();
  archivist.sendJson({ type: "history", room: "lobby" });
  const { messages } = (await archivist.json()) as { messages: { text: string }[] };
  expect(messages.map(({ text }) => text)).toEqual(["before", "in the dark"]);
});

test("who quits leaves nothing in the browser, and finds the join form without the bridge", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", wide);
  await anna.send("a secret");
  await anna.sees("a secret");
  await isKept(anna);
  await expect.poll(() => inDatabase(anna)).toContain("a secret");
  await anna.page.getByRole("button", { name: "Quit" }).click();
  await anna.page.getByRole("button", { name: "Join" }).waitFor();
  await expect.poll(() => inDatabase(anna)).toBe("[[],[]]");
  await bridge.close();
  const second = await anna.openTab(bridge.origin);
  await second.page.getByRole("textbox", { name: "Name" }).waitFor();
  await second.says(/bridge is not responding/);
});

/** Everything in the browser's database. */
function inDatabase({ page }: Window): Promise<string> {
  return page.evaluate(async () => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await result(indexedDB.open("salotto"));
    const stores = [...database.objectStoreNames];
    const reading = database.transaction(stores);
    const all = await Promise.all(stores.map((store) => result(reading.objectStore(store).getAll())));
    database.close();
    return JSON.stringify(all);
  });
}

test("the page can be installed: what the manifest names is there, in the sizes that it says", async () => {
  const bridge = await openBridge(nobody);
  const { page, complaints } = await Window.open(bridge.url, wide);
  const cdp = await page.context().newCDPSession(page);
  const { url, errors, data = "" } = await cdp.send("Page.getAppManifest");
  expect({ url, errors }).toEqual({ url: `${bridge.origin}/manifest.webmanifest`, errors: [] });
  const manifest = JSON.parse(data);
  expect(manifest).toMatchObject({ name: "Salotto", start_url: "/", scope: "/", display: "standalone" });
  const icons: { src: string; sizes: string; type: string; purpose?: string }[] = manifest.icons;
  const found = await page.evaluate(
    (sources) =>
      Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          return `${image.naturalWidth}x${image.naturalHeight}`;
        }),
      ),
    icons.map(({ src }) => src),
  );
  expect(found.slice(1)).toEqual(icons.slice(1).map(({ sizes }) => sizes));
  expect(found.slice(1)).toEqual(["192x192", "512x512", "512x512"]);
  expect(icons.map(({ purpose }) => purpose)).toContain("maskable");
  const response = await page.request.get(`${bridge.origin}/manifest.webmanifest`);
  expect(response.headers()["content-type"]).toContain("application/manifest+json");
  const worker = await page.request.get(`${bridge.origin}/worker.js`);
  expect(worker.headers()["cache-control"]).toBe("no-cache");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  expect(complaints).toEqual([]);
});

test("after a new build the next page is the new one, with the bridge and without, and only the last old one is left", async () => {
  const uiDir = await mkdtemp(join(tmpdir(), "salotto-ui-"));
  onTestFinished(() => rm(uiDir, { recursive: true, force: true }));
  await cp(fileURLToPath(new URL("../../dist/ui", import.meta.url)), uiDir, { recursive: true });
  const bridge = await openBridge(nobody, { uiDir });
  const anna = await Window.open(bridge.url, wide);
  await isKept(anna);
  await buildAnew(uiDir, "index", "anew");
  anna.requests.length = 0;
  await anna.page.reload();
  await anna.page.getByRole("textbox", { name: "Name" }).waitFor();
  expect(anna.requests).toContainEqual(expect.stringContaining("/assets/anew-"));
  await expect.poll(() => cached(anna)).toEqual(["index", "anew"]);
  await buildAnew(uiDir, "anew", "newest");
  await anna.page.reload();
  // A page that was open all the time could still load files of the previous build.
  await expect.poll(() => cached(anna)).toEqual(["anew", "newest"]);
  await bridge.close();
  anna.requests.length = 0;
  await anna.page.reload();
  await anna.page.getByRole("textbox", { name: "Name" }).waitFor();
  expect(anna.requests).toContainEqual(expect.stringContaining("/assets/newest-"));
});

test("a bridge that hangs does not keep the page from opening", async () => {
  const { port } = await startTestServer();
  const webPort = await freePort();
  const bridge = await startBridge(port, webPort);
  const anna = await Window.join(linkOf(bridge), "anna", wide);
  await anna.send("before");
  await anna.sees("before");
  await isKept(anna);
  await expect.poll(() => inDatabase(anna)).toContain('"before"');
  bridge.process.kill("SIGSTOP");
  await anna.page.reload();
  await anna.sees("before");
  bridge.process.kill("SIGCONT");
  await anna.says("Online");
  await anna.sees("before");
});

/** Imitates a build after a change to the page's code: its file gets another name, which the others refer to. */
async function buildAnew(uiDir: string, before: string, after: string): Promise<void> {
  const [main = ""] =
    new RegExp(`${before}-[\\w-]+\\.js`).exec(await readFile(join(uiDir, "index.html"), "utf8")) ?? [];
  const anew = main.replace(before, after);
  await rename(join(uiDir, "assets", main), join(uiDir, "assets", anew));
  const others = [
    "index.html",
    "worker.js",
    ...(await readdir(join(uiDir, "assets"))).map((file) => join("assets", file)),
  ];
  for (const file of others.filter((other) => /\.(?:html|js)$/.test(other))) {
    const text = await readFile(join(uiDir, file), "utf8");
    await writeFile(join(uiDir, file), text.replaceAll(main, anew).replace(/"version":"\w+"/, `"version":"${after}"`));
  }
}

/** Which builds the browser has, by the names of their main files. */
function cached({ page }: Window): Promise<(string | undefined)[]> {
  return page.evaluate(async () => {
    const mains = (await caches.keys()).map(async (name) => {
      // `caches.open` would make a cache again that the worker has just removed.
      const page = await caches.match("/", { cacheName: name });
      return /src="\/assets\/(\w+)-/.exec((await page?.text()) ?? "")?.[1];
    });
    return Promise.all(mains);
  });
}
