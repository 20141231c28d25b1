import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { EventOf } from "../../protocol/events.ts";
import { at, echo, edit, joinedRoom, message, online, onlineLegacy, react, remove, waiting } from "../ui/story.ts";
import {
  button,
  emulateTheme,
  field,
  log,
  nameField,
  openJoinForm,
  openPage,
  openRoom,
  phone,
  wide,
} from "./open-page.ts";
import { violations } from "./violations.ts";

const inRooms = [
  joinedRoom("dev", 0, "anna", "bruno"),
  message(1, { room: "dev", text: "hello" }),
  message(2, { room: "dev", text: "hello anna" }),
  message(7, { room: "@bruno", text: "psst" }),
];

async function openDrawer(name: RegExp): Promise<void> {
  await button(name).click();
  await expect.element(page.getByRole("dialog")).toBeVisible();
}

async function openOverlay(name: string): Promise<void> {
  await button("Menu").click();
  await page.getByRole("menuitem", { name }).click();
  await expect.element(page.getByRole("dialog", { name })).toBeVisible();
}

function gone(name: string, index: number): EventOf<"member-left"> {
  return { type: "member-left", room: "lobby", name, count: 2 - index, reason: "left", time: at(1) };
}

/** Every state of the page; each function returns when what it is about is visible. */
const states: Record<string, (size: readonly [number, number]) => Promise<void>> = {
  "the join form": async (size) => {
    await openJoinForm({ size });
    await expect.element(nameField).toBeVisible();
  },
  "a refused name": async (size) => {
    const { client } = await openJoinForm({ size });
    client.bridge.connection({ phase: "idle", refusal: { code: "name-taken", message: "taken" } });
    await expect.element(page.getByText(/Somebody already has that name/)).toBeVisible();
  },
  "waiting in the join form": async (size) => {
    const { client } = await openJoinForm({ size });
    client.bridge.connection(waiting);
    await expect.element(button("Cancel")).toBeVisible();
  },
  goodbye: async (size) => {
    const { store } = await openRoom([], { size });
    store.quit();
    await expect.element(page.getByText(/You left the chat/)).toBeVisible();
  },
  "an empty room": async (size) => {
    await openRoom([], { size });
    await expect.element(page.getByText("No messages yet")).toBeVisible();
  },
  "a conversation": async (size) => {
    const authors = ["bruno", "carla", "dario", "elsa", "fabio", "gina"].map((from, index) =>
      message(index + 1, { from, text: `https://example.org/${from}` }),
    );
    const { store, client, tell } = await openRoom(
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
    client.bridge.connection(waiting);
    client.bridge.connection(online);
    tell({ type: "joined", room: "lobby", members: [{ name: "anna" }, { name: "bruno" }], seq: 10 }, message(99));
    for (const text of ["on its way", "failed", "unconfirmed"])
      store.sending.post({ room: "lobby", text, action: false });
    await client.posts[1]?.answer({ ok: false, code: "not-stored", message: "disk full" });
    tell(echo(client.posts[2]?.request, 100, { unconfirmed: true }));
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
    const { client } = await openRoom([message(1)], { size });
    client.bridge.connection(waiting);
    await field.fill("/foo");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByText(/There is no command/)).toBeVisible();
  },
  "a lost bridge": async (size) => {
    const { client } = await openRoom([message(1)], { size });
    client.bridge.lost();
    await expect.element(page.getByText(/The bridge is not responding/)).toBeVisible();
  },
  "an old server": async (size) => {
    await openRoom([message(1)], { size, connection: onlineLegacy });
    const lack = page.getByText("There are no private messages.");
    await expect.element(lack).not.toBeVisible();
    await page.getByText("Old server: what it cannot do").click();
    await expect.element(lack).toBeVisible();
  },
  "several rooms, one of them with news": async (size) => {
    await openRoom(inRooms, { size });
    if (size === phone) await openDrawer(/Show rooms/);
    await expect.element(button(/dev.*1 mention 2 unread messages/)).toBeVisible();
  },
  "a room to join": async (size) => {
    const { client } = await openRoom(inRooms, { size });
    if (size === phone) await openDrawer(/Show rooms/);
    await button("Join or create a room").click();
    await page.getByRole("textbox", { name: "Room" }).fill("no room");
    await button("Join room").click();
    const rooms = [{ room: "dev", topic: "Releases", count: 2 }];
    await client.asks[0]?.answer({ ok: true, rooms });
    await expect.element(button(/Releases/)).toBeVisible();
  },
  "messages that were answered, changed, deleted and reacted to": async (size) => {
    const { client } = await openRoom(
      [
        message(1),
        message(2, { from: "anna", id: "id-2", text: "mine", reply: "msg-1" }),
        message(3, { from: "carla", reply: "gone" }),
        message(4),
        edit(5, 1, "better"),
        edit(6, 2, "mine, better"),
        remove(7, 4),
        react(8, 1, "👍", "anna", "bruno"),
        react(9, 1, "🎉", "carla"),
      ],
      { size },
    );
    client.bridge.typing({ type: "typing", room: "lobby", from: "bruno" });
    await expect.element(page.getByText("bruno is typing…")).toBeVisible();
    await expect.element(log.getByText("Message deleted")).toBeVisible();
  },
  "the toolbar of a message": async (size) => {
    await openRoom([message(1), message(2, { from: "anna", id: "id-2", text: "mine" })], { size });
    await expect.element(log.getByText("mine")).toBeVisible();
    for (const article of page.getByRole("article").elements()) (article as HTMLElement).focus();
    await expect.element(button("Edit")).toBeVisible();
  },
  "reactions to choose from": async (size) => {
    await states["the toolbar of a message"]?.(size);
    await button("React").click();
    await expect.element(button("🎉")).toBeVisible();
  },
  "a message to delete": async (size) => {
    await states["the toolbar of a message"]?.(size);
    await button("Delete").click();
    await expect.element(page.getByText("Delete for everyone?")).toBeVisible();
  },
  "an answer that is written": async (size) => {
    await states["the toolbar of a message"]?.(size);
    await button("Reply").click();
    await expect.element(page.getByText("Replying to anna")).toBeVisible();
  },
  "a message that waits for the connection": async (size) => {
    const { client } = await openRoom([message(1)], { size });
    client.bridge.connection(waiting);
    await field.fill("later");
    await userEvent.keyboard("{Enter}");
    await expect.element(log.getByText("Waiting to be sent")).toBeVisible();
  },
  "a search with results": async (size) => {
    const { client } = await openRoom([message(1)], { size });
    const shown = size === phone ? openDrawer(/^Search$/) : button("Search").click();
    await shown;
    await page.getByRole("searchbox").fill("text");
    await userEvent.keyboard("{Enter}");
    const found = [message(1), message(2, { from: "carla", room: "dev" })];
    await client.asks[0]?.answer({ ok: true, found, more: true });
    await expect.element(button("Show more")).toBeVisible();
  },
  "a search that cannot be": async (size) => {
    await openRoom([message(1)], { size });
    await (size === phone ? openDrawer(/^Search$/) : button("Search").click());
    await page.getByRole("searchbox").fill("after:tomorrow");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByText(/^Cannot search for this/)).toBeVisible();
  },
  "a look at the connection": async (size) => {
    const { client } = await openRoom([message(1)], { size });
    await button("Online").click();
    await expect.element(page.getByRole("dialog", { name: "Connection" })).toBeVisible();
    const lines = [{ way: "in" as const, at: message(1).time, text: '{"type":"welcome"}' }];
    await client.inspections[0]?.answer({ serverMs: 3, lines });
    await expect.element(page.getByText('{"type":"welcome"}')).toBeVisible();
  },
  "the settings": async (size) => {
    const { store } = await openRoom(inRooms, { size });
    store.settings.choose({ quiet: true });
    await openOverlay("Settings");
  },
  "the keyboard shortcuts": async (size) => {
    await openRoom(inRooms, { size });
    await openOverlay("Keyboard shortcuts");
  },
  "the switcher": async (size) => {
    await openRoom(inRooms, { size });
    await openOverlay("Go to…");
    await expect.element(page.getByRole("option").nth(2)).toBeVisible();
  },
  "the menu": async (size) => {
    await openRoom(inRooms, { size });
    await button("Menu").click();
    await expect.element(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
  },
  "a room in which one is alone, in high contrast": async (size) => {
    const { store } = await openRoom(
      [message(1), message(2, { from: "anna", id: "id-2" }), ...["bruno", "Chiara De Luca"].map(gone)],
      { size },
    );
    store.settings.choose({ theme: "contrast" });
    await expect.element(log.getByText("text 2")).toBeVisible();
    if (size === wide) await expect.element(page.getByText("Nobody else is here")).toBeVisible();
  },
  "a window that was reloaded": async (size) => {
    const { window, close } = await openRoom([], { size });
    await expect.element(field).toBeVisible();
    close();
    await openPage({ window, size });
    await expect.element(page.getByText("Loading…").first()).toBeInTheDocument();
  },
  "marks, code and names in messages": async (size) => {
    const text = "**so** *it* ~~is~~ `code` [here](https://example.org/) @bruno @anna\n> quoted\n- one\n- two";
    const code = "```\nlet a = 1;\n```";
    const own = { from: "anna", id: "id" };
    await openRoom(
      [message(1, { text }), message(2, { text: code }), message(3, { ...own, text: `${text}\n${code}` })],
      {
        size,
      },
    );
    await expect.element(button("Copy code").last()).toBeVisible();
  },
  "people to complete a name from": async (size) => {
    await openRoom([joinedRoom("dev", 0, "dario")], { size });
    await field.click();
    await userEvent.keyboard("@");
    await expect.element(page.getByRole("listbox", { name: "Suggestions" })).toBeVisible();
  },
  "commands to choose from": async (size) => {
    await openRoom([], { size });
    await field.click();
    await userEvent.keyboard("/");
    await expect.element(page.getByRole("option", { name: /^\/nick/ })).toBeVisible();
  },
  "emoji to choose from": async (size) => {
    await openRoom([], { size });
    await button("Choose an emoji").click();
    await expect.element(button("grinning face")).toBeVisible();
    await button("grinning face").hover();
  },
  "what more can be done with a message": async (size) => {
    await states["the toolbar of a message"]?.(size);
    await button("More actions").click();
    await expect.element(button("Copy link")).toBeVisible();
  },
  "a private conversation with something new": async (size) => {
    const { store } = await openRoom(inRooms, { size });
    store.openRoom("@bruno");
    await expect.element(log.getByText("New messages")).toBeVisible();
  },
};

