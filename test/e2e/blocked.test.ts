/** Browsers that refuse what the page would like to use: it works all the same, and forgets. */
import { describe, expect, onTestFinished, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";

/** Runs in the page before our own code: `refuse(owner, name)` makes reading throw, `lack` makes it missing. */
const tools = `
  const denied = () => { throw new DOMException("denied", "SecurityError"); };
  const refuse = (owner, ...names) => names.forEach((name) => Object.defineProperty(owner, name, { get: denied, configurable: true }));
  const lack = (owner, ...names) => names.forEach((name) => {
    for (let place = owner; place; place = Object.getPrototypeOf(place)) delete place[name];
  });
  const fail = (owner, ...names) => names.forEach((name) => Object.defineProperty(owner, name, { value: denied, configurable: true }));
  const reject = (owner, ...names) => names.forEach((name) => { owner[name] = () => Promise.reject(new DOMException("denied", "NotAllowedError")); });
`;

const allCookiesBlocked = `
  refuse(window, "localStorage", "sessionStorage", "indexedDB", "caches");
  refuse(Navigator.prototype, "serviceWorker", "storage");
  reject(LockManager.prototype, "request", "query");
  fail(window, "BroadcastChannel", "SharedWorker");
`;

/** `forgets`: after a reload, the page shows the join form again. */
const hindrances: [what: string, script: string, end?: "forgets"][] = [
  ["localStorage throws", `refuse(window, "localStorage");`],
  ["sessionStorage throws", `refuse(window, "sessionStorage");`, "forgets"],
  ["all cookies are blocked", allCookiesBlocked, "forgets"],
  [
    "there is no storage",
    `lack(window, "localStorage", "sessionStorage", "indexedDB", "IDBKeyRange", "caches");`,
    "forgets",
  ],
  [
    "storage is full",
    `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
     IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
     reject(CacheStorage.prototype, "open");`,
    "forgets",
  ],
  ["storage cannot be read", `fail(Storage.prototype, "getItem", "setItem", "removeItem", "key");`, "forgets"],
  ["the database never answers", `IDBFactory.prototype.open = () => new EventTarget();`],
  [
    "all else is missing",
    `lack(window, "Notification", "AudioContext", "OscillatorNode", "GainNode", "matchMedia", "visualViewport");
     lack(Navigator.prototype, "clipboard", "serviceWorker", "locks", "userActivation");
     lack(Crypto.prototype, "randomUUID");`,
  ],
  [
    "all else throws",
    `refuse(window, "Notification", "AudioContext", "matchMedia");
     refuse(Navigator.prototype, "clipboard", "serviceWorker", "locks");`,
  ],
  [
    "all else is refused when it is asked for",
    `refuse(Notification, "permission");
     reject(Notification, "requestPermission");
     reject(Clipboard.prototype, "writeText");
     reject(ServiceWorkerContainer.prototype, "register");
     reject(AudioContext.prototype, "resume", "close");
     reject(LockManager.prototype, "request");
     fail(window, "matchMedia");`,
  ],
  [
    "everything is refused",
    `${allCookiesBlocked}
     refuse(window, "Notification", "AudioContext", "matchMedia");
     refuse(Navigator.prototype, "clipboard", "locks", "userActivation");
     lack(Crypto.prototype, "randomUUID");`,
    "forgets",
  ],
];

describe("the page is joined, speaks, is set, and is opened again, where", () => {
  test.each(hindrances)("%s", async (_what, script, end) => {
    const server = await startTestServer();
    const bridge = await openBridge(server.port);
    const bruno = await WireClient.connect(server.port);
    onTestFinished(() => bruno.close());
    bruno.send("bruno\n");
    const anna = await Window.open("about:blank", { serviceWorkers: "allow" });
    await anna.page.addInitScript({ content: `{ ${tools} ${script} }` });
    await anna.page.goto(bridge.url);
    await anna.enter("anna");
    await anna.send("hello from anna");
    await anna.sees("hello from anna");
    await bruno.until("hello from anna");
    bruno.send("hello anna\n");
    await anna.sees("hello anna");

    await anna.page.getByRole("button", { name: "Menu" }).click();
    await anna.page.getByRole("menuitem", { name: "Settings" }).click();
    const settings = anna.page.getByRole("dialog", { name: "Settings" });
    await settings.getByRole("checkbox", { name: "Play a sound" }).click();
    await settings.getByRole("checkbox", { name: "Show desktop notifications" }).click();
    await settings.getByRole("radio", { name: "Dark" }).check();
    await expect.poll(() => anna.page.evaluate(() => document.documentElement.dataset.looks)).toContain("dark");
    await settings.getByRole("button", { name: "Close" }).click();
    await anna.act("hello from anna", "More actions");
    await anna.page.getByRole("button", { name: "Copy text" }).click();
    await anna.page
      .getByText(/^(Copied|The browser did not allow copying)$/)
      .first()
      .waitFor({ state: "attached" });

    await anna.page.reload();
    if (end === "forgets") await anna.enter("anna-again");
    await anna.send("still here");
    await bruno.until("still here");
    expect(anna.complaints).toEqual([]);
  });
});
