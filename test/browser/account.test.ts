/** The account's dialog, and commands about accounts that are typed in the field for messages. */
import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { SessionInfo } from "../../protocol/account-commands.ts";
import { at, message, online, onlineLegacy } from "../ui/story.ts";
import { button, expectFocus, field, openRoom } from "./open-page.ts";

const dialog = page.getByRole("dialog", { name: "Account" });
const password = (name: string) => page.getByLabelText(name, { exact: true });
const secret = "correct horse battery";
const guest = { ok: false, code: "not-registered", message: "no" } as const;
const here: SessionInfo = { id: "s1", device: "Firefox on Linux", made: at(-600), seen: at(0), current: true };
const there: SessionInfo = { id: "s2", device: "Chrome on Android", made: at(-900), seen: at(-30) };

type Opened = Awaited<ReturnType<typeof openRoom>>;

const answer = ({ client }: Opened, given: Parameters<Opened["client"]["asks"][number]["answer"]>[0]) =>
  client.asks.at(-1)?.answer(given);
const lastAsk = ({ client }: Opened) => client.asks.at(-1)?.request;

function kept({ browser, window, store }: Opened): string {
  return JSON.stringify([...browser.items, ...window.items, store.state]);
}

async function openAccount(answered: Parameters<typeof answer>[1]): Promise<Opened> {
  const opened = await openRoom();
  await button("Menu").click();
  await page.getByRole("menuitem", { name: "Account" }).click();
  await expect.element(dialog).toBeVisible();
  await answer(opened, answered);
  return opened;
}

describe("the account of somebody who has none", () => {
  test("explains what it is for, and protects the name with a password that is nowhere afterwards", async () => {
    const opened = await openAccount(guest);
    await expect.element(dialog.getByText(/^anna is nobody’s: whoever gives this name/)).toBeVisible();
    await button("Protect this name with a password").click();
    const fresh = password("Choose a password");
    await expectFocus(fresh);
    await expect.element(fresh).toHaveAttribute("autocomplete", "new-password");
    await fresh.fill("short");
    await userEvent.keyboard("{Enter}");
    await expect.element(fresh).toHaveAccessibleDescription("A password needs at least 8 characters");
    await fresh.fill(secret);
    await userEvent.keyboard("{Enter}");
    expect(lastAsk(opened)).toEqual({ type: "register", password: secret });
    await answer(opened, { ok: true, name: "anna", token: "t1" });
    await answer(opened, { ok: true, sessions: [here] });
    await expect.element(dialog.getByText(/whoever gives this name is asked for the password/)).toBeVisible();
    await expect.element(password("Choose a password")).not.toBeInTheDocument();
    expect(kept(opened)).not.toContain(secret);
    expect(kept(opened)).toContain("t1");
    await button("Close").click();
    await expect.element(page.getByRole("list", { name: "People" }).getByText(/registered name/)).toBeInTheDocument();
  });

  test("sends the password over an open network only when the person chooses so, without typing it again", async () => {
    const opened = await openAccount(guest);
    await button("Protect this name with a password").click();
    await password("Choose a password").fill(secret);
    await button("Protect this name").click();
    await answer(opened, { ok: false, code: "clear-password", message: "no" });
    await expectFocus(button("Don’t send it"));
    await button("Send it anyway").click();
    expect(lastAsk(opened)).toEqual({ type: "register", password: secret, clearIsMeant: true });
  });

  test("forgets the password when they choose otherwise", async () => {
    const opened = await openAccount(guest);
    await button("Protect this name with a password").click();
    await password("Choose a password").fill(secret);
    await button("Protect this name").click();
    await answer(opened, { ok: false, code: "clear-password", message: "no" });
    await button("Don’t send it").click();
    await button("Protect this name with a password").click();
    await expect.element(password("Choose a password")).toHaveValue("");
  });

  test("leads to the join form for another name", async () => {
    const { client } = await openAccount(guest);
    await button("Leave and log in under another name").click();
    expect(client.quits).toHaveLength(1);
    await expect.element(dialog).not.toBeInTheDocument();
  });
});