/** The same page by day and by night: nothing but the colours is another then. */
async function expectNoViolations(open: () => Promise<void>): Promise<void> {
  await emulateTheme("light");
  await open();
  expect(await violations(), "by day").toEqual([]);
  await emulateTheme("dark");
  expect(await violations(), "by night").toEqual([]);
}

describe("axe finds nothing, in the light theme and in the dark one,", () => {
  test.each(Object.entries(states))("in %s", async (_state, open) => {
    await expectNoViolations(() => open(wide));
  });

  test.each([
    "the join form",
    "a conversation",
    "a lost server and a wrong command",
    "several rooms, one of them with news",
    "a room to join",
    "a private conversation with something new",
    "messages that were answered, changed, deleted and reacted to",
    "reactions to choose from",
    "a message to delete",
    "an answer that is written",
    "a search with results",
    "a look at the connection",
    "the settings",
    "the switcher",
    "the menu",
    "a room in which one is alone, in high contrast",
    "marks, code and names in messages",
    "commands to choose from",
    "emoji to choose from",
    "what more can be done with a message",
  ])("on a phone in %s", async (state) => {
    await expectNoViolations(async () => states[state]?.(phone));
  });

  test("on a phone in the list of people", async () => {
    await expectNoViolations(async () => {
      await openRoom([], { size: phone });
      await openDrawer(/Show people/);
      await expect.element(page.getByRole("list", { name: "People" })).toBeVisible();
    });
  });
});

test("the theme is the system's", async () => {
  await emulateTheme("dark");
  await openJoinForm();
  const dark = getComputedStyle(document.body).backgroundColor;
  await emulateTheme("light");
  expect(getComputedStyle(document.body).backgroundColor).not.toBe(dark);
});
