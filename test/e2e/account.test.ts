/** Accounts in the page, with a real server: a name that is protected, two browsers, and where no password may be found. */
import { expect, test } from "vitest";
import { scramIterationsMin } from "../../bridge/upstream/scram-client.ts";
import { startProxy } from "../support/proxy.ts";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

const password = "correct-horse-battery";
const other = "staple-of-another-kind";
/** Fewer, and the bridge does not prove the password. */
const limits = { scramIterations: scramIterationsMin };

/** Everything that the browser keeps for the page, and every line between bridge and server that it can look at. */
async function found(window: Window): Promise<string> {
  return window.page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const contents = await Promise.all(
      databases.map(
        ({ name = "" }) =>
          new Promise((resolve) => {
            const opening = indexedDB.open(name);
            opening.onsuccess = () => {
              const database = opening.result;
              const stores = [...database.objectStoreNames];
              if (stores.length === 0) return resolve([]);
              const reading = database.transaction(stores);
              const all = stores.map((store) => reading.objectStore(store).getAll());
              reading.oncomplete = () => resolve(all.map(({ result }) => result));
            };
          }),
      ),
    );
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, contents, location.href, document.cookie]);
  });
}

async function wireLines(window: Window): Promise<string> {
  await window.page.getByRole("button", { name: "Online" }).click();
  await window.page.getByRole("dialog", { name: "Connection" }).getByRole("listitem").nth(3).waitFor();
  const lines = await window.page.getByRole("dialog", { name: "Connection" }).innerText();
  await window.page.getByRole("button", { name: "Close" }).click();
  return lines;
}

async function openAccount(window: Window): Promise<void> {
  await window.page.getByRole("button", { name: "Menu" }).click();
  await window.page.getByRole("menuitem", { name: "Account" }).click();
  await window.page.getByRole("dialog", { name: "Account" }).waitFor();
}

/** Protects the name of somebody who is in the chat. */
async function register(window: Window): Promise<void> {
  await window.send("/register this-is-dropped");
  await window.page.getByLabel("Choose a password", { exact: true }).fill(password);
  await window.page.getByRole("button", { name: "Protect this name" }).click();
  await window.page.getByText("whoever gives this name is asked").waitFor();
  await closeDialog(window);
}

const closeDialog = (window: Window) => window.page.getByRole("button", { name: "Close" }).click();
const passwordOf = (window: Window) => window.page.getByLabel("Password of anna", { exact: true });

async function giveName(window: Window, name: string): Promise<void> {
  await window.page.getByRole("textbox", { name: "Name" }).fill(name);
  await window.page.getByRole("button", { name: "Join" }).click();
}

test("a name is protected in the page; another browser needs the password, sees both logins and ends one", async () => {
  const server = await startTestServer({ limits });
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna");
  const bruno = await Window.join(bridge.url, "bruno");
  await register(anna);
  await anna.people.getByText("registered name").waitFor({ state: "attached" });
  await anna.send("it is me");
  await bruno.sees("it is me");

  // A reload and a new window of the same browser go in without a password.
  await anna.page.reload();
  await anna.says("Online");
  const tab = await anna.openTab(bridge.url);
  await tab.enter("anna");
  await tab.page.close();

  const phone = await Window.open(bridge.url);
  await giveName(phone, "anna");
  await passwordOf(phone).waitFor();
  await phone.page.getByText("That name belongs to somebody").waitFor();
  await passwordOf(phone).fill(other);
  await phone.page.getByRole("button", { name: "Join" }).click();
  await phone.page.getByText("Wrong name or password").waitFor();
  await passwordOf(phone).fill(password);
  await passwordOf(phone).press("Enter");
  await phone.says("Online");
  // One person is in the chat once.
  await anna.page.getByText("The server closed the connection").waitFor();
  await openAccount(phone);
  const logins = phone.page.getByRole("list", { name: "Where you are signed in" }).getByRole("listitem");
  await expect.poll(() => logins.count()).toBe(2);
  await phone.page.getByRole("button", { name: /^Sign out there/ }).click();
  await phone.page.getByText(/^Signed out: /).waitFor();
  expect(await logins.count()).toBe(1);
  await closeDialog(phone);

  await anna.page.getByRole("button", { name: "Join" }).click();
  await anna.page.getByText("You were signed out here").waitFor();
  await passwordOf(anna).fill(password);
  await passwordOf(anna).press("Enter");
  await anna.says("Online");

  for (const window of [anna, phone, bruno]) {
    expect(await found(window)).not.toMatch(/correct-horse|staple|this-is-dropped/);
    expect(window.complaints).toEqual([]);
    expect(window.requests.join()).not.toMatch(/correct-horse|staple|this-is-dropped/);
  }
  expect(await wireLines(anna)).not.toMatch(/correct-horse|staple|this-is-dropped/);
});

