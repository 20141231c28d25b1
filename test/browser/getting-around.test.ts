import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { joinedRoom, message, onlineLegacy } from "../ui/story.ts";
import { button, expectFocus, field, log, openJoinForm, openRoom, phone } from "./open-page.ts";

const switcher = page.getByRole("combobox", { name: "Room or person" });
const options = page.getByRole("listbox", { name: "Rooms and people" }).getByRole("option");
const title = (name: string) => page.getByRole("heading", { name, level: 1, exact: true });
const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
const menu = page.getByRole("menu", { name: "Menu" });
const item = (name: string) => page.getByRole("menuitem", { name });
const rooms = [joinedRoom("dev", 0, "anna", "bruno"), joinedRoom("tea", 0, "anna")];

async function openSwitcher(): Promise<void> {
  await expectFocus(field);
  await userEvent.keyboard("{Control>}k{/Control}");
  await expectFocus(switcher);
}

/** What Enter would choose, as a screen reader announces it. */
function selected(): string | undefined {
  const id = switcher.element().getAttribute("aria-activedescendant");
  const root = switcher.element().getRootNode() as ShadowRoot;
  const option = root.getElementById(id ?? "");
  expect(option?.getAttribute("aria-selected")).toBe("true");
  return option?.textContent?.replace(/\s+/g, " ").trim();
}

describe("the switcher", () => {
  test("offers what is unread first, and goes there", async () => {
    await openRoom([...rooms, message(1, { room: "tea" })]);
    await openSwitcher();
    expect(selected()).toBe("tea 1 unread message");
    await userEvent.keyboard("{Enter}");
    await expect.element(title("tea")).toBeVisible();
    await expect.element(switcher).not.toBeInTheDocument();
    await expectFocus(field);
  });

  test("is moved through with the arrow keys, round and round, and narrowed by typing", async () => {
    await openRoom(rooms);
    await openSwitcher();
    expect(selected()).toBe("dev");
    await userEvent.keyboard("{ArrowDown}");
    await expect.poll(selected).toBe("tea");
    await userEvent.keyboard("{ArrowUp}{ArrowUp}");
    await expect.poll(selected).toBe("lobby");
    await userEvent.keyboard("luca");
    await expect.poll(selected).toBe("Chiara De Luca Private conversation");
    expect(options.elements()).toHaveLength(2);
  });

  test("gives the focus back when it is left, or leads to where one is", async () => {
    await openRoom(rooms);
    await openSwitcher();
    await userEvent.keyboard("{Escape}");
    await expect.element(switcher).not.toBeInTheDocument();
    await openSwitcher();
    await userEvent.keyboard("lobby{Enter}");
    await expect.element(switcher).not.toBeInTheDocument();
    await expectFocus(field);
  });

  test("begins a private conversation", async () => {
    const { client } = await openRoom();
    await openSwitcher();
    await userEvent.keyboard("bru{Enter}");
    expect(client.asks.at(-1)?.request).toEqual({ type: "join", room: "@bruno" });
    await client.asks.at(-1)?.answer({ ok: true, room: "@bruno" });
    await expect.element(title("bruno")).toBeVisible();
    await expectFocus(field);
  });

  test("joins a room of others, and creates one that is not there; says when that fails", async () => {
    const { client } = await openRoom();
    await openSwitcher();
    await client.asks[0]?.answer({ ok: true, rooms: [{ room: "garden", topic: "", count: 2 }] });
    await switcher.fill("gar");
    await expect.element(options.nth(0).getByText("Join this room")).toBeVisible();
    await switcher.fill("Cinema");
    await options.getByText("Join or create cinema").click();
    expect(client.asks.at(-1)?.request).toEqual({ type: "join", room: "cinema" });
    await client.asks.at(-1)?.answer({ ok: false, code: "too-many-rooms", message: "" });
    await expect.element(page.getByText("too many rooms; leave one first")).toBeVisible();
    await userEvent.keyboard("{Enter}");
    await client.asks.at(-1)?.answer({ ok: true, room: "cinema" });
    await expect.element(title("cinema")).toBeVisible();
  });

  test("says when nothing is called that", async () => {
    await openRoom();
    await openSwitcher();
    await userEvent.keyboard("not here, surely");
    await expect.element(page.getByText("No room or person found")).toBeVisible();
    await expect.element(switcher).toHaveAttribute("aria-expanded", "false");
  });

  test("is not there where there is one room, or before joining", async () => {
    const { close } = await openRoom([], { connection: onlineLegacy });
    await expectFocus(field);
    await userEvent.keyboard("{Control>}k{/Control}");
    await button("Menu").click();
    await expect.element(item("Settings")).toBeVisible();
    await expect.element(item("Go to…")).not.toBeInTheDocument();
    close();
    await openJoinForm();
    await userEvent.keyboard("{Control>}k{/Control}{Control>},{/Control}");
    await expect.element(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
    await expect.element(switcher).not.toBeInTheDocument();
  });
});

describe("the keyboard", () => {
  test("goes from room to room, and to those with something unread", async () => {
    await openRoom([...rooms, message(1, { room: "tea" })]);
    await expectFocus(field);
    await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
    await expect.element(title("dev")).toBeVisible();
    await expectFocus(field);
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await expect.element(title("lobby")).toBeVisible();
    await expectFocus(field);
    await userEvent.keyboard("{Alt>}{Shift>}{ArrowUp}{/Shift}{/Alt}");
    await expect.element(title("tea")).toBeVisible();
  });

  test("shows all keys when one asks with ? and does not write", async () => {
    await openRoom();
    await expectFocus(field);
    await userEvent.keyboard("?");
    await expect.element(field).toHaveValue("?");
    await expect.element(sheet).not.toBeInTheDocument();
    (log.element() as HTMLElement).focus();
    await userEvent.keyboard("?");
    await expect.element(sheet).toBeVisible();
    await expect
      .element(sheet.getByRole("listitem").filter({ hasText: "Next room with" }))
      .toHaveTextContent("Next room with unread messagesAltShift↓");
    await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}{Escape}");
    await expect.element(sheet).not.toBeInTheDocument();
    await expectFocus(log);
    await expect.element(title("lobby")).toBeVisible();
  });
});

describe("the menu", () => {
  test("is opened, moved through and left with the keyboard", async () => {
    await openRoom();
    await expect.element(button("Menu")).toBeVisible();
    (button("Menu").element() as HTMLElement).focus();
    await userEvent.keyboard("{ArrowDown}");
    await expectFocus(item("Go to…"));
    await expect.element(button("Menu")).toHaveAttribute("aria-expanded", "true");
    await userEvent.keyboard("{ArrowUp}");
    await expectFocus(item("Keyboard shortcuts"));
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    await expectFocus(item("Account"));
    await userEvent.keyboard("{Escape}");
    await expect.element(menu).not.toBeInTheDocument();
    await expectFocus(button("Menu"));
    await userEvent.keyboard("{ArrowDown}{End}{Enter}");
    await expect.element(sheet).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expectFocus(button("Menu"));
  });

  test("has the ways out on a phone, where there is no room for them", async () => {
    const { client, store } = await openRoom(rooms, { size: phone });
    store.openRoom("dev");
    await expect.element(title("dev")).toBeVisible();
    await expect.element(button("Quit")).not.toBeInTheDocument();
    await button("Menu").click();
    await item("Leave room").click();
    expect(client.asks.at(-1)?.request).toEqual({ type: "leave", room: "dev" });
    await button("Menu").click();
    await item("Quit").click();
    expect(client.quits).toHaveLength(1);
  });
});
