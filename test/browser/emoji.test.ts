import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { message } from "../ui/story.ts";
import { button, expectFocus, field, log, openRoom, phone } from "./open-page.ts";

const picker = page.getByRole("dialog", { name: "Choose an emoji" });
const search = page.getByRole("searchbox", { name: "Search emoji" });
const group = (name: string) => picker.getByRole("tab", { name });
const emoji = (name: string) => picker.getByRole("button", { name, exact: true });
const article = (text: string) => page.getByRole("article").filter({ hasText: text });

async function openPicker(): Promise<void> {
  await button("Choose an emoji").click();
  await expect.element(emoji("grinning face")).toBeVisible();
}

describe("the emoji picker", () => {
  test("puts an emoji where the caret is, and remembers it", async () => {
    const room = await openRoom();
    await field.fill("so good");
    await userEvent.keyboard("{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}");
    await openPicker();
    await group("Food and drink").click();
    await emoji("pizza").click();
    await expect.element(field).toHaveValue("so 🍕good");
    await expectFocus(field);
    await expect.element(picker).not.toBeInTheDocument();
    room.close();
    await openRoom([], { browser: room.browser });
    await button("Choose an emoji").click();
    await expect.element(group("Recently used")).toHaveAttribute("aria-selected", "true");
    await expect.element(emoji("pizza")).toBeVisible();
  });

  test("finds them by name, and Enter takes the first", async () => {
    await openRoom();
    await openPicker();
    await expectFocus(search);
    await userEvent.keyboard("tada");
    await expect.element(emoji("party popper")).toBeVisible();
    await userEvent.keyboard("{Enter}");
    await expect.element(field).toHaveValue("🎉");
  });

  test("says that none is called so", async () => {
    await openRoom();
    await openPicker();
    await search.fill("xyzzy");
    await expect.element(picker.getByText("No emoji found")).toBeVisible();
  });

  test("is gone through with the arrows, and left with Escape", async () => {
    await openRoom();
    await openPicker();
    await userEvent.keyboard("{ArrowDown}{ArrowRight}");
    await expectFocus(emoji("grinning face with big eyes"));
    await userEvent.keyboard("{ArrowDown}{ArrowUp}{ArrowUp}");
    await expectFocus(search);
    await userEvent.keyboard("{Tab}{ArrowRight}");
    await expectFocus(group("People and body"));
    await expect.element(emoji("waving hand")).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(picker).not.toBeInTheDocument();
    await expectFocus(field);
  });

  test("leaves the focus to what is clicked beside it", async () => {
    await openRoom();
    await openPicker();
    await button("Search").click();
    await expect.element(picker).not.toBeInTheDocument();
    await expectFocus(page.getByRole("searchbox", { name: "Search messages" }));
  });

  test("speaks Italian", async () => {
    await openRoom([], { language: "it-IT" });
    await button("Scegli un’emoji").click();
    const italian = page.getByRole("dialog", { name: "Scegli un’emoji" });
    await page.getByRole("searchbox", { name: "Cerca un’emoji" }).fill("caffè");
    await expect.element(italian.getByRole("button", { name: "bevanda calda" })).toBeVisible();
  });

  test("fits on a phone", async () => {
    await openRoom([], { size: phone });
    await openPicker();
    const { left, right, top, bottom } = picker.element().getBoundingClientRect();
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(phone[0]);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(phone[1]);
  });
});

test("any emoji can be a reaction, by keyboard too", async () => {
  const { client } = await openRoom([message(1)]);
  await expect.element(log.getByText("text 1")).toBeVisible();
  (article("text 1").element() as HTMLElement).focus();
  await button("React").click();
  await button("More emoji").click();
  await expect.element(emoji("grinning face")).toBeVisible();
  await userEvent.keyboard("pizza{Enter}");
  await expect.element(picker).not.toBeInTheDocument();
  expect(client.asks.map(({ request }) => request)).toMatchObject([
    { type: "react", room: "lobby", msgid: "msg-1", emoji: "🍕", on: true },
  ]);
  await expectFocus(article("text 1"));
});