test("a changed password counts everywhere, quitting forgets the login, and an ended account gives the name away", async () => {
  const server = await startTestServer({ limits });
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna");
  await register(anna);

  await anna.send("/password");
  await anna.page.getByLabel("Present password", { exact: true }).fill(password);
  await anna.page.getByLabel("New password", { exact: true }).fill(other);
  await anna.page.getByRole("button", { name: "Change it" }).click();
  await anna.page.getByText("Your password was changed").waitFor();
  await closeDialog(anna);
  expect(await found(anna)).toContain("salotto.token");

  await anna.page.getByRole("button", { name: "Quit", exact: true }).click();
  await anna.page.getByText("You left the chat").waitFor();
  expect(await found(anna)).not.toContain("salotto.token");
  await giveName(anna, "anna");
  await passwordOf(anna).fill(other);
  await passwordOf(anna).press("Enter");
  await anna.says("Online");

  await openAccount(anna);
  await anna.page.getByRole("button", { name: "End the account" }).click();
  await passwordOf(anna).fill(other);
  await anna.page.getByRole("button", { name: "End it for good" }).click();
  await anna.page.getByText("The account is ended.").waitFor();
  await closeDialog(anna);
  await anna.page.getByRole("button", { name: "Quit", exact: true }).click();
  await anna.page.getByText("You left the chat").waitFor();
  await Window.join(bridge.url, "anna");
  expect(await found(anna)).not.toMatch(/correct-horse|staple/);
});

test("a chat with a password, for registered people only, asks for one thing after the other", async () => {
  const server = await startTestServer({ limits, password: "sesame-open", registeredOnly: true });
  const bridge = await openBridge(server.port);
  const anna = await Window.open(bridge.url);
  await giveName(anna, "anna");
  await anna.page.getByLabel("Password of this chat", { exact: true }).fill("sesame-open");
  await anna.page.getByRole("button", { name: "Join" }).click();
  await anna.page.getByLabel("Choose a password", { exact: true }).fill(password);
  await anna.page.getByRole("button", { name: "Create account and join" }).click();
  await anna.says("Online");
  await anna.send("I am in");
  await anna.sees("I am in");
  await anna.page.reload();
  await anna.says("Online");
  expect(await found(anna)).not.toMatch(/sesame|correct-horse/);
  expect(await wireLines(anna)).not.toMatch(/sesame|correct-horse/);
});

test("a login that ended while the connection was lost leads to the form; the draft is still there afterwards", async () => {
  const server = await startTestServer({ limits });
  const proxy = await startProxy(server.port);
  const anna = await Window.join((await openBridge(proxy.port)).url, "anna");
  await register(anna);
  await anna.composer.fill("half a sent");
  proxy.cut();
  await anna.says(/not responding/);

  const phone = await Window.open((await openBridge(server.port)).url);
  await giveName(phone, "anna");
  await passwordOf(phone).fill(password);
  await passwordOf(phone).press("Enter");
  await phone.says("Online");
  await openAccount(phone);
  await phone.page.getByRole("button", { name: /^Sign out there/ }).click();
  await phone.page.getByText(/^Signed out: /).waitFor();

  proxy.mend();
  await anna.page.getByText("You were signed out here").waitFor();
  await passwordOf(anna).fill(password);
  await passwordOf(anna).press("Enter");
  await anna.says("Online");
  expect(await anna.composer.inputValue()).toBe("half a sent");
});