describe("the account of somebody who has one", () => {
  test("shows where they are signed in, this browser first, and signs out there", async () => {
    const opened = await openAccount({ ok: true, sessions: [there, here] });
    const items = dialog.getByRole("listitem");
    await expect.element(items.nth(1)).toBeVisible();
    const [first, second] = items.elements().map(({ textContent }) => textContent?.replace(/\s+/g, " ").trim());
    expect(first).toMatch(/^Firefox on Linux here since .* Sign out here$/);
    expect(second).toMatch(/^Chrome on Android since .* Sign out there$/);
    await button("Sign out there: Chrome on Android").click();
    expect(lastAsk(opened)).toEqual({ type: "sign-out", id: "s2" });
    await answer(opened, { ok: true });
    await answer(opened, { ok: true, sessions: [here] });
    await expect.element(dialog.getByText("Signed out: Chrome on Android")).toBeVisible();
    expect(items.elements()).toHaveLength(1);
    await expectFocus(button("Change password"));
  });

  test("signs out here, which asks for the password in the join form", async () => {
    const opened = await openAccount({ ok: true, sessions: [here] });
    await button("Sign out here").click();
    expect(lastAsk(opened)).toEqual({ type: "sign-out" });
    await answer(opened, { ok: true });
    opened.client.bridge.connection({ phase: "idle", refusal: { code: "token-invalid", message: "signed out" } });
    await expect.element(dialog).not.toBeInTheDocument();
    await expectFocus(password("Password of anna"));
  });

  test("changes the password, and says which of the two is wrong", async () => {
    const opened = await openAccount({ ok: true, sessions: [here] });
    await button("Change password").click();
    const [old, fresh] = [password("Present password"), password("New password")];
    await expectFocus(old);
    await old.fill("not this one");
    await fresh.fill(secret);
    await userEvent.keyboard("{Enter}");
    expect(lastAsk(opened)).toEqual({ type: "change-password", old: "not this one", new: secret });
    await answer(opened, { ok: false, code: "wrong-password", message: "no" });
    await expect.element(old).toHaveAccessibleDescription("That is not your password");
    await expect.element(old).toHaveValue("");
    await expect.element(fresh).toHaveValue(secret);
    await expectFocus(old);
    await old.fill("the old one");
    await userEvent.keyboard("{Enter}");
    await answer(opened, { ok: true });
    await answer(opened, { ok: true, sessions: [here] });
    await expect.element(dialog.getByText(/^Your password was changed/)).toBeVisible();
    expect(kept(opened)).not.toMatch(/correct horse|the old one/);
  });

  test("says how long to wait after too many attempts", async () => {
    const opened = await openAccount({ ok: true, sessions: [here] });
    await button("Change password").click();
    await password("Present password").fill("wrong");
    await password("New password").fill(secret);
    await userEvent.keyboard("{Enter}");
    await answer(opened, { ok: false, code: "too-many-attempts", message: "no", retryInMs: 30_000 });
    await expect.element(page.getByText(/^You can try again in \d+ s\.$/)).toBeVisible();
    await expect.element(button("Change it")).toBeDisabled();
  });

  test("is ended after a question, with the password", async () => {
    const opened = await openAccount({ ok: true, sessions: [here] });
    await button("End the account…").click();
    await expect.element(dialog.getByText(/^End the account of anna\? Anybody can then take the name/)).toBeVisible();
    await button("Cancel").click();
    expect(opened.client.asks).toHaveLength(1);
    await button("End the account…").click();
    await password("Password of anna").fill(secret);
    await button("End it for good").click();
    expect(lastAsk(opened)).toEqual({ type: "unregister", password: secret });
    await answer(opened, { ok: true });
    await answer(opened, guest);
    await expect.element(dialog.getByText("The account is ended.")).toBeVisible();
    await expectFocus(button("Protect this name with a password"));
  });
});

