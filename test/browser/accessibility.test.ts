import axe from "axe-core";
import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { at, joinedRoom, message, online, onlineLegacy, waiting } from "../ui/story.ts";
import { button, emulateTheme, field, log, nameField, openDoor, openRoom, phone, wide } from "./open-page.ts";

const inRooms = [
  joinedRoom("dev", 0, "anna", "bruno"),
  message(1, { room: "dev", text: "hello" }),
  message(2, { room: "dev", text: "hello anna" }),
  message(7, { room: "@bruno", text: "psst" }),
];

async function openDrawer(name: RegExp): Promise<void> {
  const shown = new Promise((resolve) => document.addEventListener("wa-after-show", resolve, { once: true }));
  await button(name).click();
  await shown;
}

/** Every state that the page can be in; each ends when what it is about is visible. */
const states: Record<string, (size: readonly [number, number]) => Promise<void>> = {
  "the door": async (size) => {
    await openDoor({ size });
    await expect.element(nameField).toBeVisible();
  },
  "a refused name": async (size) => {
    const { link } = await openDoor({ size });
    link.bridge.link({ phase: "idle", refusal: { code: "name-taken", message: "taken" } });
    await expect.element(page.getByText(/Somebody here has that name/)).toBeVisible();
  },
  "waiting at the door": async (size) => {
    const { link } = await openDoor({ size });
    link.bridge.link(waiting);
    await expect.element(button("Cancel")).toBeVisible();
  },
  goodbye: async (size) => {
    const { store } = await openRoom([], { size });
    store.quit();
    await expect.element(page.getByText(/You left the chat/)).toBeVisible();
  },
  "an empty room": async (size) => {
    await openRoom([], { size });
    await expect.element(page.getByText("Nobody has said anything yet")).toBeVisible();
  },
  "a conversation": async (size) => {
    const authors = ["bruno", "carla", "dario", "elsa", "fabio", "gina"].map((from, index) =>
      message(index + 1, { from, text: `https://example.org/${from}` }),
    );
    const { store, link, tell } = await openRoom(
      [
        ...authors,
        message(7),
        message(8, { from: "anna", id: "id-8", text: "mine" }),
        message(9, { text: "waves", action: true }),
        message(10, { text: "🎉" }),
        { type: "member-left", room: "lobby", name: "ugo", count: 3, reason: "lost", time: at(0) },
      ],
      { size },
    );
    link.bridge.link(waiting);
    link.bridge.link(online);
    tell({ type: "joined", room: "lobby", members: [{ name: "anna" }, { name: "bruno" }], seq: 10 }, message(99));
    for (const text of ["on its way", "failed", "unconfirmed"]) store.post({ room: "lobby", text, action: false });
    await link.posts[1]?.answer({ ok: false, code: "not-stored", message: "disk full" });
    await link.posts[2]?.answer({ ok: true, msgid: "m", seq: 100, time: at(1), unconfirmed: true });
    await expect.element(button("Retry")).toBeVisible();
  },
  "a reader further up": async (size) => {
    await openRoom(
      Array.from({ length: 60 }, (_, index) => message(index + 1)),
      { size },
    );
    await expect.element(log.getByText("text 60")).toBeVisible();
    await expect.poll(() => log.element().scrollTop).toBeGreaterThan(0);
    log.element().scrollTop = 0;
    await expect.element(button("Latest messages")).toBeVisible();
  },
  "a lost server and a wrong command": async (size) => {
    const { link } = await openRoom([message(1)], { size });
    link.bridge.link(waiting);
    await field.fill("/foo");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByText(/There is no command/)).toBeVisible();
  },
  "a lost bridge": async (size) => {
    const { link } = await openRoom([message(1)], { size });
    link.bridge.lost();
    await expect.element(page.getByText(/The bridge is not there/)).toBeVisible();
  },
  "an old server": async (size) => {
    await openRoom([message(1)], { size, link: onlineLegacy });
    await expect.element(page.getByText("There are no private messages.")).toBeVisible();
  },
  "several rooms, one of them with news": async (size) => {
    await openRoom(inRooms, { size });
    if (size === phone) await openDrawer(/Show rooms/);
    await expect.element(button(/dev.*1 mention 2 unread messages/)).toBeVisible();
  },
  "a room to join": async (size) => {
    const { link } = await openRoom(inRooms, { size });
    if (size === phone) await openDrawer(/Show rooms/);
    await button("Join or create a room").click();
    await page.getByRole("textbox", { name: "Room" }).fill("no room");
    await button("Join room").click();
    const rooms = [{ room: "dev", topic: "Releases", count: 2 }];
    await link.asks[0]?.answer({ ok: true, rooms });
    await expect.element(button(/Releases/)).toBeVisible();
  },
  "a private conversation with something new": async (size) => {
    const { store } = await openRoom(inRooms, { size });
    store.openRoom("@bruno");
    await expect.element(log.getByText("New messages")).toBeVisible();
  },
  "a replaced window": async (size) => {
    const { link } = await openRoom([], { size });
    link.bridge.replaced();
    await expect.element(button("Use it here")).toBeVisible();
  },
};

describe.each(["light", "dark"] as const)("axe finds nothing, in the %s theme,", (theme) => {
  test.each(Object.keys(states))("in %s", async (state) => {
    await emulateTheme(theme);
    await states[state]?.(wide);
    expect(await violations()).toEqual([]);
  });

  test.each([
    "the door",
    "a conversation",
    "a lost server and a wrong command",
    "several rooms, one of them with news",
    "a room to join",
    "a private conversation with something new",
  ])("on a phone in %s", async (state) => {
    await emulateTheme(theme);
    await states[state]?.(phone);
    expect(await violations()).toEqual([]);
  });

  test("on a phone in the list of people", async () => {
    await emulateTheme(theme);
    await openRoom([], { size: phone });
    await openDrawer(/Show people/);
    await expect.element(page.getByRole("list", { name: "People" })).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});

test("the theme is the system's", async () => {
  await emulateTheme("dark");
  await openDoor();
  const dark = getComputedStyle(document.body).backgroundColor;
  await emulateTheme("light");
  expect(getComputedStyle(document.body).backgroundColor).not.toBe(dark);
});

/** What axe finds, one readable line each. */
async function violations(): Promise<string[]> {
  const result = await axe.run(document, { resultTypes: ["violations"] });
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} at ${JSON.stringify(node.target)}: ${node.failureSummary}`),
  );
}
