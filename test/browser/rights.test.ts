import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { KeptEvent } from "../../protocol/bridge-events.ts";
import { at, joined, message } from "../ui/story.ts";
import { button, emulateTheme, log, openRoom, phone, wide } from "./open-page.ts";
import { violations } from "./violations.ts";

const may = [
  "post",
  "topic",
  "delete",
  "kick",
  "ban",
  "bans",
  "mute",
  "unmute",
  "invite",
  "reports",
  "role",
  "room-settings",
];
const asOwner: KeptEvent[] = [
  { ...joined(0, "anna", "bruno"), role: "owner", may },
  message(1, { text: "buy my watches" }),
];
const invitation: KeptEvent = { type: "invited", room: "tea", from: "bruno", time: at(1) };

describe.each([
  ["a desktop", wide],
  ["a phone", phone],
])("on %s", (_where, size) => {
  test.each(["light", "dark"] as const)(
    "what is offered to an owner breaks no rule of accessibility (%s)",
    async (theme) => {
      await emulateTheme(theme);
      const { client } = await openRoom([...asOwner, invitation], { size });
      await expect.element(page.getByText("bruno invites you to tea")).toBeVisible();
      expect(await violations()).toEqual([]);
      if (size === phone) await button(/^Show people/).click();
      await button("Actions for bruno").click();
      // The dialog is loaded when it is wanted.
      await expect.poll(() => client.asks.at(-1)?.request.type).toBe("blocked");
      await client.asks.at(-1)?.answer({ ok: true, names: [] });
      await expect.element(page.getByRole("button", { name: /^Block/ })).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.getByRole("button", { name: /^Ban…/ }).click();
      await expect.element(page.getByText("Whom to keep out")).toBeVisible();
      expect(await violations()).toEqual([]);
      expect(document.documentElement.scrollWidth).toBe(size[0]);
    },
  );
});

test("a muted person keeps what they typed, and sees why it is not sent", async () => {
  const { client } = await openRoom([{ type: "may", room: "lobby", may: [] }]);
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill("hello?");
  await button("Send").click();
  await expect.element(page.getByText("You are muted here. You can still read.")).toBeVisible();
  await expect.element(field).toHaveValue("hello?");
  expect(client.posts).toEqual([]);
});

test("nobody is offered what they may not do", async () => {
  await openRoom([{ type: "may", room: "lobby", may: ["post"] }, message(1, { text: "buy my watches" })]);
  await log.getByText("buy my watches").hover();
  await button("More actions").click();
  await expect.element(button("Report")).toBeVisible();
  expect(page.getByRole("button", { name: "Delete" }).elements()).toEqual([]);
  await button("Menu").click();
  await expect.element(page.getByRole("menuitem", { name: "Moderation log" })).toBeVisible();
  expect(page.getByRole("menuitem", { name: "Room settings" }).elements()).toEqual([]);
});