test("without a connection the account says so, and is there when the connection is", async () => {
  const opened = await openAccount({ ok: false, code: "offline", message: "no" });
  await expect.element(dialog.getByText(/^Not connected/)).toBeVisible();
  opened.client.bridge.lost();
  opened.client.bridge.snapshot({
    epoch: "epoch-1",
    server: "s:1",
    connection: { ...online },
    name: "anna",
    events: [],
  });
  await expect.poll(() => opened.client.asks.length).toBe(2);
  expect(lastAsk(opened)).toEqual({ type: "sessions" });
  await answer(opened, guest);
  await expect.element(button("Protect this name with a password")).toBeVisible();
});

describe("a command with a password in it", () => {
  test.each([
    ["/register hunter2-hunter2", guest, "Choose a password"],
    ["/password hunter2-hunter2", { ok: true, sessions: [here] } as const, "Present password"],
  ])("opens its form: %s", async (typed, answered, asked) => {
    const opened = await openRoom();
    await field.fill(typed);
    expect(kept(opened)).not.toContain("hunter2");
    await userEvent.keyboard("{Enter}");
    await expect.element(dialog).toBeVisible();
    await answer(opened, answered);
    await expectFocus(password(asked));
    await expect.element(password(asked)).toHaveValue("");
    await expect.element(field).toHaveValue("");
    expect(opened.client.posts).toEqual([]);
    expect(kept(opened)).not.toContain("hunter2");
  });

  test("shows the account: /login", async () => {
    const opened = await openRoom();
    await field.fill("/login hunter2-hunter2");
    await userEvent.keyboard("{Enter}");
    await expect.element(dialog).toBeVisible();
    await answer(opened, { ok: true, sessions: [here] });
    await expect.element(dialog.getByText("anna is yours. Nobody else gets in under it.")).toBeVisible();
    expect(opened.client.posts).toEqual([]);
  });

  test.each([
    "/lgoin hunter2-hunter2",
    "login hunter2-hunter2",
    " /login hunter2-hunter2",
    "//login hunter2-hunter2",
    "/loginhunter2-hunter2",
    "hello\n/login hunter2-hunter2",
    "/msg bruno /login hunter2-hunter2",
    "／login hunter2-hunter2",
  ])("is neither sent nor kept, however it was typed: %j", async (typed) => {
    const opened = await openRoom();
    await field.fill(typed);
    expect(kept(opened)).not.toContain("hunter2");
    await userEvent.keyboard("{Enter}");
    await expect.element(field).toHaveValue("");
    expect(opened.client.posts).toEqual([]);
    expect(JSON.stringify(opened.client.asks.map(({ request }) => request))).not.toContain("hunter2");
    expect(kept(opened)).not.toContain("hunter2");
  });

  test("says why it was not sent", async () => {
    await openRoom();
    await field.fill("/lgoin hunter2-hunter2");
    await userEvent.keyboard("{Enter}");
    await expect.element(field).toHaveAccessibleDescription(/^Not sent, and not kept: it looks like a password\./);
  });

  test("is not kept by editing a message meanwhile", async () => {
    const opened = await openRoom();
    await field.fill("mine");
    await userEvent.keyboard("{Enter}");
    const id = opened.client.posts[0]?.request.id ?? "";
    opened.tell(message(1, { from: "anna", id, text: "mine" }));
    await field.fill("/login hunter2-hunter2");
    for (const article of page.getByRole("article").elements()) (article as HTMLElement).focus();
    await button("Edit").click();
    await expect.element(field).toHaveValue("mine");
    expect(kept(opened)).not.toContain("hunter2");
  });

  test("is not sent to an old server either", async () => {
    const opened = await openRoom([], { connection: onlineLegacy });
    await field.fill("/login hunter2-hunter2");
    await userEvent.keyboard("{Enter}");
    await expect.element(field).toHaveAccessibleDescription(/^This server has no accounts\./);
    await expect.element(field).toHaveValue("");
    expect(opened.client.posts).toEqual([]);
  });
});
