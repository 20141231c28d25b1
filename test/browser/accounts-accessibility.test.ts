/** axe in every state of the forms for accounts. */
import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { CommandAnswer, Refusal } from "../../protocol/bridge-events.ts";
import { at } from "../ui/story.ts";
import { button, emulateTheme, nameField, openJoinForm, openRoom, phone, wide } from "./open-page.ts";
import { violations } from "./violations.ts";

async function refusedAs(code: Refusal["code"], size: readonly [number, number]) {
  const opened = await openJoinForm({ size });
  await nameField.fill("anna");
  await button("Join").click();
  await opened.client.joins[0]?.answer({ ok: false, code, message: "no" });
  return opened;
}

async function openAccount(answer: CommandAnswer<"sessions">, size: readonly [number, number]): Promise<void> {
  const { client } = await openRoom([], { size });
  await button("Menu").click();
  await page.getByRole("menuitem", { name: "Account" }).click();
  await expect.element(page.getByRole("dialog", { name: "Account" })).toBeVisible();
  await client.asks[0]?.answer(answer);
}

/** Each function returns when what it is about is visible. */
const states: Record<string, (size: readonly [number, number]) => Promise<void>> = {
  "a name that needs its password": async (size) => {
    await refusedAs("name-registered", size);
    await expect.element(page.getByLabelText("Password of anna", { exact: true })).toBeVisible();
  },
  "a wrong password, too often": async (size) => {
    const { client } = await refusedAs("name-registered", size);
    const refusal = { code: "too-many-attempts" as const, message: "no", retryInMs: 60_000 };
    client.bridge.connection({ phase: "idle", refusal });
    await expect.element(page.getByText(/^You can try again in/)).toBeVisible();
  },
  "a chat for registered people": async (size) => {
    await refusedAs("account-required", size);
    await expect.element(button("Create account and join")).toBeVisible();
  },
  "a chat for invited people": async (size) => {
    await refusedAs("invitation-invalid", size);
    await expect.element(page.getByRole("textbox", { name: "Invitation code" })).toBeVisible();
  },
  "a password that others could read": async (size) => {
    const { client } = await refusedAs("password-required", size);
    await page.getByLabelText("Password of this chat", { exact: true }).fill("sesame");
    await button("Join").click();
    await client.joins[1]?.answer({ ok: false, code: "clear-password", message: "no" });
    await expect.element(button("Send it anyway")).toBeVisible();
  },
  "the account of a guest": async (size) => {
    await openAccount({ ok: false, code: "not-registered", message: "no" }, size);
    await expect.element(button("Protect this name with a password")).toBeVisible();
  },
  "an account with logins": async (size) => {
    const login = { id: "s1", device: "Firefox on Linux", made: at(0), seen: at(1) };
    await openAccount({ ok: true, sessions: [login, { ...login, id: "s2", current: true }] }, size);
    await expect.element(button("Sign out here")).toBeVisible();
  },
  "a new password that cannot be one": async (size) => {
    await states["an account with logins"]?.(size);
    await button("Change password").click();
    await page.getByLabelText("Present password", { exact: true }).fill("old one");
    await button("Change it").click();
    await expect.element(page.getByText(/A password needs at least/)).toBeVisible();
  },
  "an account to end": async (size) => {
    await states["an account with logins"]?.(size);
    await button("End the account…").click();
    await expect.element(button("End it for good")).toBeVisible();
  },
  "people whose name is registered": async (size) => {
    const members = [
      { name: "anna", registered: true },
      { name: "bruno", registered: true },
    ];
    await openRoom([{ type: "joined", room: "lobby", topic: "", members, seq: 0 }], { size });
    if (size === phone) await button(/Show people/).click();
    await expect.element(button(/bruno.*registered name/)).toBeVisible();
  },
};

describe("axe finds nothing, in the light theme and in the dark one,", () => {
  const cases = Object.entries(states).flatMap(([state, open]) => [
    ["", state, () => open(wide)] as const,
    ["on a phone ", state, () => open(phone)] as const,
  ]);
  test.each(cases)("%sin %s", async (_where, _state, open) => {
    await emulateTheme("light");
    await open();
    expect(await violations(), "by day").toEqual([]);
    await emulateTheme("dark");
    expect(await violations(), "by night").toEqual([]);
  });
});
